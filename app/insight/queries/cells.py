"""The grouped statements behind the roll-ups; the same ones answer live for days gone by."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, and_, case, cast, extract, func, literal, null, select

from app.insight.queries.standing import end_of, here, is_first_pass, standings
from app.insight.rules import LAPSING_SOON
from app.learning.models import Certificate, CertificateDecision, Enrolment
from app.learning.queries.levels import is_valid
from app.learning.queries.visibility import names_certificate
from app.learning.rules.visibility import Visibility
from app.people.models import Department, Person


def heads(on: date, *conditions: ColumnElement[bool], past: bool = False) -> Select[*tuple[Any, ...]]:
    """Department, country and how many people."""
    return (
        select(Person.department_id, Person.country, func.count().label("people"))
        .outerjoin(Department, Department.id == Person.department_id)
        .where(here(on, past=past), *conditions)
        .group_by(Person.department_id, Person.country)
    )


def completion(on: date, *conditions: ColumnElement[bool], past: bool = False) -> Select[*tuple[Any, ...]]:
    """Department, country, course, mandatory, due date of what is not completed, how many people stand where, and how many share that they do."""
    judged = standings(on, past=past, shared=True).where(*conditions)
    row = judged.cte("standing").prefix_with("MATERIALIZED", dialect="postgresql")  # once, and not for each sum
    due_on = case((row.c.status == "completed", null()), else_=row.c.due_on)
    keys = (row.c.department_id, row.c.country, row.c.course_id, row.c.mandatory, due_on.label("due_on"))
    counted = (func.sum(case((row.c.status == status, 1), else_=0)).label(status) for status in ("completed", "started", "waiting"))
    shared = func.sum(case((row.c.shared, 1), else_=0)).label("shared")
    return select(*keys, *counted, shared).group_by(*(row.c.department_id, row.c.country, row.c.course_id, row.c.mandatory, due_on))


def levels(on: date, *conditions: ColumnElement[bool], past: bool = False) -> Select[*tuple[Any, ...]]:
    """Department, country, level, how many hold its certificate on the day, how many of those lapse within thirty days, and how many share one.

    For a day gone by, a certificate counts as it stood at the end of that day, whatever was decided about it since.
    """
    shared = func.max(case((names_certificate(Visibility.SHARED), 1), else_=0)).label("shared")
    holder = (
        select(Person.id, Person.department_id, Person.country, Certificate.level, func.max(Certificate.expires_on).label("expires_on"), shared)
        .join(Certificate, Certificate.person_id == Person.id)
        .outerjoin(Department, Department.id == Person.department_id)
        .where(here(on, past=past), _counts(on, past=past), *conditions)
        .group_by(Person.id, Person.department_id, Person.country, Certificate.level)
    )
    if past:
        holder = holder.where(Certificate.issued_at < end_of(on))
    row = holder.subquery()
    soon = case((row.c.expires_on <= literal(on + LAPSING_SOON), 1), else_=0)
    keys = (row.c.department_id, row.c.country, row.c.level)
    counts = (func.count().label("certified"), func.sum(soon).label("lapsing"), func.sum(row.c.shared).label("shared"))
    return select(*keys, *counts).group_by(*keys)


def passed(on: date, *conditions: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """Department, country, course, month, and how many of the people of today passed the course for the first time in it."""
    month = extract("year", Enrolment.completed_on) * 12 + extract("month", Enrolment.completed_on) - 1
    keys = (Person.department_id, Person.country, Enrolment.course_id)
    row = (
        select(*keys, cast(month, Integer).label("month"))
        .join(Person, Person.id == Enrolment.person_id)
        .where(here(on, past=False), Enrolment.state == "completed", is_first_pass(), *conditions)
        .subquery()
    )
    groups = (row.c.department_id, row.c.country, row.c.course_id, row.c.month)
    return select(*groups, func.count().label("people")).group_by(*groups)


def _counts(on: date, *, past: bool) -> ColumnElement[bool]:
    """Whether a certificate is valid today, or was on a day gone by, as it was last decided before that was over."""
    if not past:
        return is_valid(on)
    last = (
        select(CertificateDecision.decision)
        .where(CertificateDecision.certificate_id == Certificate.id, CertificateDecision.at < end_of(on))
        .order_by(CertificateDecision.number.desc())
        .limit(1)
        .correlate(Certificate)
        .scalar_subquery()
    )
    return and_(func.coalesce(last, "reinstated") != "revoked", Certificate.expires_on >= on)
