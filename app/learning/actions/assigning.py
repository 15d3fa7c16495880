"""What a role asks for: the only way in which a course becomes mandatory, and the way back when the role ends."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Final

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from app.core.clock import today_in
from app.core.events import announce
from app.learning.actions.enrolling import begin, latest_enrolment, reopen
from app.learning.events import EnrolmentChanged
from app.learning.models import Enrolment
from app.learning.queries.content import PublishedCourse, published_courses
from app.learning.rules.terms import due, may_renew
from app.people.models import Person, RoleGrant

DUE_DAYS: Final = 30
"""For a course that does not say how many days its learners have."""


def assign_for_role(session: Session, *, person_id: int, role: str, at: datetime) -> None:
    """Make mandatory what a role that a person was given asks for, counted from the day it was given; nothing if it is gone again."""
    person = session.get(Person, person_id)
    given_at = session.scalar(
        select(RoleGrant.granted_at).where(RoleGrant.person_id == person_id, RoleGrant.role == role).order_by(RoleGrant.granted_at).limit(1)
    )
    if person is None or person.status == "left" or given_at is None:
        return
    for course in published_courses(session):
        if role in course.document.mandatory_for:
            assign(session, person=person, course=course, role=role, since=given_at, at=at)


def assign_mandatory(session: Session, *, at: datetime, course_id: int | None = None) -> None:
    """Bring every duty in line with what courses ask today (or one course): after a course changed, and when passes come up for renewal.

    Whoever has the role already counts from today; what no role is asked for any more is free choice.
    """
    for course in published_courses(session):
        if course_id in {None, course.id}:
            roles = course.document.mandatory_for
            for person, role in _who_must(session, roles):
                assign(session, person=person, course=course, role=role, since=at, at=at)
            for enrolment in _duties(session, Enrolment.course_id == course.id, Enrolment.mandatory_role.not_in(roles)):
                _hand_on(session, enrolment, roles, _roles_of(session, enrolment.person_id), at=at)


def assign(session: Session, *, person: Person, course: PublishedCourse, role: str, since: datetime, at: datetime) -> None:
    """One duty of one person: a new enrolment, or the running one made mandatory; a pass that lasts is left alone until it may be renewed.

    Announces Enrolled or EnrolmentChanged. Doing it twice changes nothing the second time.
    """
    days = course.document.due_days or DUE_DAYS
    given_on = today_in(person.timezone, since)
    latest = latest_enrolment(session, person.id, course.id)
    day = due(given_on, days, passed_until=_passed_until(session, person.id, course.id))
    if latest is None or latest.state == "completed":
        if latest is not None and not may_renew(latest.expires_on, today_in(person.timezone, at)):
            return
        begin(session, person_id=person.id, course_id=course.id, version_id=course.version_id, after=latest, mandatory_role=role, due_on=day, at=at)
        return
    if latest.mandatory_role is None:
        latest.mandatory_role, latest.due_on = role, day
        if latest.state != "left":
            announce(session, EnrolmentChanged(person.id, course.id), at=at)
        reopen_left(session, latest, at=at)


def reopen_left(session: Session, enrolment: Enrolment, *, at: datetime) -> None:
    """A duty brings back who had left; a pause stays a pause."""
    if enrolment.state == "left":
        reopen(session, enrolment, at=at)


def release(session: Session, *, person_id: int, role: str, at: datetime) -> None:
    """Give back as free choice what only this role asked for, passes too: what nobody asks for any more is never overdue.

    Another role that asks for the same takes its place. Announces EnrolmentChanged.
    """
    held = _roles_of(session, person_id)
    if role in held:
        return
    asked = {course.id: course.document.mandatory_for for course in published_courses(session)}
    for enrolment in _duties(session, Enrolment.person_id == person_id, Enrolment.mandatory_role == role):
        _hand_on(session, enrolment, asked.get(enrolment.course_id, ()), held, at=at)


def _duties(session: Session, *conditions: ColumnElement[bool]) -> Sequence[Enrolment]:
    """Mandatory times through courses, locked until the end of the transaction."""
    query = select(Enrolment).where(Enrolment.mandatory_role.is_not(None), *conditions)  # of no roles at all, nothing is also not one
    return session.scalars(query.order_by(Enrolment.id).with_for_update()).all()


def _hand_on(session: Session, enrolment: Enrolment, asked: Sequence[str], held: Collection[str], *, at: datetime) -> None:
    """Let the first role that asks for it, of those that the person holds, stand behind a duty; without one it is no duty."""
    other = next((role for role in asked if role in held), None)
    enrolment.mandatory_role, enrolment.due_on = other, enrolment.due_on if other else None
    announce(session, EnrolmentChanged(enrolment.person_id, enrolment.course_id), at=at)


def _roles_of(session: Session, person_id: int) -> frozenset[str]:
    return frozenset(session.scalars(select(RoleGrant.role).where(RoleGrant.person_id == person_id)))


def _passed_until(session: Session, person_id: int, course_id: int) -> date | None:
    """The last day of the pass that lasts longest, if there was any."""
    passed = (Enrolment.person_id == person_id, Enrolment.course_id == course_id, Enrolment.state == "completed")
    return session.scalar(select(func.max(Enrolment.expires_on)).where(*passed))


def _who_must(session: Session, roles: Iterable[str]) -> list[tuple[Person, str]]:
    """Everybody who has one of the roles and is still here, once, with the first role on the list."""
    order = list(roles)
    if not order:
        return []
    rows = session.execute(
        select(Person, RoleGrant.role)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .where(RoleGrant.role.in_(order), Person.status != "left")
        .order_by(Person.id)
    ).all()
    found: dict[int, tuple[Person, str]] = {}
    for person, role in rows:
        before = found.get(person.id)
        if before is None or order.index(role) < order.index(before[1]):
            found[person.id] = (person, role)
    return list(found.values())
