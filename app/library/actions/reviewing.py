"""Review: from a draft to an edition that readers get, and back. Every step names the version it was decided on; one of two wins."""

from datetime import datetime
from typing import Final

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.core.errors import Conflict, Invalid, NotAllowed, NotFound
from app.core.events import announce
from app.core.markup import story_html
from app.core.text import paragraphs
from app.core.who import Who
from app.library import policy
from app.library.actions.writing import name_of_contact, note_step, to_change
from app.library.errors import Overtaken, Unfinished
from app.library.events import StoryApproved, StoryAsked, StoryRecalled, StorySent
from app.library.models import Asset, Edition, Story
from app.library.queries.hub import HubStory, hub_story
from app.library.rules.content import Content, Picture, StoryDocument, checksum, content_from, edition_of
from app.library.rules.reviewing import STEPS, allows, missing
from app.people.actions.auditing import Door, audit

LONGEST_COMMENT: Final = 2_000


def draft_document(story: Story, picture: Asset | None) -> StoryDocument:
    """The edition that approving the story as it is would make: what a reviewer reads is what readers get."""
    content = content_from(story.content)
    return edition_of(content, html=html_of(content), picture=picture_of(picture))


def picture_of(asset: Asset | None) -> Picture | None:
    """A picture as an edition names it."""
    return Picture(asset.uuid, asset.width, asset.height, asset.alt) if asset else None


def html_of(content: Content) -> dict[str, str]:
    """The body as clean HTML in every language it has."""
    return {language: story_html(text) for language, text in content.body.items()}


def send_to_review(session: Session, uuid: str, *, version: int, by: Who, at: datetime) -> Story:
    """Ask reviewers to read the story. Raises Unfinished with everything that it lacks."""
    found = to_change(session, uuid, version=version, by=by)
    lacks = missing(content_from(found.story.content), picture_alt=found.picture.alt if found.picture else None, at=at)
    if lacks:
        raise Unfinished(lacks)
    _step(session, found.story, "sent", by=by, at=at)
    announce(session, StorySent(found.story.id, by.id), at=at)
    return found.story


def take_back(session: Session, uuid: str, *, version: int, by: Who, at: datetime) -> Story:
    """Take a story out of review to write on."""
    found = to_change(session, uuid, version=version, by=by)
    _step(session, found.story, "taken_back", by=by, at=at)
    return found.story


def ask_for_change(session: Session, uuid: str, *, comment: str, version: int, by: Who, at: datetime, door: Door | None = None) -> Story:
    """Send the story back to its author with a word on what should change."""
    found = _to_review(session, uuid, version=version, by=by)
    said = paragraphs(comment, field="comment", longest=LONGEST_COMMENT)
    _step(session, found.story, "asked", by=by, at=at, comment=said)
    announce(session, StoryAsked(found.story.id, by.id), at=at)
    changes = {"state": ["in_review", found.story.state]}
    audit(session, "story_asked", at=at, by_id=by.id, about=("story", found.story.uuid), reason=said, changes=changes, door=door)
    return found.story


def approve(
    session: Session, uuid: str, *, version: int, by: Who, at: datetime, read_checksum: str | None = None, comment: str = "", door: Door | None = None
) -> Edition:
    """Make an edition of exactly what the reviewer read; it opens at its hour, or now.

    `read_checksum` is that of the document on the reviewer's page: another one means that something changed since. Raises
    NotAllowed("review.own") for whoever wrote or changed the story, Overtaken, Unfinished, Invalid("story.contact_left").
    """
    found = _to_review(session, uuid, version=version, by=by)
    story = found.story
    content = content_from(story.content)
    lacks = missing(content, picture_alt=found.picture.alt if found.picture else None, at=at)
    if lacks:
        raise Unfinished(lacks)
    if content.replies_by and name_of_contact(session, content.replies_by) is None:
        raise Invalid("story.contact_left", name=content.replies_by.name)
    document = draft_document(story, found.picture)
    stored = document.as_document()
    mark = checksum(stored)
    if read_checksum is not None and read_checksum != mark:
        raise Overtaken
    first, number = session.execute(select(func.min(Edition.opens_at), func.max(Edition.number)).where(Edition.story_id == story.id)).one()
    edition = Edition(
        story_id=story.id,
        number=(number or 0) + 1,
        document=stored,
        asset_id=story.asset_id,
        checksum=mark,
        approved_by_id=by.id,
        approved_at=at,
        opens_at=document.opens_at or first or at,
        closes_at=document.closes_at,
    )
    session.add(edition)
    session.flush()
    said = paragraphs(comment, field="comment", longest=LONGEST_COMMENT, required=False)
    _step(session, story, "approved", by=by, at=at, comment=said)
    announce(session, StoryApproved(story.id, edition.id, by.id), at=at)
    audit(session, "story_approved", at=at, by_id=by.id, about=("story", story.uuid), changes={"checksum": [None, mark]}, door=door)
    return edition


