"""Writing down who looked at whose learning record, and why: the person reads it under Me."""

from datetime import date
from typing import Final

from sqlalchemy.orm import Session as Db

from app.core.database import insert_once
from app.core.errors import Invalid
from app.people.models import Look

PURPOSES: Final = ("question", "mandatory", "audit", "certificate")
"""Why somebody may look: the person asked something; a mandatory course is due; an auditor wants proof; a certificate is in question."""


def note_look(session: Db, *, viewer_id: int, subject_id: int, role: str, purpose: str, day: date) -> None:
    """Note a look, once per viewer, purpose and day. Raises Invalid("look.purpose")."""
    if purpose not in PURPOSES:
        raise Invalid("look.purpose", field="purpose")
    insert_once(session, Look, viewer_id=viewer_id, subject_id=subject_id, role=role, purpose=purpose, day=day)
