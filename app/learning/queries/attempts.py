"""Attempts as their owner sees them; nobody else's is ever found."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app.core.database import read_rows
from app.learning.models import Answer, Attempt, Course, Enrolment


@dataclass(frozen=True)
class Sitting:
    """One attempt with its paper and what was chosen so far (place → ids)."""

    id: int
    uuid: str
    number: int
    state: str
    version_id: int
    paper: list[dict[str, Any]]
    started_at: datetime
    deadline_at: datetime | None
    submitted_at: datetime | None
    score: int | None
    passed: bool | None
    course_id: int
    slug: str
    answers: Mapping[int, tuple[str, ...]]


@dataclass(frozen=True)
class PastAttempt:
    """One line of a person's own history."""

    uuid: str
    number: int
    state: str
    started_at: datetime
    submitted_at: datetime | None
    score: int | None
    passed: bool | None
    ordinal: int


def own_attempt(session: Session, person_id: int, slug: str, uuid: str) -> Sitting | None:
    """The person's own attempt at the quiz of this course. Two statements."""
    row = session.execute(
        select(
            *(Attempt.id, Attempt.uuid, Attempt.number, Attempt.state, Attempt.version_id, Attempt.paper, Attempt.started_at, Attempt.deadline_at),
            *(Attempt.submitted_at, Attempt.score, Attempt.passed, Enrolment.course_id, Course.slug),
        )
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .join(Course, Course.id == Enrolment.course_id)
        .where(Attempt.uuid == uuid, Enrolment.person_id == person_id, Course.slug == slug)
    ).one_or_none()
    return None if row is None else Sitting(**row._mapping, answers=answers_of(session, row.id))  # noqa: SLF001  # SQLAlchemy's public name for a row's columns


def answers_of(session: Session, attempt_id: int) -> dict[int, tuple[str, ...]]:
    """What was chosen: place → ids; places without a choice are left out."""
    rows = session.execute(select(Answer.place, Answer.chosen).where(Answer.attempt_id == attempt_id)).all()
    return {place: tuple(chosen) for place, chosen in rows if chosen}


_PAST: Final = (
    select(*(Attempt.uuid, Attempt.number, Attempt.state, Attempt.started_at, Attempt.submitted_at, Attempt.score, Attempt.passed, Enrolment.ordinal))
    .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
    .where(Enrolment.person_id == bindparam("person_id"), Enrolment.course_id == bindparam("course_id"))
    .order_by(Enrolment.ordinal.desc(), Attempt.number.desc())
)


def past_attempts(session: Session, person_id: int, course_id: int) -> list[PastAttempt]:
    """The person's attempts at the quiz of a course, newest first."""
    rows = read_rows(session, _PAST, person_id=person_id, course_id=course_id)
    return [PastAttempt(*row) for row in rows]
