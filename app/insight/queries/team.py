"""A manager's whole line, as numbers and never as people (P1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, case, func, literal, select, union_all
from sqlalchemy.orm import Session, aliased

from app.insight.queries.report import Standing
from app.insight.queries.standing import standings
from app.insight.rules import Counts
from app.learning.models import Certificate, Enrolment
from app.learning.queries.levels import is_valid
from app.people.models import Person


@dataclass(frozen=True)
class Team:
    """The active people below a manager, where they stand with each course, and how many hold each level."""

    people: int
    courses: Mapping[int, Standing]
    levels: Mapping[str, int]


def team(session: Session, manager_id: int, *, today: date) -> Team:
    """The totals of everybody below a manager, at any depth, in two statements."""
    report = aliased(Person)
    line = select(Person.id).where(Person.manager_id == manager_id).cte("line", recursive=True)
    line = line.union(select(report.id).join(line, report.manager_id == line.c.id))
    members = select(line.c.id).where(line.c.id != manager_id)
    row = standings(today).where(Enrolment.person_id.in_(members)).subquery()
    late = and_(row.c.mandatory, row.c.status != "completed", row.c.due_on < today)
    counted = select(
        *(row.c.course_id, row.c.mandatory),
        *(func.sum(case((row.c.status == status, 1), else_=0)).label(status) for status in ("completed", "started", "waiting")),
        func.sum(case((late, 1), else_=0)).label("overdue"),
    ).group_by(row.c.course_id, row.c.mandatory)
    courses: dict[int, Standing] = {}
    for found in session.execute(counted):
        counts = Counts(int(found.completed), int(found.started), int(found.waiting), int(found.overdue))
        before = courses.get(found.course_id, Standing())
        courses[found.course_id] = Standing(counts, before.choice) if found.mandatory else Standing(before.duty, counts)
    here = select(literal("").label("level"), func.count().label("people")).where(Person.id.in_(members), Person.status == "active")
    held = (
        select(Certificate.level, func.count(Certificate.person_id.distinct()))
        .join(Person, Person.id == Certificate.person_id)
        .where(Person.id.in_(members), Person.status == "active", is_valid(today))
        .group_by(Certificate.level)
    )
    numbers = {level: int(people) for level, people in session.execute(union_all(here, held))}
    return Team(numbers.pop("", 0), courses, numbers)
