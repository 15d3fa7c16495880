"""Views of the report that are kept under a name: saving, renaming, removing one's own."""

from datetime import datetime
from typing import Final

from sqlalchemy import delete, exists, func, select, update
from sqlalchemy.orm import Session

from app.core.database import insert_once
from app.core.errors import Conflict, NotFound
from app.core.ids import new_uuid
from app.core.text import fold, one_line
from app.insight.models import View
from app.insight.rules import MOST_VIEWS
from app.people.models import Person

LONGEST_NAME: Final = 60


def save_view(session: Session, *, name: str, query: str, by_id: int, at: datetime) -> None:
    """Keep what a report was asked under a name; sent twice, it is kept once.

    Raises Conflict("view.taken") when the name stands for something else, Conflict("view.most"), Invalid("text.empty" | "text.long").
    """
    clean = one_line(name, field="name", longest=LONGEST_NAME)
    session.execute(select(Person.id).where(Person.id == by_id).with_for_update())  # so that two at once cannot both be the last
    kept = session.scalar(select(View.query).where(View.person_id == by_id, View.name_key == fold(clean)))
    if kept == query:
        return
    if kept is None and (session.scalar(select(func.count()).where(View.person_id == by_id)) or 0) >= MOST_VIEWS:
        raise Conflict("view.most", field="name", most=MOST_VIEWS)
    values = {"uuid": new_uuid(), "person_id": by_id, "name": clean, "name_key": fold(clean), "query": query, "saved_at": at}
    if kept is not None or not insert_once(session, View, **values):
        raise Conflict("view.taken", field="name")


def rename_view(session: Session, uuid: str, *, name: str, by_id: int) -> None:
    """Call one's own view something else. Raises NotFound, Conflict("view.taken"), Invalid("text.empty" | "text.long")."""
    clean = one_line(name, field="name", longest=LONGEST_NAME)
    session.execute(select(Person.id).where(Person.id == by_id).with_for_update())
    mine = (View.uuid == uuid, View.person_id == by_id)
    if session.scalar(select(View.id).where(*mine)) is None:
        raise NotFound
    if session.scalar(select(exists().where(View.person_id == by_id, View.name_key == fold(clean), View.uuid != uuid))):
        raise Conflict("view.taken", field="name")
    session.execute(update(View).where(*mine).values(name=clean, name_key=fold(clean)))


def remove_view(session: Session, uuid: str, *, by_id: int) -> str:
    """Remove one's own view; returns what it was called. Raises NotFound."""
    name = session.scalar(delete(View).where(View.uuid == uuid, View.person_id == by_id).returning(View.name))
    if name is None:
        raise NotFound
    return name
