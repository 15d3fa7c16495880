"""Doors for events: whoever came, went, moved, began, stopped or passed has their place counted anew."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.insight.actions.counting import recount_person, recount_soon
from app.learning.events import (
    CertificateIssued,
    CertificateReinstated,
    CertificateRevoked,
    CertificateShared,
    CertificateUnshared,
    CoursePassed,
    Enrolled,
    EnrolmentChanged,
)
from app.people.events import PersonActivated, PersonAdded, PersonDeactivated, PersonMoved, PersonReactivated


def person_changed(session: Session, event: PersonAdded | PersonActivated | PersonDeactivated | PersonReactivated, *, at: datetime) -> None:
    """Somebody counts from now on, or no longer."""
    recount_person(session, event.person_id, at=at)


def person_moved(session: Session, event: PersonMoved, *, at: datetime) -> None:
    """Both the old and the new place."""
    recount_soon(session, department_id=event.old_department_id, country=event.old_country, course_id=None, at=at)
    recount_person(session, event.person_id, at=at)


def learning_changed(session: Session, event: Enrolled | EnrolmentChanged | CoursePassed, *, at: datetime) -> None:
    """One course in one place."""
    recount_person(session, event.person_id, course_id=event.course_id, at=at)


def certified(
    session: Session,
    event: CertificateIssued | CertificateRevoked | CertificateReinstated | CertificateShared | CertificateUnshared,
    *,
    at: datetime,
) -> None:
    """The levels of one place, and how many of it share what they hold."""
    recount_person(session, event.person_id, at=at)
