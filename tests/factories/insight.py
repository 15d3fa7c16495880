"""Makers for the insight room: people's learning as its reports find it, and the roll-ups themselves."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.core.ids import new_code, new_uuid
from app.insight.actions.counting import rebuild
from app.learning.models import Certificate, Enrolment, LessonDone
from app.learning.queries.content import PublishedCourse
from app.people.models import Person
from tests.factories.people import BEGINNING


def a_time(
    session: Session,
    *,
    person: Person,
    course: PublishedCourse,
    state: str = "open",
    done: int = 0,
    completed_on: date | None = None,
    expires_on: date | None = None,
    due_on: date | None = None,
    **more: Any,
) -> Enrolment:
    """A person's time through a course; `done` lessons of it are read, and a date of completion means passed."""
    enrolment = Enrolment(
        person_id=person.id,
        course_id=course.id,
        version_id=course.version_id,
        state="completed" if completed_on else state,
        completed_on=completed_on,
        completed_at=datetime.combine(completed_on, BEGINNING.timetz()) if completed_on else None,
        expires_on=expires_on or (completed_on + timedelta(days=365) if completed_on else None),
        due_on=due_on,
        **{"enrolled_at": BEGINNING, "mandatory_role": "spokesperson" if due_on else None, **more},
    )
    session.add(enrolment)
    session.flush()
    for _ in range(done):
        session.add(LessonDone(enrolment_id=enrolment.id, lesson_uuid=new_uuid(), done_at=BEGINNING))
    session.commit()
    return enrolment


def a_certificate(session: Session, *, person: Person, level: str = "enthusiast", expires_on: date, **more: Any) -> Certificate:
    """A certificate of a level."""
    values = {"code": new_code(), "name": person.name, "courses": [], "issued_at": BEGINNING, **more}
    certificate = Certificate(person_id=person.id, level=level, expires_on=expires_on, **values)
    session.add(certificate)
    session.commit()
    return certificate


def counted(session: Session, at: datetime) -> None:
    """Bring the roll-ups up to date."""
    rebuild(session, at=at)
    session.commit()
