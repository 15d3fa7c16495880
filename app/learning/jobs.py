"""Doors for time: the letter with a certificate, attempts whose time is over, duties that courses bring."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.learning.actions.assigning import assign_mandatory as assign
from app.learning.actions.attempting import close_attempt as close
from app.learning.models import Certificate
from app.people.models import Person
from app.web.post import absolute, send_letter


def send_certificate(session: Session, args: dict[str, Any], at: datetime) -> None:  # noqa: ARG001  # every job is called alike
    """Tell the learner, in their language, that a certificate is theirs, and where it is."""
    certificate = session.get(Certificate, args["certificate"])
    person = session.get(Person, certificate.person_id) if certificate else None
    if certificate is None or person is None or person.status == "left" or certificate.revoked_at is not None:
        return
    send_letter(
        "learning/mails/certificate",
        to=person.email,
        locale=person.locale,
        name=certificate.name,
        level=certificate.level,
        starts_sharing=certificate.level == "enthusiast" and certificate.ordinal == 1,
        expires_on=certificate.expires_on,
        link=absolute("learning.certificate", uuid=certificate.uuid),
        verify=absolute("learning.verification", code=certificate.code),
    )


def close_attempt(session: Session, args: dict[str, Any], at: datetime) -> None:
    """Judge an attempt whose time is over."""
    close(session, attempt_id=args["attempt"], at=at)


def assign_mandatory(session: Session, args: dict[str, Any], at: datetime) -> None:
    """Bring duties in line with what courses ask: of one course when it is named, else of all."""
    assign(session, course_id=args.get("course"), at=at)
