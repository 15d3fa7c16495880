"""Doors for time: storing clicks, forgetting them, and settling shares that nobody answered about."""

import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

import structlog
from flask import Flask, current_app
from sqlalchemy.orm import Session

from app.core.clock import now
from app.core.jobs import Errand
from app.sharing.actions.counting import (
    DayKeys,
    Doorway,
    Journal,
    clear_away,
    forget_clicks,
    forget_readers,
    journals,
    renew_keys,
    store_clicks,
)
from app.sharing.actions.sharing import settle
from app.sharing.queries.destinations import Destinations
from app.web.database import reading, standalone_work

PAUSE_SECONDS: Final = 1.0
_IDLE_SECONDS: Final = 60.0
log = structlog.get_logger()


def folder(app: Flask) -> Path:
    """Where this installation's journals stand."""
    return Path(app.extensions["settings"].folder / "journals")


def open_doorway(app: Flask) -> Doorway:
    """What this process needs to answer links and count readers; no file is opened before the first link, and no thread before `start`."""
    place = folder(app)
    keys = DayKeys(app.config["SECRET_KEY"])
    drainer = Drainer(place, partial(standalone_work, app), keys)
    return Doorway(Destinations(reading), Journal(place), keys, drainer.start, drainer.wake, drainer.drain)


def drain(_session: Session, _args: dict[str, Any], _at: datetime) -> Errand:
    """Store what journals still hold, of this process and of others that are over, and remove those that are finished.

    An errand, because each block is a transaction of its own: what two store at once they lock in one order within a block, and in no order
    across several.
    """
    doorway: Doorway = current_app.extensions["doorway"]

    def errand() -> None:
        doorway.drain()

    return errand


def tidy(session: Session, _args: dict[str, Any], at: datetime) -> None:
    """Forget what has been kept long enough: every hour, so that what says who reads today is gone soon after midnight."""
    forget_readers(session, at=at)
    forget_clicks(session, at=at)


def settle_unanswered(session: Session, _args: dict[str, Any], at: datetime) -> None:
    """Say of shares that nobody answered about that we do not know."""
    settle(session, at=at)


class Drainer:
    """A daemon thread that stores this machine's clicks a second after they are made, and at its start what others left.

    It also sees to it that the process has the day's key, and no other.
    """

    def __init__(self, place: Path, work: Callable[[], AbstractContextManager[Session]], keys: DayKeys) -> None:
        """Journals stand in `place`; `work` opens a unit of work."""
        self._place, self._work, self._keys = place, work, keys
        self._wake = threading.Event()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin, and begin again in a process that was forked from one that had begun."""
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._loop, name="clicks", daemon=True)
                self._thread.start()
        self._wake.set()

    def wake(self) -> None:
        """Say that there is a new click."""
        if not self._wake.is_set():
            self._wake.set()
        if self._thread is not None and not self._thread.is_alive():
            self.start()

    def renew(self, at: datetime) -> None:
        """Take up the keys that are needed at this moment, when others are held."""
        if not self._keys.are_good(at):
            with self._work() as session:
                renew_keys(session, at=at)
                self._keys.learn(session, at=at)

    def drain(self) -> int:
        """Store everything that stands in the journals, each block in a transaction of its own; returns how many there were."""
        blocks = 0
        for name in journals(self._place):
            blocks += 1
            while self._store(name):
                blocks += 1
        with self._work() as session:
            clear_away(session, self._place)
        return blocks

    def _store(self, name: str) -> bool:
        with self._work() as session:
            return store_clicks(session, self._place, name)

    def _loop(self) -> None:
        while True:
            self._wake.wait(_IDLE_SECONDS)
            self._wake.clear()
            try:
                self.renew(now())
                self.drain()
            except Exception as error:  # noqa: BLE001  # the database may be away; the journal keeps the clicks until it is back
                log.warning("clicks_wait", error=type(error).__name__)
                self._wake.set()
            time.sleep(PAUSE_SECONDS)
