"""Where a code leads, from a bounded cache in this process: the hot path of every link that was ever shared.

What is known is asked again after a few seconds, so that a recall works everywhere within them; while the database is away, what is
known stays good.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import structlog
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from app.core.ids import is_code
from app.sharing.models import Link

GOOD_SECONDS: Final = 3.0
MOST_KNOWN: Final = 20_000
MOST_UNKNOWN: Final = 2_000
log = structlog.get_logger()


@dataclass(frozen=True)
class Destination:
    """An open link: its id and the address that was stored, as it was stored."""

    link_id: int
    target: str


@dataclass(frozen=True)
class _Known:
    found: Destination | None
    until: float


class Destinations:
    """The cache of one process. Found and not found are kept apart, so that guessing codes cannot push out what people read."""

    def __init__(self, open_session: Callable[[], Session], clock: Callable[[], float] = time.monotonic) -> None:
        """`open_session` gives a session to read with; `clock` counts seconds."""
        self._open, self._clock = open_session, clock
        self._found: dict[str, _Known] = {}
        self._missing: dict[str, _Known] = {}
        self._lock = threading.Lock()

    def cached(self, code: str) -> tuple[bool, Destination | None]:
        """Whether `code` is known well enough to answer without asking, and where it leads; None for a code that leads nowhere."""
        known = self._found.get(code) or self._missing.get(code)
        if known is None:
            return not is_code(code), None
        if known.until < self._clock():
            return False, None
        return True, known.found

    def remembers(self, code: str) -> bool:
        """Whether `code` led somewhere when it was last asked for, however long ago."""
        return code in self._found

    def ask(self, code: str) -> Destination | None:
        """Where `code` leads, from the database; what was known before if it does not answer. Raises SQLAlchemyError if nothing was."""
        try:
            found = destination(self._open(), code)
        except SQLAlchemyError as error:
            known = self._found.get(code)
            if known is None:
                raise
            log.warning("link_served_from_memory", error=type(error).__name__)
            found = known.found
        self._remember(code, found)
        return found

    def _remember(self, code: str, found: Destination | None) -> None:
        kept, other, most = (self._found, self._missing, MOST_KNOWN) if found else (self._missing, self._found, MOST_UNKNOWN)
        with self._lock:
            other.pop(code, None)
            kept.pop(code, None)
            while len(kept) >= most:
                kept.pop(next(iter(kept)))
            kept[code] = _Known(found, self._clock() + GOOD_SECONDS)


def destination(session: Session, code: str) -> Destination | None:
    """Where an open link leads; None for a code that is unknown or recalled."""
    row = session.execute(select(Link.id, Link.target).where(Link.code == code, Link.state == "open")).one_or_none()
    return Destination(row.id, row.target) if row else None
