"""Libraries that few processes ever need: found when the house starts, read when they are first used."""

import sys
from importlib.util import LazyLoader, find_spec, module_from_spec
from typing import Any


def later(name: str) -> Any:
    """The module `name`, whose code runs at the first look into it. Raises ModuleNotFoundError at once where there is none."""
    if name in sys.modules:
        return sys.modules[name]
    spec = find_spec(name)
    if spec is None or spec.loader is None:
        raise ModuleNotFoundError(name=name)
    spec.loader = LazyLoader(spec.loader)
    module = sys.modules[name] = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
