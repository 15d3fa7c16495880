"""What the hub works on: stories in the making, their standing, their history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from app.core.errors import Invalid
from app.core.text import fold
from app.core.who import Role, Who
from app.library.errors import Ambiguous
from app.library.models import Asset, Edition, ReviewEntry, Story
from app.library.policy import Standing, may_see
from app.library.queries.reading import StoredPicture, is_open
from app.library.rules.content import Texts
from app.people.models import Department, Person, RoleGrant
from app.people.queries.colleagues import colleague, colleagues_called
from app.people.rules import Colleague, is_called

MOST_OVER: Final = 30
MOST_CALLED: Final = 8
ENDING_SOON: Final = timedelta(days=14)


@dataclass(frozen=True)
class HubStory:
    """A story in the making, with what the rules ask about it."""

    story: Story
    standing: Standing
    author: str
    picture: Asset | None


@dataclass(frozen=True)
class BoardRow:
    """A story as a board lists it; `opens_at` and `closes_at` are of its newest edition, `is_live` says whether readers see one.

    `is_answered` is False once whoever answers replies, as that edition says, has left.
    """

    uuid: str
    slug: str
    title: Texts
    state: str
    author: str
    standing: Standing
    changed_at: datetime
    opens_at: datetime | None
    closes_at: datetime | None
    is_live: bool
    is_answered: bool


@dataclass(frozen=True)
class Step:
    """One line of a story's history."""

    step: str
    name: str
    at: datetime
    comment: str


def hub_story(session: Session, uuid: str, who: Who, *, lock: bool = False) -> HubStory | None:
    """The story with this UUID if the person may see it in the making; with `lock`, nobody else changes it meanwhile."""
    query = select(Story).where(Story.uuid == uuid)
    story = session.scalar(query.with_for_update().execution_options(populate_existing=True) if lock else query)
    if story is None:
        return None
    author = session.execute(_author(story.author_id)).one()
    standing = Standing(story.author_id, author.path or "/", editors_of(session, story.id))
    if not may_see(who, standing):
        return None
    return HubStory(story, standing, author.name, session.get(Asset, story.asset_id) if story.asset_id else None)


def _author(person_id: int) -> Select[str, str | None]:
    return select(Person.name, Department.path).outerjoin(Department, Department.id == Person.department_id).where(Person.id == person_id)


def editors_of(session: Session, story_id: int) -> frozenset[int]:
    """Everybody who changed the story since it was last approved: none of them may approve it."""
    approved = select(func.max(ReviewEntry.id)).where(ReviewEntry.story_id == story_id, ReviewEntry.step == "approved").scalar_subquery()
    return frozenset(
        session.scalars(
            select(ReviewEntry.by_id)
            .where(ReviewEntry.story_id == story_id, ReviewEntry.step == "edited", ReviewEntry.id > func.coalesce(approved, 0))
            .distinct()
        )
    )


def board_rows(session: Session, who: Who, *, at: datetime) -> list[BoardRow]:
    """Every story that the person may see in the making, oldest change first; of those that are over only the newest."""
    over = or_(Story.state.in_(("retired", "recalled")), and_(Story.state == "approved", Edition.closes_at.is_not(None), Edition.closes_at <= at))
    current = session.execute(_rows(who, at).where(~over).order_by(Story.changed_at, Story.id)).all()
    past = session.execute(_rows(who, at).where(over).order_by(Story.changed_at.desc(), Story.id.desc()).limit(MOST_OVER)).all()
    editors = _editors(session, [row.id for row in current if row.state == "in_review"])
    return [_board_row(row, editors.get(row.id, frozenset())) for row in [*current, *past]]


def _rows(who: Who, at: datetime) -> Select[Any]:
    newest, contact = aliased(Edition), aliased(Person)
    last = select(func.max(newest.number)).where(newest.story_id == Story.id).scalar_subquery()
    shown = select(Edition.id).where(Edition.story_id == Story.id, is_open(at)).correlate(Story).exists()
    scopes = {*who.scopes(Role.REVIEWER), *who.scopes(Role.HUB)}
    return (
        select(
            *(Story.id, Story.uuid, Story.slug, Story.state, Story.author_id, Story.changed_at, Story.content["title"].label("title")),
            *(Person.name, Department.path, Edition.opens_at, Edition.closes_at, shown.label("shown")),
            contact.status.label("contact"),
        )
        .join(Person, Person.id == Story.author_id)
        .outerjoin(Department, Department.id == Person.department_id)
        .outerjoin(Edition, (Edition.story_id == Story.id) & (Edition.number == last))
        .outerjoin(contact, contact.uuid == Edition.document["replies_by"]["uuid"].as_string())
        .where(or_(Story.author_id == who.id, *(func.coalesce(Department.path, "/").startswith(path, autoescape=True) for path in sorted(scopes))))
    )


