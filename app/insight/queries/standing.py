"""Where each person stands with each course on a day: the one definition from which lists, exports and roll-ups are all counted.

A learner's dates are those of the place where they live, which may be tomorrow's for whoever asks. So what is true today is never asked for by
"not later than today"; only a day gone by asks what was known by then (decision 0050).
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, false, func, or_, select, true
from sqlalchemy.orm import aliased

from app.learning.models import Attempt, Enrolment, LessonDone
from app.learning.queries.visibility import names_choice
from app.learning.rules.visibility import Visibility
from app.people.models import Department, Person

PATH = func.coalesce(Department.path, "/")
"""The path of a person's department; "/" for nobody's."""


def within(paths: Sequence[str], path: Any = PATH) -> ColumnElement[bool]:
    """Whether a path lies in or below any of `paths`; without paths, nothing does."""
    if "/" in paths:
        return true()
    return or_(false(), *(path.startswith(each, autoescape=True) for each in paths))


def in_department(slug: str) -> ColumnElement[bool]:
    """Whether a person belongs to a department or to one below it; asked of the departments first, so that an index finds the people."""
    top, below = aliased(Department), aliased(Department)
    path = select(top.path).where(top.slug == slug).scalar_subquery()
    return Person.department_id.in_(select(below.id).where(func.substr(below.path, 1, func.length(path)) == path))


def end_of(day: date) -> datetime:
    """The first moment after `day`, in UTC."""
    return datetime.combine(day + timedelta(days=1), time(), UTC)


def here(on: date, *, past: bool) -> ColumnElement[bool]:
    """Who counts as being here: active today; on a day gone by, whoever had come and had not left."""
    if not past:
        return Person.status == "active"
    left_later = and_(Person.status == "left", Person.left_at >= end_of(on))
    return and_(Person.created_at < end_of(on), or_(Person.status == "active", left_later))


def counts_on(enrolment: Any, on: date, *, past: bool = False) -> ColumnElement[bool]:
    """Whether an enrolment is a pass that counts on the day."""
    return and_(_over(enrolment, on, past=past), or_(enrolment.expires_on.is_(None), enrolment.expires_on >= on))


def _over(enrolment: Any, on: date, *, past: bool) -> ColumnElement[bool]:
    """Whether an enrolment was completed, by a day gone by or at all."""
    return and_(enrolment.state == "completed", enrolment.completed_on <= on) if past else enrolment.state == "completed"


def _there(enrolment: Any, on: date, *, past: bool) -> ColumnElement[bool]:
    """Whether there was an enrolment: a pass is never without its own, though it began after the day was over for us."""
    return or_(enrolment.enrolled_at < end_of(on), enrolment.completed_on <= on) if past else true()


def is_first_pass() -> ColumnElement[bool]:
    """Whether no time before this one through the course was completed."""
    older = aliased(Enrolment)
    before = (older.person_id == Enrolment.person_id, older.course_id == Enrolment.course_id, older.ordinal < Enrolment.ordinal)
    return or_(Enrolment.ordinal == 1, ~exists().where(*before, older.state == "completed"))


def standings(on: date, *, past: bool = False, shared: bool = False) -> Select[*tuple[Any, ...]]:
    """One row per person and course: the latest enrolment of those that existed on `on`, with what it means.

    Columns: person_id, course_id, enrolment_id, department_id, country, mandatory, due_on, status (completed, started, waiting); passed, which
    is the same as completed and lets PostgreSQL guess how many there are: of a CASE it believes one in two hundred; and with `shared` whether
    it was completed by a free choice that its learner shares. A pass that counts is completed, whatever else runs. Of the rest, a mandatory
    course that lapsed waits and was due when it lapsed; a free one that lapsed or was left is not there. Who takes a course freely has
    started by enrolling. Joins Person and Department; add conditions.
    """
    newer, older = aliased(Enrolment), aliased(Enrolment)
    same = (newer.person_id == Enrolment.person_id, newer.course_id == Enrolment.course_id, newer.ordinal > Enrolment.ordinal)
    before = (older.person_id == Enrolment.person_id, older.course_id == Enrolment.course_id, older.ordinal < Enrolment.ordinal)
    mandatory = Enrolment.mandatory_role.is_not(None)
    over = _over(Enrolment, on, past=past)
    passed = or_(counts_on(Enrolment, on, past=past), exists().where(*before, counts_on(older, on, past=past)))
    begun = or_(
        exists().where(LessonDone.enrolment_id == Enrolment.id, LessonDone.done_at < end_of(on) if past else true()),
        exists().where(Attempt.enrolment_id == Enrolment.id, Attempt.started_at < end_of(on) if past else true()),
    )
    status = case((passed, "completed"), (over, "waiting"), (~mandatory, "started"), (begun, "started"), else_="waiting")
    due_on = case((~mandatory, None), (over, Enrolment.expires_on), else_=Enrolment.due_on)
    more = [and_(~mandatory, passed, _is_shared(on, past=past)).label("shared")] if shared else []
    return (
        select(
            *(Enrolment.person_id, Enrolment.course_id, Enrolment.id.label("enrolment_id"), Person.department_id, Person.country),
            *(mandatory.label("mandatory"), due_on.label("due_on"), status.label("status")),
            *(passed.label("passed"), *more),
        )
        .join(Person, Person.id == Enrolment.person_id)
        .outerjoin(Department, Department.id == Person.department_id)
        .where(here(on, past=past), _there(Enrolment, on, past=past))
        .where(~exists().where(*same, _there(newer, on, past=past)))
        .where(or_(passed, and_(Enrolment.state != "left", or_(mandatory, ~over))))
    )


def _is_shared(on: date, *, past: bool) -> ColumnElement[bool]:
    """Whether a pass of the same course that counts on the day stands on a certificate that is shared."""
    held = aliased(Enrolment)
    same = (held.person_id == Enrolment.person_id, held.course_id == Enrolment.course_id, counts_on(held, on, past=past))
    return exists().where(*same, names_choice(Visibility.SHARED, held))
