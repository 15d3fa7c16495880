"""Makers of the sharing room, and of the rows of rooms below that a share stands on."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy.orm import Session

from app.core.ids import new_code
from app.library.models import Story
from app.people.models import Person
from app.sharing.models import Link

BEGINNING = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
TARGET = "https://www.meridian.example/stories/laptops"


def a_bare_story(session: Session, *, by: Person, slug: str = "laptops") -> Story:
    """A story that a link can belong to, with nothing in it."""
    story = Story(slug=slug, author_id=by.id, state="approved", content={}, created_at=BEGINNING, changed_at=BEGINNING)
    session.add(story)
    session.commit()
    return story


def a_link(session: Session, *, story: Story, network: str = "linkedin", target: str = TARGET, **more: Any) -> Link:
    """An open link of a story."""
    link = Link(**{"code": new_code(), "created_at": BEGINNING, **more}, story_id=story.id, network=network, target=target)
    session.add(link)
    session.commit()
    return link
