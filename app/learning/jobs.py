"""Doors for time: letters about certificates, attempts whose time is over, duties that courses bring, how questions go."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.clock import today_in
from app.core.jobs import Errand
from app.learning.actions.assigning import assign_mandatory as assign
from app.learning.actions.attempting import close_attempt as close
from app.learning.actions.tallying import tally_quizzes as tally
from app.learning.models import Certificate, CertificateDecision
from app.learning.presenters.visibility import the_visibility
from app.learning.queries.levels import valid_certificate
from app.learning.rules.visibility import Visibility
from app.people.models import Person
from app.web.post import absolute, write_letter

SHARING: Final = "enthusiast"
"""The level from which on a person may share."""


def send_certificate(session: Session, args: dict[str, Any], at: datetime) -> Errand | None:  # noqa: ARG001  # every job is called alike
    """Tell the learner, in their language, that a certificate is theirs, and where it is."""
    certificate = session.get(Certificate, args["certificate"])
    person = session.get(Person, certificate.person_id) if certificate else None
    if certificate is None or person is None or person.status == "left" or certificate.revoked_at is not None:
        return None
    return write_letter(
        "learning/mails/certificate",
        to=person.email,
        locale=person.locale,
        name=certificate.name,
        level=certificate.level,
        starts_sharing=certificate.level == "enthusiast" and certificate.ordinal == 1,
        may_share=the_visibility() is Visibility.SHARED,
        expires_on=certificate.expires_on,
        link=absolute("learning.certificate", uuid=certificate.uuid),
        verify=absolute("learning.verification", code=certificate.code),
    )


def send_decision(session: Session, args: dict[str, Any], at: datetime) -> Errand | None:
    """Tell the holder, in their language, that a certificate was revoked or reinstated, why, and what that changes."""
    query = select(CertificateDecision).where(CertificateDecision.certificate_id == args["certificate"], CertificateDecision.number == args["number"])
    decision = session.scalars(query).one_or_none()
    certificate = session.get(Certificate, args["certificate"])
    person = session.get(Person, certificate.person_id) if certificate else None
    if decision is None or certificate is None or person is None or person.status == "left":
        return None
    return write_letter(
        "learning/mails/decision",
        to=person.email,
        locale=person.locale,
        name=person.name,
        level=certificate.level,
        decision=decision.decision,
        ground=decision.ground,
        reason=decision.reason,
        on=today_in(person.timezone, decision.at),
        may_share=valid_certificate(session, person.id, level=SHARING, on=today_in(person.timezone, at)) is not None,
        link=absolute("learning.certificate", uuid=certificate.uuid),
    )


def close_attempt(session: Session, args: dict[str, Any], at: datetime) -> None:
    """Judge an attempt whose time is over."""
    close(session, attempt_id=args["attempt"], at=at, has_waited=args.get("has_waited", False))


def assign_mandatory(session: Session, args: dict[str, Any], at: datetime) -> None:
    """Bring duties in line with what courses ask: of one course when it is named, else of all."""
    assign(session, course_id=args.get("course"), at=at)


def tally_quizzes(session: Session, args: dict[str, Any], at: datetime) -> None:  # noqa: ARG001  # every job is called alike
    """Count how questions went, for authors. Once a week, so that nobody's sitting shows by comparing two days (P9)."""
    tally(session, at=at)
