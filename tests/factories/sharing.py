"""Makers of the sharing room, and of the rows of rooms below that a share stands on."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy.orm import Session

from app.core.ids import new_code, new_uuid
from app.learning.models import Certificate
from app.library.models import Edition, Story
from app.people.models import Person
from app.sharing.models import Link, Reads, Share

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


def a_right_to_share(session: Session, *, person: Person, level: str = "enthusiast", expires_on: date = date(2100, 1, 1), **more: Any) -> Certificate:
    """A certificate that lets somebody share."""
    values = {"code": new_code(), "courses": [], "issued_at": BEGINNING, **more}
    certificate = Certificate(person_id=person.id, level=level, name=person.name, expires_on=expires_on, **values)
    session.add(certificate)
    session.commit()
    return certificate


def a_share(
    session: Session,
    *,
    by: Person,
    edition: Edition,
    certificate: Certificate,
    network: str = "linkedin",
    people: int = 0,
    readers: int | None = None,
    **more: Any,
) -> Share:
    """A story that somebody shared, opened by as many readers as `people` says, or by fewer `readers` more often."""
    link = Link(code=new_code(), story_id=edition.story_id, network=network, target=TARGET, created_at=BEGINNING)
    session.add(link)
    session.flush()
    values: dict[str, Any] = {
        "token": new_uuid(),
        "language": "en",
        "text": f"I work at Meridian. I mended mine.\n\nhttp://socii.test/s/{link.code}",
        "disclosure": "I work at Meridian.",
        "policy_version": 1,
        "closeness": 0,
        "created_at": BEGINNING,
        **more,
    }
    share = Share(
        person_id=by.id, story_id=edition.story_id, edition_id=edition.id, link_id=link.id, network=network, certificate_id=certificate.id, **values
    )
    session.add(share)
    if people:
        session.add(Reads(link_id=link.id, people=people, readers=people if readers is None else readers))
    session.commit()
    return share
