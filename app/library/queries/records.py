"""What the library holds about one person."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from app.library.models import Asset, ReviewEntry, Story


def stories_by(session: Session, person_id: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """Stories that the person began: title, state, created_at."""
    query = select(Story.content["title"].label("title"), Story.state, Story.created_at)
    return session.execute(query.where(Story.author_id == person_id).order_by(Story.id)).all()


def steps_by(session: Session, person_id: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """Steps that the person took in reviews: title, step, at, comment."""
    query = select(Story.content["title"].label("title"), ReviewEntry.step, ReviewEntry.at, ReviewEntry.comment)
    return session.execute(query.join(Story, Story.id == ReviewEntry.story_id).where(ReviewEntry.by_id == person_id).order_by(ReviewEntry.id)).all()


def pictures_by(session: Session, person_id: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """Pictures that the person added: alt, added_at."""
    return session.execute(select(Asset.alt, Asset.added_at).where(Asset.added_by_id == person_id).order_by(Asset.id)).all()
