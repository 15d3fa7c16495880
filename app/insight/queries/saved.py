"""Views of the report that somebody kept: one's own, and nobody else's."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import NotFound
from app.insight.models import View


@dataclass(frozen=True)
class Saved:
    """A view: what it is called, and what the report was asked, as a query string."""

    uuid: str
    name: str
    query: str
    saved_at: datetime


def views_of(session: Session, person_id: int) -> list[Saved]:
    """A person's views by name."""
    rows = session.execute(select(View.uuid, View.name, View.query, View.saved_at).where(View.person_id == person_id).order_by(View.name_key))
    return [Saved(*row) for row in rows]


def view_of(session: Session, person_id: int, uuid: str) -> Saved:
    """A person's view. Raises NotFound for what is somebody else's."""
    row = session.execute(select(View.uuid, View.name, View.query, View.saved_at).where(View.person_id == person_id, View.uuid == uuid)).one_or_none()
    if row is None:
        raise NotFound
    return Saved(*row)
