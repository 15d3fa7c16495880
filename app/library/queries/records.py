"""What the library holds about one person."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, exists, or_, select
from sqlalchemy.orm import Session

from app.library.models import Asset, Edition, ReviewEntry, Story
from app.people.models import Person


def stories_by(session: Session, person_id: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """Stories that the person began: title, state, created_at."""
    query = select(Story.content["title"].label("title"), Story.state, Story.created_at)
    return session.execute(query.where(Story.author_id == person_id).order_by(Story.id)).all()


def stories_naming(session: Session, person_id: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """Stories that say, or in an edition said, that the person answers replies: title, state."""
    uuid = select(Person.uuid).where(Person.id == person_id).scalar_subquery()
    edition = exists().where(Edition.story_id == Story.id, Edition.document["replies_by"]["uuid"].as_string() == uuid)
    named = or_(Story.content["replies_by"]["uuid"].as_string() == uuid, edition)
    return session.execute(select(Story.content["title"].label("title"), Story.state).where(named).order_by(Story.id)).all()


def steps_by(session: Session, person_id: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """Steps that the person took in reviews: title, step, at, comment."""
    query = select(Story.content["title"].label("title"), ReviewEntry.step, ReviewEntry.at, ReviewEntry.comment)
    return session.execute(query.join(Story, Story.id == ReviewEntry.story_id).where(ReviewEntry.by_id == person_id).order_by(ReviewEntry.id)).all()


def pictures_by(session: Session, person_id: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """Pictures that the person added: alt, added_at."""
    return session.execute(select(Asset.alt, Asset.added_at).where(Asset.added_by_id == person_id).order_by(Asset.id)).all()
