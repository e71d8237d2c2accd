"""Make a trained image classifier forget a class or chosen samples, in Euclidean and in hyperbolic space.

`import contrastive_unlearning as cu` gives the public names of all chapters, such as `cu.load_data` and `cu.unlearn`. A
chapter is imported when one of its names is first used (PEP 562), so that importing the package costs next to nothing.
"""
__version__ = "0.2.0.dev0"

import functools
from pathlib import Path


@functools.cache
def _modules():
    "Names of the chapters' modules."
    return sorted(path.stem for path in Path(__file__).parent.glob('[a-z]*.py'))


@functools.cache
def _homes():
    "Public name → module, read from the `__all__` at the head of each module; nothing is imported."
    from ast import literal_eval
    homes = {}
    for module in _modules():
        if module == 'cli': continue    # commands stay there: one is called `unlearn`, as the function is
        source = Path(__file__).with_name(f'{module}.py').read_text(encoding='utf-8')
        names = source.partition('\n__all__ = [')[2].partition(']')[0]
        homes |= dict.fromkeys(literal_eval(f'[{names}]'), module)
    return homes


def __getattr__(name):
    from importlib import import_module
    if name == '__all__': return sorted(_homes())
    if name in _homes(): return getattr(import_module(f'{__name__}.{_homes()[name]}'), name)
    if name in _modules(): return import_module(f'{__name__}.{name}')
    from difflib import get_close_matches   # `did_you_mean` does the same, but its chapter imports PyTorch
    near = get_close_matches(name, __dir__(), n=1)
    hint = f"; did you mean '{near[0]}'?" if near else ''
    raise AttributeError(f"module '{__name__}' has no attribute '{name}'{hint}", name=name)


def __dir__(): return ['__all__', '__version__', *_modules(), *_homes()]
