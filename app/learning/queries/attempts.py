"""Attempts as their owner sees them; nobody else's is ever found."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final, Protocol

from sqlalchemy import String, bindparam, cast, func, select
from sqlalchemy.orm import Session

from app.core.database import read_rows
from app.core.outages import merged, outages_since
from app.learning.models import Answer, Attempt, Course, Enrolment
from app.learning.rules.quiz import credited


@dataclass(frozen=True)
class Sitting:
    """One attempt with its paper and what was chosen so far (place → ids). While it is open, `deadline_at` counts what outages took."""

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
    left: bool
    """whether the course was left since"""
    answers: Mapping[int, tuple[str, ...]]


# Written out once: putting it together costs a page more than running it.
_ANSWERS: Final = (
    select(func.aggregate_strings(cast(Answer.place, String) + " " + cast(Answer.chosen, String), "\n"))
    .where(Answer.attempt_id == Attempt.id)
    .correlate(Attempt)
    .scalar_subquery()
)
_OWN: Final = (
    select(
        *(Attempt.id, Attempt.uuid, Attempt.number, Attempt.state, Attempt.version_id, Attempt.paper, Attempt.started_at, Attempt.deadline_at),
        *(
            Attempt.submitted_at,
            Attempt.score,
            Attempt.passed,
            Enrolment.course_id,
            Course.slug,
            Enrolment.state == "left",
            _ANSWERS.label("answers"),
        ),
    )
    .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
    .join(Course, Course.id == Enrolment.course_id)
    .where(Attempt.uuid == bindparam("uuid"), Enrolment.person_id == bindparam("person_id"), Course.slug == bindparam("slug"))
)


def own_attempt(session: Session, person_id: int, slug: str, uuid: str) -> Sitting | None:
    """The person's own attempt at the quiz of this course, with what was chosen so far. One statement, and one more if its time is limited."""
    found = read_rows(session, _OWN, uuid=uuid, person_id=person_id, slug=slug)
    if not found:
        return None
    *facts, answers = found[0]
    sitting = Sitting(*(*facts, _chosen(answers or "")))
    return sitting if sitting.state != "open" else replace(sitting, deadline_at=ends_at(session, sitting))


class Timed(Protocol):
    """What has a limited time, or None."""

    @property
    def started_at(self) -> datetime:
        """When it began."""

    @property
    def deadline_at(self) -> datetime | None:
        """When it would end if we could always be reached."""


def ends_at(session: Session, attempt: Timed) -> datetime | None:
    """When an attempt's time is over, with what outages took from it given back; None, at no cost, where time is not limited."""
    if attempt.deadline_at is None:
        return None
    return credited(attempt.deadline_at, merged(outages_since(session, attempt.started_at)), started_at=attempt.started_at)


def _chosen(lines: str) -> dict[int, tuple[str, ...]]:
    """Place → ids, from lines of a place and a JSON list; places without a choice are left out."""
    parts = (line.split(" ", 1) for line in lines.splitlines())
    return {int(place): tuple(ids) for place, chosen in parts if (ids := json.loads(chosen))}


def answers_of(session: Session, attempt_id: int) -> dict[int, tuple[str, ...]]:
    """What was chosen: place → ids; places without a choice are left out."""
    rows = session.execute(select(Answer.place, Answer.chosen).where(Answer.attempt_id == attempt_id)).all()
    return {place: tuple(chosen) for place, chosen in rows if chosen}
