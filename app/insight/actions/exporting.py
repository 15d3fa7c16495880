"""Exports: two at a time per person, and an entry in the audit log for each, when it begins and when it has ended."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.core.database import insert_once
from app.core.errors import TooMany
from app.core.ids import new_uuid
from app.insight.models import ExportSlot
from app.insight.rules import MOST_EXPORTS
from app.people.actions.auditing import Door, audit

LONGEST: Final = timedelta(minutes=10)
"""After this time a slot is free again, whatever became of its export."""


@dataclass(frozen=True)
class Export:
    """An export under way: its outside id, and the slot that is its person's until then."""

    uuid: str
    slot: int
    until: datetime


def begin_export(session: Session, *, by_id: int, name: str, filters: str, at: datetime, door: Door) -> Export:
    """Take one of the person's slots and note who exports what. Raises TooMany("export.busy")."""
    session.execute(delete(ExportSlot).where(ExportSlot.person_id == by_id, ExportSlot.until <= at))
    for slot in range(1, MOST_EXPORTS + 1):
        if insert_once(session, ExportSlot, person_id=by_id, slot=slot, until=at + LONGEST):
            export = Export(new_uuid(), slot, at + LONGEST)
            audit(session, "export_begun", at=at, by_id=by_id, about=("export", export.uuid), reason=f"{name} {filters}".strip(), door=door)
            return export
    raise TooMany("export.busy", retry_after_seconds=30)


def end_export(session: Session, export: Export, *, by_id: int, rows: int, complete: bool, at: datetime, door: Door) -> None:
    """Free the slot, unless somebody else has it by now, and note how many rows left the house; `complete` is False when the reader hung up."""
    mine = (ExportSlot.person_id == by_id, ExportSlot.slot == export.slot, ExportSlot.until == export.until)
    session.execute(delete(ExportSlot).where(*mine))
    result = "ok" if complete else "broken_off"
    audit(session, "export_ended", at=at, by_id=by_id, about=("export", export.uuid), result=result, changes={"rows": [0, rows]}, door=door)
