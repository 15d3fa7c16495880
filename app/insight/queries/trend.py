"""How many of the people of today had passed each course, day by day."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import case, exists, func, literal, or_, select
from sqlalchemy.orm import Session, aliased

from app.core.database import read_rows
from app.insight.queries.standing import within
from app.learning.models import Enrolment
from app.people.models import Department, Person


def first_passes(session: Session, paths: Sequence[str], *, since: date, until: date) -> Mapping[int, Mapping[date, int]]:
    """Course id -> how many of the people in reach passed it for the first time on which day; all days before `since` count as that day."""
    older = aliased(Enrolment)
    before = (older.person_id == Enrolment.person_id, older.course_id == Enrolment.course_id, older.ordinal < Enrolment.ordinal)
    first = or_(Enrolment.ordinal == 1, ~exists().where(*before, older.state == "completed"))
    day = case((Enrolment.completed_on < since, literal(since)), else_=Enrolment.completed_on)
    passed = (
        select(Enrolment.course_id, day.label("day"), func.count().label("people"))
        .join(Person, Person.id == Enrolment.person_id)
        .outerjoin(Department, Department.id == Person.department_id)
        .where(within(paths), Person.status == "active", Enrolment.state == "completed", Enrolment.completed_on <= until, first)
        .group_by(Enrolment.course_id, day)
    )
    found: dict[int, dict[date, int]] = {}
    for row in read_rows(session, passed):
        found.setdefault(row.course_id, {})[row.day] = int(row.people)
    return found
