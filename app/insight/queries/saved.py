"""Views of the report that somebody kept: one's own, and nobody else's."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import NotFound
from app.insight.models import View
from app.insight.queries.standing import within
from app.people.models import Department


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


def departments_there(session: Session, paths: Sequence[str], slugs: Collection[str]) -> frozenset[str]:
    """Which of these departments are there and in reach; no statement for none."""
    if not slugs:
        return frozenset()
    return frozenset(session.scalars(select(Department.slug).where(Department.slug.in_(slugs), within(paths, Department.path))))
