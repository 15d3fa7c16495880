"""What never changes may be kept in the process by its id: documents of course versions, published stories and the like."""

from collections import OrderedDict
from collections.abc import Callable, Collection, Mapping
from threading import Lock
from typing import Any, Final, Generic, TypeVar
from weakref import WeakSet

K = TypeVar("K")
V = TypeVar("V")


class Kept(Generic[K, V]):
    """The values used last, up to `most` of them. Only for what is immutable: nothing here ever becomes stale."""

    def __init__(self, most: int) -> None:
        """Starts empty."""
        self._most = most
        self._values: OrderedDict[K, V] = OrderedDict()
        self._lock = Lock()
        _ALL.add(self)

    def of(self, keys: Collection[K], fetch: Callable[[Collection[K]], Mapping[K, V]]) -> dict[K, V]:
        """The values of `keys`; those not yet here come from one call of `fetch`. Keys that it does not know are left out."""
        with self._lock:
            found = {key: self._values[key] for key in keys if key in self._values}
            for key in found:
                self._values.move_to_end(key)
        missing = [key for key in keys if key not in found]
        if missing:
            fetched = fetch(missing)
            found.update(fetched)
            with self._lock:
                self._values.update(fetched)
                while len(self._values) > self._most:
                    self._values.popitem(last=False)
        return found

    def forget(self) -> None:
        """Empty it."""
        with self._lock:
            self._values.clear()


_ALL: Final[WeakSet["Kept[Any, Any]"]] = WeakSet()


def forget_everything() -> None:
    """Empty every store of this process: when the database beneath it is another one (tests, a restored backup)."""
    for kept in list(_ALL):
        kept.forget()