def _board_row(row: Any, editors: frozenset[int]) -> BoardRow:
    standing = Standing(row.author_id, row.path or "/", editors)
    told = (row.uuid, row.slug, row.title, row.state, row.name, standing, row.changed_at, row.opens_at, row.closes_at)
    return BoardRow(*told, is_live=bool(row.shown), is_answered=row.contact != "left")


def _editors(session: Session, story_ids: Sequence[int]) -> dict[int, frozenset[int]]:
    """Who changed each of these stories since it was last approved."""
    if not story_ids:
        return {}
    approved = aliased(ReviewEntry)
    last = select(func.max(approved.id)).where(approved.story_id == ReviewEntry.story_id, approved.step == "approved").scalar_subquery()
    rows = session.execute(
        select(ReviewEntry.story_id, ReviewEntry.by_id)
        .where(ReviewEntry.story_id.in_(story_ids), ReviewEntry.step == "edited", ReviewEntry.id > func.coalesce(last, 0))
        .distinct()
    ).all()
    return {number: frozenset(row.by_id for row in rows if row.story_id == number) for number in story_ids}


def history(session: Session, story_id: int) -> list[Step]:
    """What happened to a story, newest first."""
    rows = session.execute(
        select(ReviewEntry.step, Person.name, ReviewEntry.at, ReviewEntry.comment)
        .join(Person, Person.id == ReviewEntry.by_id)
        .where(ReviewEntry.story_id == story_id)
        .order_by(ReviewEntry.id.desc())
    )
    return [Step(*row) for row in rows]


def last_comment(session: Session, story_id: int, step: str) -> Step | None:
    """What was said at the newest step of this kind."""
    return next((step_ for step_ in history(session, story_id) if step_.step == step), None)


def last_edition(session: Session, story_id: int) -> Edition | None:
    """The newest edition of a story, open or not."""
    return session.scalar(select(Edition).where(Edition.story_id == story_id).order_by(Edition.number.desc()).limit(1))


def hub_picture(session: Session, uuid: str, who: Who) -> StoredPicture | None:
    """The picture, if the person may see a story in the making that has it now or had it in an edition."""
    stories = session.scalars(
        select(Story.uuid)
        .join(Asset, Asset.uuid == uuid)
        .where(or_(Story.asset_id == Asset.id, Story.id.in_(select(Edition.story_id).where(Edition.asset_id == Asset.id))))
    ).all()
    if not any(hub_story(session, story, who) for story in stories):
        return None
    return StoredPicture(*session.execute(select(Asset.storage_key, Asset.media_type).where(Asset.uuid == uuid)).one())


def reviewer_ids(session: Session, path: str) -> list[int]:
    """Active people who may review stories of authors in the department at `path`."""
    rows = session.execute(
        select(Person.id, Department.path)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .outerjoin(Department, Department.id == RoleGrant.department_id)
        .where(RoleGrant.role == Role.REVIEWER.value, Person.status == "active")
        .order_by(Person.id)
    )
    return sorted({row.id for row in rows if path.startswith(row.path or "/")})


def reviewers_of(session: Session, author_id: int) -> list[int]:
    """Active people who may review what this author wrote, wherever the author works by now."""
    path = session.scalar(select(Department.path).join(Person, Person.department_id == Department.id).where(Person.id == author_id)) or "/"
    return reviewer_ids(session, path)


def answerer(session: Session, text: str, *, chosen: str) -> Colleague | None:
    """The colleague who was `chosen` (a UUID) if that person is called `text`, else the one whom `text` names; None when nothing is typed.

    A name that somebody has in full beats longer ones. Raises Invalid("story.contact") when nobody is called that, Ambiguous when several are.
    """
    if not text.strip():
        return None
    person = colleague(session, chosen) if chosen else None
    if person is not None and is_called(person.name, text):
        return person
    found = colleagues_called(session, text, most=MOST_CALLED)
    people = [each for each in found if fold(each.name) == fold(text)] or found
    if len(people) > 1:
        raise Ambiguous(tuple(people))
    if not people:
        raise Invalid("story.contact", field="replies_by")
    return people[0]


def countries(session: Session) -> list[str]:
    """The countries that people work in."""
    return list(session.scalars(select(Person.country).where(Person.country != "").distinct().order_by(Person.country)))
