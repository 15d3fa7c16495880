"""How many of the people of today had passed each course, day by day."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, case, exists, false, func, literal, or_, select
from sqlalchemy.orm import Session, aliased

from app.core.database import read_rows
from app.insight.queries.sight import Sight
from app.learning.models import Enrolment
from app.learning.queries.visibility import names_pass
from app.people.models import Department, Person


@dataclass(frozen=True)
class Passes:
    """Of one course: how many passed it for the first time on which day, and how many of these are told by name where not all are."""

    people: dict[date, int] = field(default_factory=dict)
    named: dict[date, int] = field(default_factory=dict)


def first_passes(session: Session, sight: Sight, *, since: date, until: date) -> Mapping[int, Passes]:
    """Course id -> how the people in reach passed it for the first time; all days before `since` count as that day."""
    older = aliased(Enrolment)
    before = (older.person_id == Enrolment.person_id, older.course_id == Enrolment.course_id, older.ordinal < Enrolment.ordinal)
    first = or_(Enrolment.ordinal == 1, ~exists().where(*before, older.state == "completed"))
    day: ColumnElement[Any] = case((Enrolment.completed_on < since, literal(since)), else_=Enrolment.completed_on)
    passed = (
        select(Enrolment.course_id, day.label("day"), _is_named(sight).label("named"), func.count().label("people"))
        .join(Person, Person.id == Enrolment.person_id)
        .outerjoin(Department, Department.id == Person.department_id)
        .where(sight.reaches(), Person.status == "active", Enrolment.state == "completed", Enrolment.completed_on <= until, first)
        .group_by(Enrolment.course_id, day, "named")
    )
    found: dict[int, Passes] = {}
    for row in read_rows(session, passed):
        passes = found.setdefault(row.course_id, Passes())
        passes.people[row.day] = passes.people.get(row.day, 0) + int(row.people)
        if row.named:
            passes.named[row.day] = int(row.people)
    return found


def _is_named(sight: Sight) -> ColumnElement[bool]:
    """Whether any pass of this course tells by name, where not all do, that its person passed."""
    if not sight.is_strict:
        return false()
    told = aliased(Enrolment)
    same = (told.person_id == Enrolment.person_id, told.course_id == Enrolment.course_id, told.state == "completed")
    return exists().where(*same, names_pass(sight.visibility, told))
