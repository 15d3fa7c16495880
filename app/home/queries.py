"""What the front page needs to know about a person, in one statement; and what a search looks through."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Date, Integer, Select, String, bindparam, cast, func, literal, null, select, union_all
from sqlalchemy.orm import Session

from app.core.database import UtcDateTime, read_rows
from app.core.kept import Kept
from app.home.rules import Words, words_of
from app.learning.models import Attempt, Certificate, Course, Enrolment, LessonDone
from app.learning.queries.progress import Time
from app.learning.rules.document import CourseDocument
from app.library.queries.reading import StoryCard


@dataclass(frozen=True)
class Mine:
    """A person's times through courses with when they were last busy, and their valid certificates."""

    times: tuple["Busy", ...]
    certificates: dict[str, tuple[str, date]]
    """level -> (uuid, last day)"""


@dataclass(frozen=True)
class Busy:
    """One time through a course, at the course's address and level."""

    course_id: int
    slug: str
    level: str
    time: Time
    at: datetime


def mine(session: Session, person_id: int, *, on: date) -> Mine:
    """Everything about a person's learning that the front page shows."""
    rows = read_rows(session, _MINE, person_id=person_id, day=on)
    times = tuple(_busy(row) for row in rows if row.kind == "time")
    held = sorted((row for row in rows if row.kind == "certificate"), key=lambda row: row.expires_on)
    return Mine(times, {row.level: (row.slug, row.expires_on) for row in held})


def _times(person_id: Any) -> Select[*tuple[Any, ...]]:
    def of(column: Any, table: Any) -> Any:
        return select(column).where(table.enrolment_id == Enrolment.id).correlate(Enrolment)

    done = of(func.aggregate_strings(LessonDone.lesson_uuid, ","), LessonDone).scalar_subquery()
    sitting = of(Attempt.uuid, Attempt).where(Attempt.state == "open").scalar_subquery()
    return (
        select(
            *(literal("time").label("kind"), Course.slug, Course.level, Enrolment.course_id, Enrolment.id, Enrolment.version_id),
            *(Enrolment.ordinal, Enrolment.state, Enrolment.mandatory_role, Enrolment.due_on, Enrolment.enrolled_at),
            *(Enrolment.completed_on, Enrolment.expires_on, done.label("done"), sitting.label("sitting")),
            of(func.max(LessonDone.done_at), LessonDone).scalar_subquery().label("read_at"),
            of(func.max(Attempt.started_at), Attempt).scalar_subquery().label("tried_at"),
        )
        .join(Course, Course.id == Enrolment.course_id)
        .where(Enrolment.person_id == person_id)
    )


def _certificates(person_id: Any, on: Any) -> Select[*tuple[Any, ...]]:
    def none(kind: Any) -> Any:
        return cast(null(), kind)

    moments: Final = (none(UtcDateTime()), none(UtcDateTime()))
    return select(
        *(literal("certificate"), Certificate.uuid, Certificate.level, *(none(Integer) for _ in range(4)), none(String), none(String)),
        *(none(Date), none(UtcDateTime()), none(Date), Certificate.expires_on, none(String), none(String), *moments),
    ).where(Certificate.person_id == person_id, Certificate.revoked_at.is_(None), Certificate.expires_on >= on)


# Written out once: putting it together costs the front page more than running it.
_PERSON: Final = bindparam("person_id", type_=Integer())
_MINE: Final = union_all(_times(_PERSON), _certificates(_PERSON, bindparam("day", type_=Date())))


def _busy(row: Any) -> Busy:
    time = Time(
        *(row.id, row.version_id, row.ordinal, row.state, row.mandatory_role, row.due_on, row.enrolled_at, row.completed_on, row.expires_on),
        done=frozenset(row.done.split(",")) if row.done else frozenset(),
        sitting=row.sitting,
    )
    return Busy(row.course_id, row.slug, row.level, time, max(moment for moment in (row.enrolled_at, row.read_at, row.tried_at) if moment))


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
