"""Which levels a person holds, and what is still missing on the way to the next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import ColumnElement, Date, Integer, Select, and_, bindparam, select
from sqlalchemy.orm import Session

from app.core.database import read_rows
from app.learning.models import Certificate, Enrolment
from app.learning.queries.content import PublishedCourse, published_courses
from app.learning.queries.progress import Time
from app.learning.rules import LEVELS
from app.learning.rules.document import Texts
from app.learning.rules.levels import Needed, from_level, held_until, needed_for, up_to_level


@dataclass(frozen=True)
class MissingCourse:
    """A course that a level still asks for; `again` when it was passed and the pass is over."""

    slug: str
    title: Texts
    minutes: int
    again: bool
    cover: str | None


@dataclass(frozen=True)
class LevelStep:
    """One level on a person's path. `state` is done, current (the next to reach) or next; `until` is the last day it is held."""

    level: str
    state: str
    until: date | None
    certificate: str | None
    """The uuid of the certificate that proves it."""
    missing: tuple[MissingCourse, ...]

    @property
    def minutes_left(self) -> int:
        """The minutes that the missing courses take."""
        return sum(course.minutes for course in self.missing)

    @property
    def lacks_proof(self) -> bool:
        """Whether everything is passed and still no certificate counts: it was revoked."""
        return self.certificate is None and not self.missing and self.until is not None


def needed_courses(courses: Sequence[PublishedCourse]) -> list[Needed]:
    """Published courses as the rules about levels see them."""
    return [Needed(course.id, course.level) for course in courses]


def best_passes(session: Session, person_id: int) -> dict[int, date]:
    """The last day of the best pass of each course that a person ever passed."""
    rows = session.execute(
        select(Enrolment.course_id, Enrolment.expires_on).where(Enrolment.person_id == person_id, Enrolment.state == "completed")
    ).all()
    best: dict[int, date] = {}
    for course_id, expires_on in rows:
        best[course_id] = max(best.get(course_id, date.min), expires_on or date.max)
    return best


def passes_in(times: Mapping[int, Sequence[Time]]) -> dict[int, date]:
    """The same as `best_passes`, from times that were already read."""
    ends = {course_id: [time.expires_on or date.max for time in mine if time.state == "completed"] for course_id, mine in times.items()}
    return {course_id: max(days) for course_id, days in ends.items() if days}


def is_valid(on: date | ColumnElement[date]) -> ColumnElement[bool]:
    """Whether a certificate is neither over on the day `on` nor revoked: the one place that says so to the database, for the rooms above too."""
    return and_(Certificate.revoked_at.is_(None), Certificate.expires_on >= on)


def longest_valid(person_id: int | ColumnElement[int], *, level: str, on: date | ColumnElement[date]) -> Select[Certificate]:
    """The valid certificate of this level or a higher one that lasts longest, for `valid_certificate` and for statements of rooms above."""
    return (
        select(Certificate)
        .where(Certificate.person_id == person_id, Certificate.level.in_(from_level(level)), is_valid(on))
        .order_by(Certificate.expires_on.desc(), Certificate.id.desc())
        .limit(1)
    )


def valid_certificate(session: Session, person_id: int, *, level: str, on: date) -> Certificate | None:
    """A certificate of this level or a higher one that is neither over on the day `on` nor revoked; the one that lasts longest."""
    return session.scalar(longest_valid(person_id, level=level, on=on))


def levels_held(session: Session, person_id: int, *, on: date) -> frozenset[str]:
    """The levels that a person's valid certificates give, each with those below it."""
    rows = session.scalars(select(Certificate.level).where(Certificate.person_id == person_id, is_valid(on)).distinct())
    return frozenset(below for level in rows for below in up_to_level(level))


def level_steps(session: Session, person_id: int, *, on: date) -> list[LevelStep]:
    """The path through the levels: what is held until when, which is next, and which courses it still asks for."""
    return steps_through(published_courses(session), best_passes(session, person_id), valid_certificates(session, person_id, on=on), on=on)


_VALID: Final = (
    select(Certificate.level, Certificate.uuid, Certificate.expires_on)
    .where(Certificate.person_id == bindparam("person_id", type_=Integer()), is_valid(bindparam("day", type_=Date())))
    .order_by(Certificate.expires_on, Certificate.id)
)


def valid_certificates(session: Session, person_id: int, *, on: date) -> dict[str, tuple[str, date]]:
    """For each level held by a certificate of its own: the certificate's uuid and last day."""
    return {level: (uuid, expires_on) for level, uuid, expires_on in read_rows(session, _VALID, person_id=person_id, day=on)}


def steps_through(
    courses: Sequence[PublishedCourse], passes: dict[int, date], certificates: dict[str, tuple[str, date]], *, on: date
) -> list[LevelStep]:
    """The path, from what was already read."""
    needed = needed_courses(courses)
    steps = []
    reached_all = True
    for level in LEVELS:
        uuid, until = certificates.get(level, (None, None))
        wanted = needed_for(level, needed) or tuple(course.id for course in courses if course.level == level)
        missing = tuple(_missing(course, passes) for course in courses if course.id in wanted and passes.get(course.id, date.min) < on)
        state = "done" if uuid else "current" if reached_all else "next"
        reached_all = reached_all and state == "done"
        steps.append(LevelStep(level, state, until or held_until(level, needed, passes, on), uuid, missing))
    return steps


def _missing(course: PublishedCourse, passes: dict[int, date]) -> MissingCourse:
    return MissingCourse(course.slug, course.document.title, course.document.minutes, course.id in passes, course.document.cover)


def next_course(steps: Sequence[LevelStep], level: str, slug: str) -> MissingCourse | None:
    """What to take after the course `slug`: what its own level still asks for, then what the levels ask for that everybody may take."""
    own = [step for step in steps if step.level == level]
    open_ones = [step for step in steps if step.state != "done" and step.level != "spokesperson"]
    return next((course for step in (*own, *open_ones) for course in step.missing if course.slug != slug), None)
