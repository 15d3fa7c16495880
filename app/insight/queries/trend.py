"""How many of the people of today had passed each course, month by month."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, case, exists, false, func, literal, select
from sqlalchemy.orm import Session, aliased

from app.core.database import read_rows
from app.insight.models import PassedCell
from app.insight.queries.sight import Sight
from app.insight.queries.standing import is_first_pass
from app.learning.models import Enrolment
from app.learning.queries.visibility import names_pass
from app.people.models import Department, Person


@dataclass(frozen=True)
class Passes:
    """Of one course: how many passed it for the first time on which day, and how many of these are told by name where not all are."""

    people: dict[date, int] = field(default_factory=dict)
    named: dict[date, int] = field(default_factory=dict)


def first_passes(session: Session, sight: Sight, *, since: date, until: date) -> Mapping[int, Passes]:
    """Course id -> how many of the people in reach passed it for the first time by when.

    Where everybody is named, by month, told by its first day, from the roll-ups; else day by day, all days before `since` as that day.
    """
    found: dict[int, Passes] = {}
    for row in read_rows(session, _live(sight, since=since, until=until) if sight.is_strict else _counted(sight)):
        passes, day = found.setdefault(row.course_id, Passes()), row.day if sight.is_strict else date(row.month // 12, row.month % 12 + 1, 1)
        passes.people[day] = passes.people.get(day, 0) + int(row.people)
        if row.named:
            passes.named[day] = int(row.people)
    return found


def _counted(sight: Sight) -> Select[*tuple[Any, ...]]:
    return (
        select(PassedCell.course_id, PassedCell.month, false().label("named"), func.sum(PassedCell.people).label("people"))
        .outerjoin(Department, Department.id == PassedCell.department_id)
        .where(sight.reaches())
        .group_by(PassedCell.course_id, PassedCell.month)
    )


def _live(sight: Sight, *, since: date, until: date) -> Select[*tuple[Any, ...]]:
    day: ColumnElement[Any] = case((Enrolment.completed_on < since, literal(since)), else_=Enrolment.completed_on)
    return (
        select(Enrolment.course_id, day.label("day"), _is_named(sight).label("named"), func.count().label("people"))
        .join(Person, Person.id == Enrolment.person_id)
        .outerjoin(Department, Department.id == Person.department_id)
        .where(sight.reaches(), Person.status == "active", Enrolment.state == "completed", Enrolment.completed_on <= until, is_first_pass())
        .group_by(Enrolment.course_id, day, "named")
    )


def _is_named(sight: Sight) -> ColumnElement[bool]:
    """Whether any pass of this course tells by name, where not all do, that its person passed."""
    told = aliased(Enrolment)
    same = (told.person_id == Enrolment.person_id, told.course_id == Enrolment.course_id, told.state == "completed")
    return exists().where(*same, names_pass(sight.visibility, told))
