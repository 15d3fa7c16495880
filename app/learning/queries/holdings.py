"""Everything that the learning room's tables hold about a person, row by row."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Executable, select
from sqlalchemy.orm import Session

from app.learning.models import Answer, Attempt, Certificate, CertificateDecision, Course, Enrolment, LessonDone

Rows = Sequence[dict[str, Any]]


def enrolments_held(session: Session, person_id: int) -> Rows:
    """Each time through a course."""
    query = select(
        *(Course.slug.label("course"), Enrolment.ordinal, Enrolment.state, Enrolment.mandatory_role, Enrolment.due_on),
        *(Enrolment.enrolled_at, Enrolment.completed_at, Enrolment.completed_on, Enrolment.expires_on),
    ).join(Course, Course.id == Enrolment.course_id)
    return _rows(session, query.where(Enrolment.person_id == person_id).order_by(Enrolment.id))


def versions_held(session: Session, person_id: int) -> dict[int, str]:
    """The versions of courses that a person takes or took: id -> the course's slug."""
    query = select(Enrolment.version_id, Course.slug).join(Course, Course.id == Enrolment.course_id).where(Enrolment.person_id == person_id)
    return {row.version_id: row.slug for row in session.execute(query.order_by(Enrolment.id))}


def lessons_held(session: Session, person_id: int) -> Rows:
    """Each lesson done."""
    query = select(Course.slug.label("course"), LessonDone.lesson_uuid.label("lesson"), LessonDone.done_at)
    query = query.join(Enrolment, Enrolment.id == LessonDone.enrolment_id).join(Course, Course.id == Enrolment.course_id)
    return _rows(session, query.where(Enrolment.person_id == person_id).order_by(LessonDone.done_at))


def attempts_held(session: Session, person_id: int) -> Rows:
    """Each attempt; a score exists only once it was handed in."""
    query = select(
        Course.slug.label("course"), Attempt.number, Attempt.state, Attempt.started_at, Attempt.submitted_at, Attempt.score, Attempt.passed
    )
    query = query.join(Enrolment, Enrolment.id == Attempt.enrolment_id).join(Course, Course.id == Enrolment.course_id)
    return _rows(session, query.where(Enrolment.person_id == person_id).order_by(Attempt.started_at))


def answers_held(session: Session, person_id: int) -> Rows:
    """Each answer: the attempt (its id first), the place on the paper, and the ids chosen there, which mean nothing outside that attempt."""
    query = select(Answer.attempt_id, Course.slug.label("course"), Attempt.number.label("attempt"), Answer.place, Answer.chosen, Answer.saved_at)
    query = query.join(Attempt, Attempt.id == Answer.attempt_id).join(Enrolment, Enrolment.id == Attempt.enrolment_id)
    query = query.join(Course, Course.id == Enrolment.course_id)
    return _rows(session, query.where(Enrolment.person_id == person_id).order_by(Attempt.started_at, Answer.place))


def papers_held(session: Session, person_id: int) -> dict[int, tuple[int, list[dict[str, Any]]]]:
    """What each attempt asked: attempt id -> the version that its words are from, and the paper."""
    query = select(Attempt.id, Attempt.version_id, Attempt.paper).join(Enrolment, Enrolment.id == Attempt.enrolment_id)
    return {row.id: (row.version_id, row.paper) for row in session.execute(query.where(Enrolment.person_id == person_id))}


def certificates_held(session: Session, person_id: int) -> Rows:
    """Each certificate."""
    query = select(
        *(Certificate.level, Certificate.code, Certificate.name, Certificate.courses),
        *(Certificate.issued_at, Certificate.expires_on, Certificate.revoked_at, Certificate.shared_at),
    )
    return _rows(session, query.where(Certificate.person_id == person_id).order_by(Certificate.id))


def decisions_held(session: Session, person_id: int) -> Rows:
    """Each decision about a certificate."""
    query = select(
        *(Certificate.level, Certificate.code, CertificateDecision.decision, CertificateDecision.ground),
        *(CertificateDecision.reason, CertificateDecision.at),
    ).join(Certificate, Certificate.id == CertificateDecision.certificate_id)
    return _rows(session, query.where(Certificate.person_id == person_id).order_by(CertificateDecision.at))


def _rows(session: Session, query: Executable) -> Rows:
    return [dict(row) for row in session.execute(query).mappings()]
