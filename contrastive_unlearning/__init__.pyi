# ruff: noqa: F403
"What editors and type checkers see of the package: the public names of all chapters. `__init__.py` finds them itself."
from .core import *
from .data import *
from .folders import *
from .sources import *
from .requests import *
from .spaces import *
from .layers import *
from .models import *
from .networks import *
from .style import *
from .evidence import *
from .training import *
from .losses import *
from .methods import *
from .stopping import *
from .unlearning import *
from .baselines import *
from .weight_edits import *
from .attacks import *
from .evaluation import *
from .verdicts import *
from .tampering import *
from .plots import *
from .maps import *
from .records import *
from .experiments import *
from .reports import *
from .ledger import *
from .certificates import *
from .verification import *
from .deletions import *
from .explorer import *
from .bench import *
from . import (
    attacks as attacks, baselines as baselines, bench as bench, certificates as certificates, cli as cli,
    core as core, data as data, deletions as deletions, evaluation as evaluation, evidence as evidence,
    experiments as experiments, explorer as explorer, folders as folders, layers as layers, ledger as ledger,
    losses as losses, maps as maps, methods as methods, models as models, networks as networks, plots as plots,
    records as records, reports as reports, requests as requests, sources as sources, spaces as spaces,
    stopping as stopping, style as style, tampering as tampering, training as training, unlearning as unlearning,
    verdicts as verdicts, verification as verification, weight_edits as weight_edits)

__version__: str
