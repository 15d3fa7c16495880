"""What readers see: editions whose hour has come, that are not over or withdrawn, and that are meant for the person who asks."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, ScalarSelect, Select, String, and_, bindparam, cast, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from app.core.database import UtcDateTime, read_rows
from app.core.kept import Kept
from app.core.who import Who
from app.library.models import Asset, Edition, Story
from app.library.rules.content import StoryDocument, document_from

_cards: Final[Kept[int, "StoryCard"]] = Kept(most=1_000)


@dataclass(frozen=True)
class StoryCard:
    """An open story: which edition readers get at present, and what it says."""

    story_id: int
    edition_id: int
    slug: str
    opens_at: datetime
    closes_at: datetime | None
    document: StoryDocument


@dataclass(frozen=True)
class OpenStory(StoryCard):
    """An open story as its own page shows it; `number` counts its editions and `checksum` proves what was approved."""

    number: int
    checksum: str


def open_stories(session: Session, who: Who, *, at: datetime, topic: str | None = None, limit: int | None = None) -> list[StoryCard]:
    """The stories that are open for this person, newest first; with `topic` only those about it."""
    return stories_for(session, who, [row.id for row in read_rows(session, _OPEN, now=at)], topic=topic)[:limit]


def stories_for(session: Session, who: Who, edition_ids: Collection[int], *, topic: str | None = None) -> list[StoryCard]:
    """Those of these open editions that are meant for this person, newest first; with one statement at most."""
    cards = _story_cards(session, edition_ids).values()
    mine = [card for card in cards if card.document.audience.includes(who) and (topic is None or topic in card.document.topics)]
    return sorted(mine, key=lambda card: (card.opens_at, card.edition_id), reverse=True)


def open_story(session: Session, slug: str, who: Who, *, at: datetime, hold: bool = False) -> OpenStory | None:
    """The story at this address as this person reads it, or None: what is not open for them looks like what does not exist.

    With `hold`, nobody takes it out of the library or back before the end of the transaction.
    """
    if hold:
        session.execute(select(Story.id).where(Story.slug == slug).with_for_update(read=True))
    found = read_rows(session, _AT_ADDRESS, now=at, slug=slug)
    if not found:
        return None
    row = found[0]
    document = story_documents(session, [row.id])[row.id]
    if not document.audience.includes(who):
        return None
    return OpenStory(row.story_id, row.id, row.slug, row.opens_at, row.closes_at, document, row.number, row.checksum)


@dataclass(frozen=True)
class StoredPicture:
    """Where a picture's sizes are kept, and what they are."""

    key: str
    media_type: str


def open_picture(session: Session, uuid: str, who: Who, *, at: datetime) -> StoredPicture | None:
    """The picture, if a story that is open for this person shows it."""
    rows = session.execute(
        _open_editions(at).add_columns(Asset.storage_key, Asset.media_type).join(Asset, Asset.id == Edition.asset_id).where(Asset.uuid == uuid)
    ).all()
    documents = story_documents(session, [row.id for row in rows])
    return next((StoredPicture(row.storage_key, row.media_type) for row in rows if documents[row.id].audience.includes(who)), None)


def is_story_open(session: Session, story_id: int, *, at: datetime) -> bool:
    """Whether readers of its audience see an edition of this story."""
    return session.scalar(select(Edition.id).where(Edition.story_id == story_id, is_open(at))) is not None


def is_recalled(session: Session, slug: str) -> bool:
    """Whether the story at this address was taken back, and did not merely end."""
    return session.scalar(select(Story.id).where(Story.slug == slug, Story.state == "recalled")) is not None


def is_open(at: datetime | ColumnElement[datetime]) -> ColumnElement[bool]:
    """Whether an edition is the one that readers get: the newest whose hour has come, neither over nor withdrawn."""
    newer = aliased(Edition)
    return and_(
        Edition.opens_at <= at,
        or_(Edition.closes_at.is_(None), Edition.closes_at > at),
        Edition.withdrawn_at.is_(None),
        ~exists().where(newer.story_id == Edition.story_id, newer.number > Edition.number, newer.opens_at <= at, newer.withdrawn_at.is_(None)),
    )


def open_edition_of(story_id: ColumnElement[int] | InstrumentedAttribute[int], at: datetime | ColumnElement[datetime]) -> ScalarSelect[int]:
    """The id of the edition that readers get of a story, null when none is open: for rows of other rooms that name a story."""
    return select(Edition.id).where(Edition.story_id == story_id, is_open(at)).limit(1).scalar_subquery()


def ids_of_open_editions(at: ColumnElement[datetime]) -> ScalarSelect[str]:
    """The editions that readers get, for whomever they are meant, as one text of ids with commas; null when none is open: for the statements of others."""
    return select(func.aggregate_strings(cast(Edition.id, String), ",")).where(is_open(at)).scalar_subquery()


def _open_editions(at: datetime | ColumnElement[datetime]) -> Select[int, int, str, datetime, datetime | None, int, str]:
    return (
        select(Edition.id, Edition.story_id, Story.slug, Edition.opens_at, Edition.closes_at, Edition.number, Edition.checksum)
        .join(Story, Story.id == Edition.story_id)
        .where(is_open(at))
    )


# Written out once: putting them together costs a page more than running them.
_NOW: Final = bindparam("now", type_=UtcDateTime())
_OPEN: Final = select(Edition.id).where(is_open(_NOW))
_AT_ADDRESS: Final = _open_editions(_NOW).where(Story.slug == bindparam("slug"))


def _story_cards(session: Session, edition_ids: Collection[int]) -> dict[int, StoryCard]:
    """What is shown of these editions, by id; kept, as neither an edition nor the address of a story ever changes."""

    def fetch(ids: Collection[int]) -> dict[int, StoryCard]:
        columns = (Edition.id, Edition.story_id, Story.slug, Edition.opens_at, Edition.closes_at, Edition.document)
        rows = session.execute(select(*columns).join(Story, Story.id == Edition.story_id).where(Edition.id.in_(ids)))
        return {row.id: StoryCard(row.story_id, row.id, row.slug, row.opens_at, row.closes_at, document_from(row.document)) for row in rows}

    return _cards.of(edition_ids, fetch)


def story_documents(session: Session, edition_ids: Collection[int]) -> dict[int, StoryDocument]:
    """What these editions say, by id, with one statement at most; open or not: for records that name them."""
    return {number: card.document for number, card in _story_cards(session, edition_ids).items()}
