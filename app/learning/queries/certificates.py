"""Certificates: one's own, and what the world may verify."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.ids import is_code
from app.learning.models import Certificate


@dataclass(frozen=True)
class Proof:
    """A certificate as it is shown: to its owner, and by its code to anybody. `courses` hold uuid, version and title as passed."""

    uuid: str
    level: str
    code: str
    name: str
    courses: Sequence[Mapping[str, Any]]
    issued_at: datetime
    expires_on: date
    revoked_at: datetime | None

    @property
    def issued_on(self) -> date:
        """The day of the last pass that it rests on, as it was for the learner."""
        return max((date.fromisoformat(course["passed_on"]) for course in self.courses if course["passed_on"]), default=self.issued_at.date())

    def state(self, on: date) -> str:
        """valid, expired or revoked on the day `on`."""
        if self.revoked_at is not None:
            return "revoked"
        return "valid" if on <= self.expires_on else "expired"


_COLUMNS = (
    *(Certificate.uuid, Certificate.level, Certificate.code, Certificate.name, Certificate.courses),
    *(Certificate.issued_at, Certificate.expires_on, Certificate.revoked_at),
)


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
