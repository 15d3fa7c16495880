"""Writing stories: the working copy, its picture, and what an edit does to a review."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.database import insert_once
from app.core.errors import Conflict, Invalid, NotAllowed, NotFound
from app.core.events import announce
from app.core.ids import new_uuid
from app.core.who import Who
from app.library import policy
from app.library.errors import Overtaken, Unfinished
from app.library.events import StorySent
from app.library.models import Asset, ReviewEntry, Story, Topic
from app.library.queries.hub import HubStory, hub_story
from app.library.rules.content import Contact, Content, Texts, checked, content_from
from app.library.rules.reviewing import EDITABLE, missing, state_after_edit
from app.library.rules.targets import EVERYWHERE, Links
from app.people.models import Person

LONGEST_SLUG: Final = 80
MOST_AT_ONCE: Final = 50
"""How many may begin a story of one title at one moment; an address that is refused more often is not what stands in the way."""
_NOT_IN_SLUG: Final = re.compile(r"[^a-z0-9]+")
TAKEN_SLUGS: Final = frozenset({"pictures"})


def write_story(
    session: Session, content: Content, *, by: Who, at: datetime, links: Links = EVERYWHERE, slug: str | None = None, uuid: str | None = None
) -> Story:
    """Begin a story; it is a draft that its author, reviewers and the hub see, under `slug` or its title if they are free. Raises Faulty, NotAllowed."""
    if not policy.may_write(by):
        raise NotAllowed("story.not_author")
    clean = _sensible(session, checked(content, links=links))
    new = {"uuid": uuid or new_uuid(), "author_id": by.id, "state": "draft", "version": 1, "content": clean.as_document()}
    free = (each for each in _slugs(session, clean, wish=slug) if insert_once(session, Story, **new, slug=each, created_at=at, changed_at=at))
    story = session.scalars(select(Story).where(Story.slug == next(free))).one()
    note_step(session, story, "edited", by=by, at=at)
    return story


def edit_story(session: Session, uuid: str, content: Content, *, version: int, by: Who, at: datetime, links: Links = EVERYWHERE) -> Story:
    """Keep new content; an approved story goes back to review while its edition stays open.

    What waits for review must stay complete. Raises Faulty, Unfinished, Overtaken, NotAllowed, Conflict("story.over").
    """
    found = to_change(session, uuid, version=version, by=by)
    clean = _sensible(session, checked(content, links=links))
    if clean.as_document() != found.story.content:
        alt = found.picture.alt if found.picture else None
        _keep_reviewable(found.story, clean, alt, at=at)
        found.story.content = clean.as_document()
        _edited(session, found.story, by=by, at=at)
    return found.story


def set_picture(session: Session, uuid: str, asset: Asset | None, *, version: int, by: Who, at: datetime) -> Story:
    """Give the story a picture, or none; counts as an edit."""
    found = to_change(session, uuid, version=version, by=by)
    _keep_reviewable(found.story, content_from(found.story.content), asset.alt if asset else None, at=at)
    found.story.asset_id = asset.id if asset else None
    _edited(session, found.story, by=by, at=at)
    return found.story


def to_change(session: Session, uuid: str, *, version: int, by: Who) -> HubStory:
    """The story, locked, if this person may edit it and nobody was faster."""
    found = hub_story(session, uuid, by, lock=True)
    if found is None:
        raise NotFound
    if not policy.may_edit(by, found.standing):
        raise NotAllowed("story.not_yours")
    if found.story.version != version:
        raise Overtaken
    if found.story.state not in EDITABLE:
        raise Conflict("story.over")
    return found


def note_step(session: Session, story: Story, step: str, *, by: Who, at: datetime, comment: str = "") -> None:
    """Write a line of the story's history; several edits by one person in a row are one line."""
    if step == "edited":
        last = session.scalar(select(ReviewEntry).where(ReviewEntry.story_id == story.id).order_by(ReviewEntry.id.desc()).limit(1))
        if last is not None and last.step == "edited" and last.by_id == by.id:
            last.version, last.at = story.version, at
            return
    session.add(ReviewEntry(story_id=story.id, version=story.version, step=step, by_id=by.id, at=at, comment=comment))
    session.flush()


def _edited(session: Session, story: Story, *, by: Who, at: datetime) -> None:
    before = story.state
    story.version += 1
    story.changed_at = at
    story.state = state_after_edit(before)
    note_step(session, story, "edited", by=by, at=at)
    if story.state != before:
        note_step(session, story, "sent", by=by, at=at)
        announce(session, StorySent(story.id, by.id), at=at)


def _keep_reviewable(story: Story, content: Content, picture_alt: Texts | None, *, at: datetime) -> None:
    lacks = missing(content, picture_alt=picture_alt, at=at) if story.state in {"in_review", "approved"} else ()
    if lacks:
        raise Unfinished(lacks)


def _sensible(session: Session, content: Content) -> Content:
    """The content with topics that exist and a contact who works here, under the name they have now."""
    if content.topics and set(session.scalars(select(Topic.slug).where(Topic.slug.in_(content.topics)))) != set(content.topics):
        raise Invalid("story.topic_unknown", field="topics")
    if content.replies_by is None:
        return content
    name = name_of_contact(session, content.replies_by)
    if name is None:
        raise Invalid("story.contact", field="replies_by")
    return replace(content, replies_by=Contact(content.replies_by.uuid, name))


def name_of_contact(session: Session, contact: Contact) -> str | None:
    """What the colleague who answers replies is called now; None for one who has left."""
    return session.scalar(select(Person.name).where(Person.uuid == contact.uuid, Person.status != "left"))


def _slugs(session: Session, content: Content, *, wish: str | None) -> Iterator[str]:
    """What the story may be called in addresses, best first; others who write at this moment may take one before us."""
    if wish:
        yield wish
    title = next(iter(content.title.values()), "")
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    base = _NOT_IN_SLUG.sub("-", plain).strip("-")[:LONGEST_SLUG].strip("-") or "story"
    taken = TAKEN_SLUGS.union(session.scalars(select(Story.slug).where(Story.slug.startswith(base, autoescape=True))))
    numbers = range(1, len(taken) + MOST_AT_ONCE)
    yield from (slug for number in numbers if (slug := base if number == 1 else f"{base}-{number}") not in taken)
