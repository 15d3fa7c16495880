"""Makers of what learners do in the learning room."""

from datetime import date, datetime
from random import Random
from typing import Any

from sqlalchemy.orm import Session

from app.learning.models import Answer, Attempt, Certificate, Enrolment, LessonDone
from app.learning.queries.content import PublishedCourse
from app.learning.rules.quiz import make_paper, read_paper
from app.people.models import Person
from tests.factories.people import BEGINNING


def an_enrolment(session: Session, *, person: Person, course: PublishedCourse, state: str = "open", **more: Any) -> Enrolment:
    """A person's time through a course's newest version; a completed one counts until the end of 2099."""
    values: dict[str, Any] = {"version_id": course.version_id, "ordinal": 1, "enrolled_at": BEGINNING, **more}
    if state == "completed":
        values = {"completed_at": BEGINNING, "completed_on": BEGINNING.date(), "expires_on": date(2099, 12, 31), **values}
    enrolment = Enrolment(person_id=person.id, course_id=course.id, state=state, **values)
    session.add(enrolment)
    session.commit()
    return enrolment


def a_lesson_done(session: Session, *, enrolment: Enrolment, uuid: str, at: datetime = BEGINNING) -> LessonDone:
    """A lesson read to its end."""
    done = LessonDone(enrolment_id=enrolment.id, lesson_uuid=uuid, done_at=at)
    session.add(done)
    session.commit()
    return done


def a_reader(session: Session, *, person: Person, course: PublishedCourse, **more: Any) -> Enrolment:
    """An enrolment with every lesson done: the quiz is open."""
    enrolment = an_enrolment(session, person=person, course=course, **more)
    for lesson in course.document.lessons:
        a_lesson_done(session, enrolment=enrolment, uuid=lesson.uuid)
    return enrolment


def an_attempt(session: Session, *, enrolment: Enrolment, course: PublishedCourse, at: datetime = BEGINNING, **more: Any) -> Attempt:
    """An open attempt with a paper drawn from the course."""
    values: dict[str, Any] = {"number": 1, "state": "open", "started_at": at, **more}
    paper = make_paper(course.document, Random(1))
    attempt = Attempt(enrolment_id=enrolment.id, version_id=course.version_id, paper=paper, **values)
    session.add(attempt)
    session.commit()
    return attempt


def an_answer(session: Session, *, attempt: Attempt, place: int, chosen: list[str], at: datetime = BEGINNING) -> Answer:
    """What was chosen for one place."""
    answer = Answer(attempt_id=attempt.id, place=place, chosen=chosen, saved_at=at)
    session.add(answer)
    session.commit()
    return answer


def a_certificate(session: Session, *, person: Person, level: str = "enthusiast", **more: Any) -> Certificate:
    """A certificate that counts until the end of 2099."""
    values: dict[str, Any] = {
        "ordinal": 1,
        "code": "7Kq2mXw9Pb",
        "name": person.name,
        "courses": [{"uuid": "one", "version": 1, "title": {"en": "Principles", "nl": "Principes"}, "passed_on": "2026-01-05"}],
        "issued_at": BEGINNING,
        "expires_on": date(2099, 12, 31),
        **more,
    }
    certificate = Certificate(person_id=person.id, level=level, **values)
    session.add(certificate)
    session.commit()
    return certificate


def right_answers(attempt: Attempt, course: PublishedCourse) -> dict[int, list[str]]:
    """The key of an attempt: place → ids. Only a test may know it."""
    return {question.place: sorted(question.right) for question in read_paper(attempt.paper, course.document)}
