# ruff: noqa: F403
"What editors and type checkers see of the package: the public names of all chapters. `__init__.py` finds them itself."
from .core import *
from .data import *
from .requests import *
from .spaces import *
from .layers import *
from .models import *
from .style import *
from .evidence import *
from .training import *
from .losses import *
from .methods import *
from .unlearning import *
from .baselines import *
from .weight_edits import *
from .attacks import *
from .evaluation import *
from .plots import *
from .maps import *
from .records import *
from .experiments import *
from .reports import *
from .explorer import *
from .bench import *
from . import (
    attacks as attacks, baselines as baselines, bench as bench, cli as cli, core as core, data as data,
    evaluation as evaluation, evidence as evidence, experiments as experiments, explorer as explorer,
    layers as layers, losses as losses, maps as maps, methods as methods, models as models, plots as plots,
    records as records, reports as reports, requests as requests, spaces as spaces, style as style,
    training as training, unlearning as unlearning, weight_edits as weight_edits)

__version__: str
