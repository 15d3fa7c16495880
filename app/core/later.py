"""Libraries that few processes ever need: found when the house starts, read when they are first used."""

from importlib import import_module
from importlib.util import find_spec
from typing import Any


class Later:
    """Stands for a module until somebody looks into it. Several who look at the same moment wait for one reading of it.

    The standard library's LazyLoader shows the second of them a module half read (Python issue 114763, mended in 3.12.3).
    """

    def __init__(self, name: str) -> None:
        """`name` is the module's, with dots; it must be installed."""
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        """What the module says; the lock on its import is Python's own."""
        return getattr(import_module(self._name), attribute)


def later(name: str) -> Any:
    """The module `name`, whose code runs at the first look into it. Raises ModuleNotFoundError at once where there is none."""
    if find_spec(name) is None:
        raise ModuleNotFoundError(name=name)
    return Later(name)
