"""Sharing a certificate with HR by name, and stopping: the learner's own choice, for each certificate apart (P2)."""

from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.core.database import insert_new
from app.core.errors import Conflict, NotFound
from app.core.events import announce
from app.learning.events import CertificateShared, CertificateUnshared
from app.learning.models import Certificate, Course, Enrolment, SharedPass
from app.learning.rules.visibility import Visibility


def share_certificate(session: Session, person_id: int, uuid: str, *, visibility: Visibility, at: datetime) -> None:
    """Let HR see a certificate and the passes on it by name, from now on. Done twice, it counts from the first time.

    Announces CertificateShared. Raises NotFound for somebody else's, Conflict("certificate.not_asked") where sharing decides nothing.
    """
    certificate = _own(session, person_id, uuid)
    if visibility is not Visibility.SHARED:
        raise Conflict("certificate.not_asked")
    if certificate.shared_at is not None:
        return
    certificate.shared_at = at
    rows = [{"enrolment_id": enrolment_id, "certificate_id": certificate.id} for enrolment_id in _rests_on(session, certificate)]
    if rows:
        insert_new(session, SharedPass, rows)
    announce(session, CertificateShared(person_id, certificate.id), at=at)


def stop_sharing(session: Session, person_id: int, uuid: str, *, at: datetime) -> None:
    """Take that back, whatever the house asks for by now. Announces CertificateUnshared when it was shared. Raises NotFound for somebody else's."""
    certificate = _own(session, person_id, uuid)
    if certificate.shared_at is None:
        return
    certificate.shared_at = None
    session.execute(delete(SharedPass).where(SharedPass.certificate_id == certificate.id))
    announce(session, CertificateUnshared(person_id, certificate.id), at=at)


def _own(session: Session, person_id: int, uuid: str) -> Certificate:
    """The person's certificate, held until the end of the transaction."""
    query = select(Certificate).where(Certificate.uuid == uuid, Certificate.person_id == person_id).with_for_update()
    certificate = session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if certificate is None:
        raise NotFound
    return certificate


def _rests_on(session: Session, certificate: Certificate) -> list[int]:
    """The passes that stand on the certificate, by course and day."""
    days = {course["uuid"]: course["passed_on"] and date.fromisoformat(course["passed_on"]) for course in certificate.courses}
    rows = session.execute(
        select(Enrolment.id, Enrolment.completed_on, Course.uuid)
        .join(Course, Course.id == Enrolment.course_id)
        .where(Enrolment.person_id == certificate.person_id, Enrolment.state == "completed", Course.uuid.in_(days))
        .order_by(Enrolment.id)
    )
    return [row.id for row in rows if row.completed_on == days[row.uuid]]
