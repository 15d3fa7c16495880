"""What the front page needs to know about a person, in one statement; and what a search looks through."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Boolean, Date, Integer, Select, String, and_, bindparam, cast, exists, func, null, or_, select, union_all
from sqlalchemy.orm import Session, aliased

from app.core.database import UtcDateTime, read_rows
from app.core.kept import Kept
from app.home.rules import Words, words_of
from app.learning.models import Attempt, Certificate, Course, Enrolment, LessonDone
from app.learning.queries.levels import is_valid
from app.learning.queries.progress import Time
from app.learning.rules.document import CourseDocument
from app.library.queries.reading import StoryCard, ids_of_open_editions
from app.sharing.models import Reads, Share


@dataclass(frozen=True)
class Mine:
    """A person's times through courses with when they were last busy, their valid certificates; and the courses and stories that are open."""

    times: tuple["Busy", ...]
    certificates: dict[str, tuple[str, date]]
    """level -> (uuid, last day)"""
    courses: tuple[tuple[int, str, str, str, int], ...]
    """id, uuid, slug, level and current version"""
    was_read: bool
    """whether somebody opened one of the person's shares"""
    edition_ids: tuple[int, ...]
    """the open editions of stories, for whomever they are meant"""


@dataclass(frozen=True)
class Busy:
    """One time through a course, at the course's address and level."""

    course_id: int
    slug: str
    level: str
    time: Time
    at: datetime
    tried: str | None
    """the attempt that was handed in last; while the time is running none was passed"""
    tried_at: datetime | None
    """when that was handed in"""


def mine(session: Session, person_id: int, *, on: date, at: datetime) -> Mine:
    """Everything that the front page shows to a person at this moment of their day."""
    rows = read_rows(session, _MINE, person_id=person_id, day=on, now=at)
    alone = next(row for row in rows if row.level is None)
    held = sorted((row for row in rows if row.level and row.course_id is None), key=lambda row: row.expires_on)
    courses = {row.course_id: (row.course_id, row.uuid, row.slug, row.level, row.current_version_id) for row in rows if row.is_open}
    times = tuple(_busy(row) for row in rows if row.id is not None)
    edition_ids = tuple(int(number) for number in (alone.edition_ids or "").split(",") if number)
    return Mine(times, {row.level: (row.uuid, row.expires_on) for row in held}, tuple(courses.values()), alone.was_read, edition_ids)


_TIME: Final = aliased(Enrolment, name="time")
"""A short name, for a short statement: psycopg reads one of more than 4,096 letters anew each time."""


def _of_time(column: Any, table: Any) -> Select[Any]:
    return select(column).where(table.enrolment_id == _TIME.id).correlate(_TIME)


def _handed_in(column: Any) -> Any:
    last = _of_time(column, Attempt).where(Attempt.state == "submitted").order_by(Attempt.number.desc())
    return last.limit(1).scalar_subquery()


_PERSON: Final = bindparam("person_id", type_=Integer())
_WAS_READ: Final = exists().where(Share.person_id == _PERSON, Reads.link_id == Share.link_id, Reads.people > 0)
_COLUMNS: Final[dict[str, Any]] = {
    "course_id": Course.id,
    "uuid": Course.uuid,
    "slug": Course.slug,
    "level": Course.level,
    "current_version_id": Course.current_version_id,
    "is_open": and_(Course.retired_at.is_(None), Course.current_version_id.is_not(None)),
    **{name: getattr(_TIME, name) for name in ("id", "version_id", "ordinal", "state", "mandatory_role", "due_on")},
    **{name: getattr(_TIME, name) for name in ("enrolled_at", "completed_on", "expires_on")},
    "done": _of_time(func.aggregate_strings(LessonDone.lesson_uuid, ","), LessonDone).scalar_subquery(),
    "sitting": _of_time(Attempt.uuid, Attempt).where(Attempt.state == "open").scalar_subquery(),
    "read_at": _of_time(func.max(LessonDone.done_at), LessonDone).scalar_subquery(),
    "begun_at": _of_time(func.max(Attempt.started_at), Attempt).scalar_subquery(),
    "tried": _handed_in(Attempt.uuid),
    "tried_at": _handed_in(Attempt.submitted_at),
    "was_read": cast(null(), Boolean()),
    "edition_ids": cast(null(), String()),
}
_HELD: Final[dict[str, Any]] = {name: getattr(Certificate, name) for name in ("uuid", "level", "expires_on")}
_ALONE: Final[dict[str, Any]] = {"was_read": _WAS_READ, "edition_ids": ids_of_open_editions(bindparam("now", type_=UtcDateTime()))}


def _in_place(columns: Mapping[str, Any]) -> list[Any]:
    """These columns where they stand among all of them; the others are null."""
    return [columns[name].label(name) if name in columns else null().label(name) for name in _COLUMNS]


# Written out once: putting it together costs the front page more than running it. A row is a course with one of the person's times
# through it, if there is any, or a certificate; one row, without a level, holds what is asked only once.
_MINE: Final = union_all(
    select(*_in_place(_COLUMNS))
    .outerjoin(_TIME, (_TIME.course_id == Course.id) & (_TIME.person_id == _PERSON))
    .where(or_(_COLUMNS["is_open"], _TIME.id.is_not(None))),
    select(*_in_place(_HELD)).where(Certificate.person_id == _PERSON, is_valid(bindparam("day", type_=Date()))),
    select(*_in_place(_ALONE)),
)


def _busy(row: Any) -> Busy:
    time = Time(
        *(row.id, row.version_id, row.ordinal, row.state, row.mandatory_role, row.due_on, row.enrolled_at, row.completed_on, row.expires_on),
        done=frozenset(row.done.split(",")) if row.done else frozenset(),
        sitting=row.sitting,
    )
    at = max(moment for moment in (row.enrolled_at, row.read_at, row.begun_at) if moment)
    return Busy(row.course_id, row.slug, row.level, time, at, row.tried, row.tried_at)


_lessons: Final[Kept[tuple[int, str], tuple[Words, ...]]] = Kept(most=400)
_stories: Final[Kept[tuple[int, str], Words]] = Kept(most=2_000)


def lesson_words(version_id: int, document: CourseDocument, language: str) -> Sequence[Words]:
    """The words of a version's lessons (title and lead, with the course's title), in their order; kept, since versions never change."""
    key = (version_id, language)

    def fetch(_keys: object) -> dict[tuple[int, str], tuple[Words, ...]]:
        title = document.title.get(language, "")
        return {
            key: tuple(words_of(f"{title} {lesson.title.get(language, '')} {lesson.lead.get(language, '')}", language) for lesson in document.lessons)
        }

    return _lessons.of([key], fetch)[key]


def story_words(card: StoryCard, locale: str) -> Words:
    """The words of an edition (title, standfirst, what is in it, body) in the language in which the reader gets it; kept, as editions never change."""
    language = card.document.language_for(locale)
    key = (card.edition_id, language)

    def fetch(_keys: object) -> dict[tuple[int, str], Words]:
        told = " ".join(card.document.said(part, locale) for part in ("title", "standfirst", "reader_value", "body"))
        return {key: words_of(told, language)}

    return _stories.of([key], fetch)[key]
