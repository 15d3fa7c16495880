"""The keys by which a day's readers are told apart: what this process holds of them, and nothing of a day that is over.

A key is random, made once for everybody in a row of the database, and of use for one day (in UTC). The row alone tells nobody apart either: what marks
a reader is derived from it and from the settings' secret, so that a backup in which the row still stands is not enough.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.crypto import subkey
from app.sharing.models import DayKey

AHEAD: Final = timedelta(hours=1)
"""How long before midnight the next day's key is made, so that nobody waits for it."""


def days_at(at: datetime) -> frozenset[date]:
    """The days whose keys are needed at a moment: the one that it is, and the one that is about to begin."""
    return frozenset({at.date(), (at + AHEAD).date()})


class DayKeys:
    """The keys of one process, which are asked for with every click."""

    def __init__(self, secret: str, keys: Mapping[date, bytes] | None = None) -> None:
        """`secret` is the settings' own."""
        self._secret = secret
        self._keys = dict(keys or {})

    def of(self, at: datetime) -> bytes | None:
        """The key of the day of a moment; None while it is not known, and when that day is over."""
        return self._keys.get(at.date())

    def are_good(self, at: datetime) -> bool:
        """Whether the keys that are held are those that are needed."""
        return self._keys.keys() == days_at(at)

    def learn(self, session: Session, *, at: datetime) -> None:
        """Take up the keys that are needed, and forget all others."""
        rows = session.execute(select(DayKey.day, DayKey.key).where(DayKey.day.in_(days_at(at))))
        self._keys = {row.day: subkey(self._secret, f"readers of a day:{row.key}") for row in rows}
