"""How far a person is: enrolments with the lessons done, and the one card that says where to go on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Integer, Row, bindparam, func, or_, select
from sqlalchemy.orm import Session

from app.core.database import read_rows
from app.learning.models import Attempt, Course, Enrolment, LessonDone
from app.learning.queries.content import course_document, course_documents
from app.learning.rules.document import CourseDocument, Lesson, Texts

_DONE = (
    select(func.aggregate_strings(LessonDone.lesson_uuid, ",")).where(LessonDone.enrolment_id == Enrolment.id).correlate(Enrolment).scalar_subquery()
)
_SITTING = select(Attempt.uuid).where(Attempt.enrolment_id == Enrolment.id, Attempt.state == "open").correlate(Enrolment).scalar_subquery()
_LAST_LESSON = select(func.max(LessonDone.done_at)).where(LessonDone.enrolment_id == Enrolment.id).correlate(Enrolment).scalar_subquery()
_LAST_ATTEMPT = select(func.max(Attempt.started_at)).where(Attempt.enrolment_id == Enrolment.id).correlate(Enrolment).scalar_subquery()
_COLUMNS = (
    *(Enrolment.id, Enrolment.version_id, Enrolment.ordinal, Enrolment.state, Enrolment.mandatory_role, Enrolment.due_on),
    *(Enrolment.enrolled_at, Enrolment.completed_on, Enrolment.expires_on, _DONE.label("done"), _SITTING.label("sitting")),
)


@dataclass(frozen=True)
class Time:
    """A person's time through a course: state, what is asked by when, the uuids of the lessons done, the attempt that is open."""

    id: int
    version_id: int
    ordinal: int
    state: str
    mandatory_role: str | None
    due_on: date | None
    enrolled_at: datetime
    completed_on: date | None
    expires_on: date | None
    done: frozenset[str]
    sitting: str | None

    @property
    def is_running(self) -> bool:
        """Whether the person is on the way through (a pause is part of the way)."""
        return self.state in {"open", "paused"}


@dataclass(frozen=True)
class PastAttempt:
    """One line of a person's own history of attempts."""

    uuid: str
    number: int
    state: str
    started_at: datetime
    submitted_at: datetime | None
    score: int | None
    passed: bool | None
    ordinal: int


@dataclass(frozen=True)
class FoundCourse:
    """A course at its address with a person's times through it, latest first."""

    id: int
    uuid: str
    slug: str
    level: str
    current_version_id: int
    times: tuple[Time, ...]

    @property
    def now(self) -> Time | None:
        """The latest time, if there was any."""
        return self.times[0] if self.times else None

    @property
    def version_id(self) -> int:
        """The version to read: the one a running enrolment is pinned to, else the newest."""
        return self.now.version_id if self.now and self.now.is_running else self.current_version_id

    @property
    def is_passed(self) -> bool:
        """Whether the latest time ended with a pass, and no other has begun since."""
        return self.now is not None and self.now.state == "completed"

    @property
    def is_sitting(self) -> bool:
        """Whether an attempt is open, though it may wait in a course that was left."""
        return any(time.sitting for time in self.times)

    @property
    def passed(self) -> Time | None:
        """The latest time that ended with a pass."""
        return next((time for time in self.times if time.state == "completed"), None)


@dataclass(frozen=True)
class MyCourse:
    """A course that a person was ever enrolled in, in the version that is theirs, with their times, latest first."""

    slug: str
    document: CourseDocument
    times: tuple[Time, ...]


@dataclass(frozen=True)
class ContinueCard:
    """Where a person stopped and goes on: the next lesson (its `number` of `count`), or the quiz when all are done."""

    course_title: Texts
    slug: str
    level: str
    lesson_name: str | None
    lesson_title: Texts | None
    number: int
    count: int
    minutes_left: int
    sitting: str | None

    @property
    def is_quiz(self) -> bool:
        """Whether only the quiz is left."""
        return self.lesson_name is None

    @property
    def done_share(self) -> int:
        """The lessons done, in whole per cent."""
        done = self.count if self.is_quiz else self.number - 1
        return 100 * done // self.count if self.count else 100


# Written out once: putting it together costs a page more than running it.
_FOUND: Final = (
    select(Course.id.label("course_id"), Course.uuid, Course.slug, Course.level, Course.current_version_id, *_COLUMNS)
    .outerjoin(Enrolment, (Enrolment.course_id == Course.id) & (Enrolment.person_id == bindparam("person_id")))
    .where(Course.slug == bindparam("slug"), Course.current_version_id.is_not(None), or_(Course.retired_at.is_(None), Enrolment.id.is_not(None)))
    .order_by(Enrolment.ordinal.desc())
)
_WITH_ATTEMPTS: Final = (
    _FOUND.add_columns(
        *(Attempt.uuid.label("attempt"), Attempt.number, Attempt.state.label("attempt_state"), Attempt.started_at, Attempt.submitted_at),
        *(Attempt.score, Attempt.passed),
    )
    .outerjoin(Attempt, Attempt.enrolment_id == Enrolment.id)
    .order_by(Attempt.number.desc())
)
_TIMES: Final = (
    select(Enrolment.course_id, *_COLUMNS)
    .where(Enrolment.person_id == bindparam("person_id", type_=Integer()))
    .order_by(Enrolment.course_id, Enrolment.ordinal.desc())
)