def retire(session: Session, uuid: str, *, version: int, by: Who, at: datetime, door: Door | None = None) -> Story:
    """Take a story out of the library; links that were shared keep working."""
    found = _to_end(session, uuid, version=version, by=by)
    if not policy.may_retire(by, found.standing):
        raise NotAllowed("story.not_yours")
    _step(session, found.story, "retired", by=by, at=at)
    _withdraw(session, found.story, at=at)
    audit(session, "story_retired", at=at, by_id=by.id, about=("story", found.story.uuid), door=door)
    return found.story


def recall(session: Session, uuid: str, *, reason: str, version: int, by: Who, at: datetime, door: Door | None = None) -> Story:
    """Take back what was shared, for a reason: from now on its links lead to a neutral page."""
    found = _to_end(session, uuid, version=version, by=by)
    if not policy.may_recall(by, found.standing):
        raise NotAllowed("story.not_hub")
    said = paragraphs(reason, field="reason", longest=LONGEST_COMMENT)
    _step(session, found.story, "recalled", by=by, at=at, comment=said)
    _withdraw(session, found.story, at=at)
    announce(session, StoryRecalled(found.story.id, by.id), at=at)
    audit(session, "story_recalled", at=at, by_id=by.id, about=("story", found.story.uuid), reason=said, door=door)
    return found.story


def reopen(session: Session, uuid: str, *, version: int, by: Who, at: datetime, door: Door | None = None) -> Story:
    """Make a draft again of a story that was retired or recalled; it needs a new review. Only the hub reopens what was recalled."""
    found = _to_end(session, uuid, version=version, by=by)
    if not policy.may_retire(by, found.standing) or (found.story.state == "recalled" and not policy.may_recall(by, found.standing)):
        raise NotAllowed("story.not_yours")
    _step(session, found.story, "reopened", by=by, at=at)
    audit(session, "story_reopened", at=at, by_id=by.id, about=("story", found.story.uuid), door=door)
    return found.story


def _to_review(session: Session, uuid: str, *, version: int, by: Who) -> HubStory:
    found = hub_story(session, uuid, by, lock=True)
    if found is None:
        raise NotFound
    if not policy.may_review(by, found.standing):
        own = by.id == found.standing.author_id or by.id in found.standing.editors
        raise NotAllowed("review.own" if own else "review.not_reviewer")
    if found.story.version != version:
        raise Overtaken
    return found


def _to_end(session: Session, uuid: str, *, version: int, by: Who) -> HubStory:
    found = hub_story(session, uuid, by, lock=True)
    if found is None:
        raise NotFound
    if found.story.version != version:
        raise Overtaken
    return found


def _step(session: Session, story: Story, step: str, *, by: Who, at: datetime, comment: str = "") -> None:
    if not allows(step, story.state):
        raise Conflict("story.step")
    note_step(session, story, step, by=by, at=at, comment=comment)
    story.state = STEPS[step][1]
    story.version += 1
    story.changed_at = at


def _withdraw(session: Session, story: Story, *, at: datetime) -> None:
    session.execute(update(Edition).where(Edition.story_id == story.id, Edition.withdrawn_at.is_(None)).values(withdrawn_at=at))
