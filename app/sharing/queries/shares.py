"""Shares: one's own with what became of them, and what a story's shares add up to where there are enough of them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Integer, Select, bindparam, func, select
from sqlalchemy.orm import Session

from app.core.database import UtcDateTime, read_rows
from app.core.who import Who
from app.library.models import Story
from app.library.queries.reading import open_edition_of, story_documents
from app.library.rules.content import StoryDocument
from app.sharing.models import Link, Reads, Share
from app.sharing.rules.intents import without_link

ENOUGH: Final = 10
"""The smallest number of people whose sharing may be added up and shown (row P8)."""
PAGE: Final = 20
_COMPARED: Final = 50


@dataclass(frozen=True)
class OwnShare:
    """A share as its writer sees it; `document` is what the story said when it was shared, `at_present` what its readers get now, if any do.

    Its link was opened `openings` times by people, of whom `readers` could be told apart, each once a day; and `robots` times by robots.
    """

    document: StoryDocument
    at_present: StoryDocument | None
    id: int
    uuid: str
    network: str
    server: str
    language: str
    text: str
    disclosure: str
    status: str
    post_url: str
    created_at: datetime
    answered_at: datetime | None
    closeness: int
    policy_version: int
    code: str
    slug: str
    openings: int
    robots: int
    readers: int
    is_recalled: bool

    @property
    def words(self) -> str:
        """The text without its link."""
        return without_link(self.text)

    def is_open_for(self, who: Who) -> bool:
        """Whether the story still stands in the library for this person."""
        return self.at_present is not None and self.at_present.audience.includes(who)


def _own(person_id: Any, at: Any) -> Select[*tuple[Any, ...]]:
    return (
        select(
            *(Share.id, Share.uuid, Share.network, Share.server, Share.language, Share.text, Share.disclosure, Share.status, Share.post_url),
            *(Share.created_at, Share.answered_at, Share.closeness, Share.policy_version, Link.code, Story.slug),
            *(func.coalesce(Reads.people, 0), func.coalesce(Reads.robots, 0), func.coalesce(Reads.readers, 0)),
            *(Link.state == "recalled", Share.edition_id, open_edition_of(Share.story_id, at).label("open_id")),
        )
        .join(Link, Link.id == Share.link_id)
        .join(Story, Story.id == Share.story_id)
        .outerjoin(Reads, Reads.link_id == Share.link_id)
        .where(Share.person_id == person_id)
        .order_by(Share.id.desc())
    )


# Written out once: every visit to the front page asks it.
_READ_BY_SOMEBODY: Final = (
    _own(bindparam("person_id", type_=Integer()), bindparam("now", type_=UtcDateTime()))
    .where(Reads.people > 0)
    .limit(bindparam("most", type_=Integer()))
)


def _with_documents(session: Session, query: Select[*tuple[Any, ...]], **values: object) -> list[OwnShare]:
    rows = read_rows(session, query, **values)
    documents = story_documents(session, {row.edition_id for row in rows} | {row.open_id for row in rows if row.open_id})
    return [OwnShare(documents[row.edition_id], documents.get(row.open_id), *row[:-2]) for row in rows]


def own_shares(session: Session, person_id: int, *, at: datetime, before: int | None = None, limit: int = PAGE) -> list[OwnShare]:
    """A person's shares, newest first; `before` is the id of the last one on the page before."""
    query = _own(person_id, at).limit(limit)
    return _with_documents(session, query.where(Share.id < before) if before else query)


def own_share(session: Session, person_id: int, uuid: str, *, at: datetime) -> OwnShare | None:
    """One of a person's own shares."""
    return next(iter(_with_documents(session, _own(person_id, at).where(Share.uuid == uuid))), None)


def shares_read_by_somebody(session: Session, person_id: int, *, at: datetime, limit: int = 3) -> list[OwnShare]:
    """A person's newest shares that somebody opened."""
    return _with_documents(session, _READ_BY_SOMEBODY, person_id=person_id, now=at, most=limit)


def share_of_token(session: Session, person_id: int, token: str) -> str | None:
    """The uuid of the share that a person's form has already made."""
    return session.scalar(select(Share.uuid).where(Share.person_id == person_id, Share.token == token))


def shares_since(session: Session, person_id: int, at: datetime) -> int:
    """How many stories a person shared since a moment."""
    return session.scalar(select(func.count()).where(Share.person_id == person_id, Share.created_at > at)) or 0


@dataclass(frozen=True)
class Habit:
    """What a person used last: the network, and the Mastodon server if there was one; "" for what was never used."""

    network: str = ""
    server: str = ""


_HABIT: Final = (
    select(Share.network, Share.server).where(Share.person_id == bindparam("person_id", type_=Integer())).order_by(Share.id.desc()).limit(PAGE)
)


def habit_of(session: Session, person_id: int) -> Habit:
    """What a person used last, so that it need not be chosen again."""
    rows = read_rows(session, _HABIT, person_id=person_id)
    return Habit(rows[0].network if rows else "", next((row.server for row in rows if row.server), ""))


_WORDS: Final = (
    select(Share.text, Share.disclosure)
    .where(Share.story_id == bindparam("story_id", type_=Integer()), Share.person_id != bindparam("but_not", type_=Integer()))
    .where(Share.status != "not_posted")
    .order_by(Share.id.desc())
    .limit(_COMPARED)
)


def colleagues_words(session: Session, story_id: int, *, but_not: int) -> list[str]:
    """What others posted about a story, newest first, without link and disclosure; never whose it was."""
    rows = read_rows(session, _WORDS, story_id=story_id, but_not=but_not)
    posts = ((without_link(row.text), row.disclosure) for row in rows)
    return [words.removeprefix(said) if words.startswith(f"{said} ") else words for words, said in posts]


@dataclass(frozen=True)
class NetworkReads:
    """How many people opened the links of a story on one network, each counted once a day and link."""

    network: str
    readers: int


def reads_by_network(session: Session, story_id: int) -> list[NetworkReads]:
    """Readers of a story per network, most first; a network that fewer than ten people shared it on is left out.

    No total is given, so that nothing can be told of what was left out by taking the rest away (rows P8, P9).
    """
    readers = func.coalesce(func.sum(Reads.readers), 0)
    sharers: ColumnElement[int] = func.count(Share.person_id.distinct())
    rows = session.execute(
        select(Share.network, readers)
        .outerjoin(Reads, Reads.link_id == Share.link_id)
        .where(Share.story_id == story_id)
        .group_by(Share.network)
        .having(sharers >= ENOUGH)
        .order_by(readers.desc(), Share.network)
    )
    return [NetworkReads(*row) for row in rows]
