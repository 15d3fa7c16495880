"""What stories are called where something is said about them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.core.who import Who
from app.library.models import Edition, Story
from app.library.queries.reading import is_open, story_documents


@dataclass(frozen=True)
class StoryName:
    """A story's title per language as readers last had it; `is_open` is whether they still do."""

    slug: str
    title: Mapping[str, str]
    is_open: bool


def story_names(session: Session, uuids: Collection[str], who: Who, *, at: datetime) -> dict[str, StoryName]:
    """The stories that this person could ever read, by outside id: one whose hour has not come, or that is for others, has no name."""
    was_seen = or_(Edition.withdrawn_at.is_(None), Edition.withdrawn_at > Edition.opens_at)
    rows = session.execute(
        select(Story.uuid, Story.slug, Edition.id, is_open(at).label("is_open"))
        .join(Edition, Edition.story_id == Story.id)
        .where(Story.uuid.in_(uuids), Edition.opens_at <= at, was_seen)
        .order_by(Edition.story_id, Edition.number)
    ).all()
    documents = story_documents(session, [row.id for row in rows])
    mine = [row for row in rows if documents[row.id].audience.includes(who)]
    readable = {row.uuid for row in mine if row.is_open}
    return {row.uuid: StoryName(row.slug, documents[row.id].title, row.uuid in readable) for row in mine}
