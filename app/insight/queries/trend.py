"""How many of the people of today had passed each course, day by day."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import case, func, literal, select
from sqlalchemy.orm import Session

from app.core.database import read_rows
from app.insight.queries.standing import within
from app.learning.models import Enrolment
from app.people.models import Department, Person


def first_passes(session: Session, paths: Sequence[str], *, since: date, until: date) -> dict[int, Mapping[date, int]]:
    """Course id -> how many of the people in reach passed it for the first time on which day; all days before `since` count as that day."""
    began = (
        select(Enrolment.course_id, func.min(Enrolment.completed_on).label("day"))
        .join(Person, Person.id == Enrolment.person_id)
        .outerjoin(Department, Department.id == Person.department_id)
        .where(within(paths), Person.status == "active", Enrolment.state == "completed", Enrolment.completed_on <= until)
        .group_by(Enrolment.course_id, Enrolment.person_id)
        .subquery()
    )
    day = case((began.c.day < since, literal(since)), else_=began.c.day)
    found: dict[int, dict[date, int]] = {}
    for row in read_rows(session, select(began.c.course_id, day.label("day"), func.count().label("people")).group_by(began.c.course_id, day)):
        found.setdefault(row.course_id, {})[row.day] = int(row.people)
    return {**found}
