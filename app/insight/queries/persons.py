"""Persons by name, as far as HR may see them: every mandatory standing, and of free choice what was completed, or less (P2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Select, and_, case, exists, func, or_, select, tuple_
from sqlalchemy.orm import Session, aliased

from app.core.errors import NotFound
from app.insight.queries.sight import Sight
from app.insight.queries.standing import counts_on, in_department, standings, within
from app.insight.rules import Filter, Kind, Status
from app.learning.models import Certificate, Course, Enrolment
from app.learning.queries.certificates import issued_on
from app.people.models import Department, Look, Person
from app.people.queries.colleagues import called

PAGE: Final = 50


@dataclass(frozen=True)
class Line:
    """Where one person stands with one course. `status` is completed, started, waiting or overdue; the rest belongs to the pass."""

    uuid: str
    name: str
    department: str | None
    country: str
    course_id: int
    course: str
    mandatory: bool
    status: str
    due_on: date | None
    version_id: int | None
    completed_on: date | None
    expires_on: date | None


@dataclass(frozen=True)
class Subject:
    """The person whose record is open."""

    id: int
    uuid: str
    name: str
    job_title: str
    department: str | None
    country: str
    status: str


@dataclass(frozen=True)
class Pass:
    """A completion: the course as it was passed."""

    course_id: int
    version_id: int
    completed_on: date
    expires_on: date | None


@dataclass(frozen=True)
class Held:
    """A certificate."""

    uuid: str
    level: str
    code: str
    issued_on: date
    expires_on: date
    revoked: bool


def line_query(sight: Sight, asked: Filter, *, today: date, whole: bool = False, person_id: int | None = None) -> Select[*tuple[Any, ...]]:
    """The lines that a filter asks for, of everybody or of one person, by name; columns as in `Line`, then person_id and name_key.

    Whoever takes the `whole` list has all of it judged first, which is faster than person by person; a page is read by name until it is full.
    """
    on, past = asked.on or today, asked.on is not None
    narrow = _is_narrow(asked) or sight.names_no_choice
    found = standings(on, past=past).where(sight.reaches(), *_asked(asked, narrow=narrow))
    if person_id is not None:
        found = found.where(Enrolment.person_id == person_id)
    row = found.cte("standing").prefix_with("MATERIALIZED", dialect="postgresql") if whole or narrow else found.subquery()
    late = and_(row.c.mandatory, row.c.status != Status.COMPLETED.value, row.c.due_on < on)
    status = case((late, Status.OVERDUE.value), else_=row.c.status)
    passed, better = aliased(Enrolment), aliased(Enrolment)
    same = (better.person_id == row.c.person_id, better.course_id == row.c.course_id)
    named = [or_(row.c.mandatory, sight.names_choice(better))] if sight.is_strict else []
    best = select(func.max(better.ordinal)).where(*same, counts_on(better, on, past=past), *named).scalar_subquery()
    query = (
        select(
            *(Person.uuid, Person.name, Department.name.label("department"), Person.country, row.c.course_id, Course.slug.label("course")),
            *(row.c.mandatory, status.label("status"), row.c.due_on, passed.version_id),
            *(passed.completed_on, passed.expires_on, row.c.person_id, Person.name_key),
        )
        .select_from(row)
        .join(Person, Person.id == row.c.person_id)
        .join(Course, Course.id == row.c.course_id)
        .outerjoin(Department, Department.id == Person.department_id)
        .outerjoin(passed, and_(passed.person_id == row.c.person_id, passed.course_id == row.c.course_id, passed.ordinal == best))
        .where(or_(row.c.mandatory, passed.id.is_not(None) if sight.is_strict else row.c.passed))
        .order_by(Person.name_key, row.c.person_id, row.c.course_id)
    )
    if asked.kind is not Kind.BOTH:
        query = query.where(row.c.mandatory if asked.kind is Kind.MANDATORY else ~row.c.mandatory)
    if asked.status is Status.OVERDUE:
        return query.where(late)
    if asked.status is Status.COMPLETED:
        return query.where(func.coalesce(passed.ordinal, 0) > 0)  # the same as the status, and PostgreSQL goes on reading by name
    return query.where(row.c.status == asked.status.value) if asked.status else query


def _asked(asked: Filter, *, narrow: bool) -> list[Any]:
    conditions: list[Any] = []
    if asked.country:
        conditions.append(Person.country == asked.country)
    if asked.course:
        conditions.append(Enrolment.course_id == select(Course.id).where(Course.slug == asked.course).scalar_subquery())
    if narrow:
        conditions.append(Enrolment.mandatory_role.is_not(None))
    if asked.name:
        conditions.append(called(asked.name))
    if asked.department:
        conditions.append(in_department(asked.department))
    return conditions


def _is_narrow(asked: Filter) -> bool:
    """Whether only mandatory courses are asked for: they are few, so all are judged first; all else is read by name, a page at a time."""
    return asked.kind is Kind.MANDATORY or asked.status not in {None, Status.COMPLETED}


def lines(session: Session, sight: Sight, asked: Filter, *, today: date, after: str = "") -> tuple[list[Line], str | None]:
    """A page of lines, and where the next one begins; `after` is what the page before returned, and anything else begins anew."""
    query = line_query(sight, asked, today=today).limit(PAGE + 1)
    uuid, _, course = after.partition(".")
    mark = select(Person.name_key, Person.id).outerjoin(Department, Department.id == Person.department_id).where(Person.uuid == uuid, sight.reaches())
    start = session.execute(mark).one_or_none() if course.isdecimal() else None
    if start is not None and len(course) < 10:
        person, course_id = query.selected_columns.person_id, query.selected_columns.course_id
        query = query.where(tuple_(Person.name_key, person, course_id) > tuple_(start.name_key, start.id, int(course)))
    found = [Line(*row[:12]) for row in session.execute(query)]
    shown = found[:PAGE]
    return shown, f"{shown[-1].uuid}.{shown[-1].course_id}" if len(found) > PAGE else None


def require_department(session: Session, paths: Sequence[str], slug: str | None) -> str | None:
    """The name of the department that was asked for. Raises NotFound when it is out of reach or does not exist."""
    if slug is None:
        return None
    name = session.scalar(select(Department.name).where(Department.slug == slug, within(paths, Department.path)))
    if name is None:
        raise NotFound
    return name


def subject(session: Session, sight: Sight, uuid: str) -> Subject:
    """A person in reach. Raises NotFound."""
    row = session.execute(
        select(Person.id, Person.uuid, Person.name, Person.job_title, Department.name, Person.country, Person.status)
        .outerjoin(Department, Department.id == Person.department_id)
        .where(Person.uuid == uuid, sight.reaches())
    ).one_or_none()
    if row is None:
        raise NotFound
    return Subject(*row)


def has_said_why(session: Session, *, viewer_id: int, subject_id: int, day: date) -> bool:
    """Whether this viewer has noted today why they look at this person."""
    return bool(session.scalar(select(exists().where(Look.viewer_id == viewer_id, Look.subject_id == subject_id, Look.day == day))))


def passes(session: Session, sight: Sight, person_id: int) -> list[Pass]:
    """What a person completed, as far as it is told, newest first; nothing of how."""
    rows = session.execute(
        sight.passes(Enrolment.course_id, Enrolment.version_id, Enrolment.completed_on, Enrolment.expires_on)
        .where(Enrolment.person_id == person_id, Enrolment.completed_on.is_not(None))
        .order_by(Enrolment.completed_on.desc(), Enrolment.id.desc())
    )
    return [Pass(*row) for row in rows]


def duties(session: Session, sight: Sight, person_id: int, *, today: date) -> list[Line]:
    """Where a person stands with what is mandatory for them."""
    query = line_query(sight, Filter(kind=Kind.MANDATORY), today=today, person_id=person_id)
    return [Line(*row[:12]) for row in session.execute(query)]


def certificates_of(session: Session, sight: Sight, person_id: int) -> list[Held]:
    """A person's certificates as far as they are told, newest first."""
    rows = session.execute(
        sight.certificates(Certificate.uuid, Certificate.level, Certificate.code)
        .add_columns(Certificate.courses, Certificate.issued_at, Certificate.expires_on, Certificate.revoked_at)
        .where(Certificate.person_id == person_id)
        .order_by(Certificate.issued_at.desc(), Certificate.id.desc())
    )
    return [Held(row.uuid, row.level, row.code, issued_on(row.courses, row.issued_at), row.expires_on, row.revoked_at is not None) for row in rows]


def certificate_of(session: Session, sight: Sight, person_id: int, handle: str) -> str | None:
    """The outside id of a person's certificate that is told, or whose code was given."""
    query = sight.certificates(Certificate.uuid, code=handle).where(Certificate.person_id == person_id, sight.handled(handle))
    return session.scalar(query)
