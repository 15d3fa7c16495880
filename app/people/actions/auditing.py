"""Writing the audit log: in the transaction of what it records, chained so that no entry can be changed unseen."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session as Db

from app.core.database import insert_once
from app.core.ids import new_uuid
from app.people.models import AuditEntry, AuditHead

_ASIDE: Final = "audit entries laid aside"


@dataclass(frozen=True)
class Door:
    """Where a change came in: the request's id and the class of its address ("v4 203.0.113.0/24"), never the address."""

    request_id: str = ""
    address_class: str = ""


def audit(
    session: Db,
    action: str,
    *,
    at: datetime,
    by_id: int | None,
    about: tuple[str, str] = ("", ""),
    result: str = "ok",
    reason: str = "",
    changes: Mapping[str, Any] | None = None,
    door: Door | None = None,
) -> AuditEntry:
    """Add an entry about the object `about` (type, id) to the chain, or fail together with the change that it records.

    `changes` maps field names to [before, after]; personal and secret values are given as digests by the caller.
    """
    entry = AuditEntry(
        uuid=new_uuid(),
        at=at,
        actor_id=by_id,
        action=action,
        object_type=about[0],
        object_id=about[1],
        result=result,
        reason=reason[:2000],
        request_id=(door or Door()).request_id,
        address_class=(door or Door()).address_class,
        changes=dict(changes or {}),
        day=at.date(),
    )
    aside: list[AuditEntry] | None = session.info.get(_ASIDE)
    if aside is None:
        chain(session, [entry])
    else:
        aside.append(entry)
    return entry


@contextmanager
def laid_aside(session: Db) -> Iterator[list[AuditEntry]]:
    """What `audit` is told inside waits in the list, for `chain` at the end.

    The chain has one end, which whoever adds to it holds until their commit: a deed of minutes must not hold it for minutes.
    """
    entries: list[AuditEntry] = []
    session.info[_ASIDE] = entries
    try:
        yield entries
    finally:
        del session.info[_ASIDE]


def chain(session: Db, entries: Sequence[AuditEntry]) -> None:
    """Add entries to the end of the chain, in their order."""
    insert_once(session, AuditHead, id=1, hash="")
    head = session.scalars(select(AuditHead).where(AuditHead.id == 1).with_for_update()).one()
    session.refresh(head)
    for entry in entries:
        entry.previous_hash = head.hash
        head.hash = entry.hash = seal(entry)
    session.add_all(entries)
    session.flush()


def seal(entry: AuditEntry) -> str:
    """The hash of an entry over everything it says and the entry before it (SHA-256, hex); its day follows from its moment."""
    said = [
        *(entry.previous_hash, entry.uuid, entry.at.isoformat(timespec="microseconds"), entry.actor_id, entry.action),
        *(entry.object_type, entry.object_id, entry.result, entry.reason, entry.request_id, entry.address_class, entry.changes),
    ]
    return sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


@dataclass
class Walk:
    """Follows the chain from its first entry, some at a time, so that whoever walks need hold nothing for as long as it takes.

    `broken` is, once it is `over`, the id of the first entry that does not fit, or None when all do. When the newest are missing it is that of
    the last one left, 0 if none is.
    """

    over: bool = False
    broken: int | None = None
    _head: str | None = None
    _previous: str = ""
    _number: int = 0
    _met: bool = False

    def go_on(self, session: Db, *, most: int = 2_000) -> None:
        """Look at the next entries. What is added after the first step is looked at too, and need not be there."""
        if self._head is None:
            self._head = session.scalar(select(AuditHead.hash)) or ""
            self._met = not self._head
        entries = session.scalars(select(AuditEntry).where(AuditEntry.id > self._number).order_by(AuditEntry.id).limit(most)).all()
        for entry in entries:
            if entry.previous_hash != self._previous or entry.hash != seal(entry) or entry.day != entry.at.date():
                self.over, self.broken = True, entry.id
                return
            self._previous, self._number, self._met = entry.hash, entry.id, self._met or entry.hash == self._head
        if len(entries) < most:
            self.over, self.broken = True, None if self._met else self._number


def broken_link(session: Db) -> int | None:
    """The id of the first entry that does not fit the chain, or None when all do; see `Walk`."""
    walk = Walk()
    while not walk.over:
        walk.go_on(session)
    return walk.broken
