"""Certificates: one's own, and what the world may verify."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app.core.ids import is_code
from app.learning.models import Certificate, CertificateDecision
from app.learning.queries.levels import is_valid
from app.people.models import Person


@dataclass(frozen=True)
class Proof:
    """A certificate as it is shown: to its owner, and by its code to anybody. `courses` hold uuid, version and title as passed.

    `decided` says whether it was ever revoked or reinstated, so that most pages need not ask what was decided. `shared_at` is since when its
    owner shares it with HR.
    """

    uuid: str
    level: str
    code: str
    name: str
    courses: Sequence[Mapping[str, Any]]
    issued_at: datetime
    expires_on: date
    revoked_at: datetime | None
    decided: bool
    shared_at: datetime | None

    @property
    def issued_on(self) -> date:
        """The day of the last pass that it rests on, as it was for the learner."""
        return issued_on(self.courses, self.issued_at)

    def state(self, on: date) -> str:
        """valid, expired or revoked on the day `on`."""
        if self.revoked_at is not None:
            return "revoked"
        return "valid" if on <= self.expires_on else "expired"


@dataclass(frozen=True)
class Decision:
    """That a certificate was revoked or reinstated: the ground, the words beside it, when, and the name of whoever did it."""

    decision: str
    ground: str
    reason: str
    at: datetime
    by: str | None


_COLUMNS = (
    *(Certificate.uuid, Certificate.level, Certificate.code, Certificate.name, Certificate.courses),
    *(Certificate.issued_at, Certificate.expires_on, Certificate.revoked_at),
    exists().where(CertificateDecision.certificate_id == Certificate.id).correlate(Certificate).label("decided"),
    Certificate.shared_at,
)


def issued_on(courses: Sequence[Mapping[str, Any]], issued_at: datetime) -> date:
    """The day of the last pass that a certificate rests on, as it was for the learner; without any, the day in UTC on which it was made."""
    return max((date.fromisoformat(course["passed_on"]) for course in courses if course["passed_on"]), default=issued_at.date())


def own_certificate(session: Session, person_id: int, uuid: str) -> Proof | None:
    """The person's own certificate."""
    row = session.execute(select(*_COLUMNS).where(Certificate.uuid == uuid, Certificate.person_id == person_id)).one_or_none()
    return None if row is None else Proof(*row)


def own_certificates(session: Session, person_id: int) -> list[Proof]:
    """All of a person's certificates, newest first."""
    rows = session.execute(
        select(*_COLUMNS).where(Certificate.person_id == person_id).order_by(Certificate.issued_at.desc(), Certificate.id.desc())
    ).all()
    return [Proof(*row) for row in rows]


def certificate_of_code(session: Session, code: str) -> Proof | None:
    """The certificate with this code, for anybody; what could not be a code is not looked up."""
    if not is_code(code):
        return None
    row = session.execute(select(*_COLUMNS).where(Certificate.code == code)).one_or_none()
    return None if row is None else Proof(*row)


def last_revoked(session: Session, person_id: int) -> Proof | None:
    """The certificate of a person that was revoked last and still is."""
    query = select(*_COLUMNS).where(Certificate.person_id == person_id, Certificate.revoked_at.is_not(None))
    row = session.execute(query.order_by(Certificate.revoked_at.desc(), Certificate.id.desc()).limit(1)).one_or_none()
    return None if row is None else Proof(*row)


def holds_another(session: Session, person_id: int, uuid: str, *, on: date) -> bool:
    """Whether a person holds a certificate beside this one that counts on the day `on`: any level allows what the lowest does."""
    return bool(session.scalar(select(exists().where(Certificate.person_id == person_id, Certificate.uuid != uuid, is_valid(on)))))


def decisions_about(session: Session, proof: Proof) -> list[Decision]:
    """What was decided about a certificate, the latest first; no statement when nothing ever was."""
    if not proof.decided:
        return []
    rows = session.execute(
        select(CertificateDecision.decision, CertificateDecision.ground, CertificateDecision.reason, CertificateDecision.at, Person.name)
        .join(Certificate, Certificate.id == CertificateDecision.certificate_id)
        .outerjoin(Person, Person.id == CertificateDecision.by_id)
        .where(Certificate.uuid == proof.uuid)
        .order_by(CertificateDecision.number.desc())
    )
    return [Decision(*row) for row in rows]