def find_course(session: Session, slug: str, person_id: int) -> FoundCourse | None:
    """The course at this address with everything that a person's pages need to know, in one statement.

    A retired course is found only by those who were on their way through it or passed it.
    """
    return _course(read_rows(session, _FOUND, slug=slug, person_id=person_id))


def find_course_with_attempts(session: Session, slug: str, person_id: int) -> tuple[FoundCourse | None, list[PastAttempt]]:
    """The same together with every attempt at its quiz, newest first; still one statement."""
    rows = read_rows(session, _WITH_ATTEMPTS, slug=slug, person_id=person_id)
    attempts = [
        PastAttempt(row.attempt, row.number, row.attempt_state, row.started_at, row.submitted_at, row.score, row.passed, row.ordinal)
        for row in rows
        if row.attempt is not None
    ]
    return _course(list({row.id: row for row in rows}.values())), attempts


def _course(rows: Sequence[Row[Any]]) -> FoundCourse | None:
    if not rows:
        return None
    first = rows[0]
    times = tuple(_time(row) for row in rows if row.id is not None)
    return FoundCourse(first.course_id, first.uuid, first.slug, first.level, first.current_version_id, times)


def times_of(session: Session, person_id: int) -> dict[int, tuple[Time, ...]]:
    """Every time a person has been through a course, by course, latest first."""
    rows = read_rows(session, _TIMES, person_id=person_id)
    found: dict[int, tuple[Time, ...]] = {}
    for row in rows:
        found[row.course_id] = (*found.get(row.course_id, ()), _time(row))
    return found


def my_courses(session: Session, person_id: int) -> list[MyCourse]:
    """Every course that a person is or was in, the one begun last first; courses left are left out."""
    rows = session.execute(
        select(Course.slug, Enrolment.course_id, *_COLUMNS)
        .join(Course, Course.id == Enrolment.course_id)
        .where(Enrolment.person_id == person_id)
        .order_by(Enrolment.enrolled_at.desc(), Enrolment.ordinal.desc())
    ).all()
    times: dict[str, list[Time]] = {}
    for row in rows:
        times.setdefault(row.slug, []).append(_time(row))
    documents = documents_of(session, [mine[0] for mine in times.values()])
    return [MyCourse(slug, documents[mine[0].version_id], tuple(mine)) for slug, mine in times.items() if mine[0].state != "left"]


def continue_card(session: Session, person_id: int) -> ContinueCard | None:
    """The open course that the person was last busy with; None when there is nothing to go on with. One statement."""
    rows = session.execute(
        select(Course.slug, Course.level, _LAST_LESSON.label("last_lesson"), _LAST_ATTEMPT.label("last_attempt"), *_COLUMNS)
        .join(Course, Course.id == Enrolment.course_id)
        .where(Enrolment.person_id == person_id, Enrolment.state == "open")
    ).all()
    if not rows:
        return None
    row = max(rows, key=lambda one: (max(moment for moment in (one.enrolled_at, one.last_lesson, one.last_attempt) if moment), one.id))
    return card_of(row.slug, row.level, course_document(session, row.version_id), _time(row))


def card_of(slug: str, level: str, document: CourseDocument, time: Time) -> ContinueCard:
    """The card for one running enrolment."""
    lesson = next_lesson(document, time.done)
    left = sum(each.minutes for each in document.lessons if each.uuid not in time.done)
    quiz = max(document.minutes - sum(each.minutes for each in document.lessons), 5)
    return ContinueCard(
        course_title=document.title,
        slug=slug,
        level=level,
        lesson_name=lesson.name if lesson else None,
        lesson_title=lesson.title if lesson else None,
        number=document.lessons.index(lesson) + 1 if lesson else len(document.lessons),
        count=len(document.lessons),
        minutes_left=left + quiz,
        sitting=time.sitting,
    )


def next_lesson(document: CourseDocument, done: frozenset[str]) -> Lesson | None:
    """The first lesson that is not done yet; None when all are."""
    return next((lesson for lesson in document.lessons if lesson.uuid not in done), None)


def documents_of(session: Session, times: Sequence[Time]) -> dict[int, CourseDocument]:
    """What the versions say that these times are pinned to, by version id."""
    return course_documents(session, {time.version_id for time in times})


def _time(row: Row[Any]) -> Time:
    return Time(
        *(row.id, row.version_id, row.ordinal, row.state, row.mandatory_role, row.due_on, row.enrolled_at, row.completed_on, row.expires_on),
        done=frozenset(row.done.split(",")) if row.done else frozenset(),
        sitting=row.sitting,
    )
