"""Taking a certificate back and giving it back: HR's decision, for a reason that its holder reads."""

from datetime import datetime

import structlog
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.database import insert_once
from app.core.errors import Conflict, Invalid, NotAllowed, NotFound
from app.core.events import announce
from app.core.jobs import enqueue
from app.core.text import paragraphs
from app.core.who import Who
from app.learning.events import CertificateReinstated, CertificateRevoked
from app.learning.models import Certificate, CertificateDecision
from app.learning.policy import is_own, may_decide
from app.learning.rules.deciding import GROUNDS, LONGEST_REASON, REINSTATED, REVOKED, decidable
from app.people.actions.auditing import Door, audit
from app.people.models import Department, Person

log = structlog.get_logger()


def revoke(session: Session, uuid: str, *, ground: str, reason: str, seen: int, by: Who, at: datetime, door: Door) -> Certificate:
    """Take a certificate back: it proves nothing from this moment on, and what it allowed ends with it.

    `seen` is how many decisions about it `by` knew of. Announces CertificateRevoked, writes to the holder, and to the audit log. Raises
    NotFound out of scope, NotAllowed("certificate.own"), Invalid("certificate.ground" | "text.empty" | "text.long"), Conflict("certificate.decided").
    """
    return _decide(session, uuid, REVOKED, ground=ground, reason=reason, seen=seen, by=by, at=at, door=door)


def reinstate(session: Session, uuid: str, *, ground: str, reason: str, seen: int, by: Who, at: datetime, door: Door) -> Certificate:
    """Give back a certificate that was revoked; it lasts as long as it did. Announces CertificateReinstated; the rest is as in `revoke`."""
    return _decide(session, uuid, REINSTATED, ground=ground, reason=reason, seen=seen, by=by, at=at, door=door)


def _decide(session: Session, uuid: str, decision: str, *, ground: str, reason: str, seen: int, by: Who, at: datetime, door: Door) -> Certificate:
    certificate, holder = _locked(session, uuid, by=by)
    if is_own(by, holder_id=certificate.person_id):
        raise NotAllowed("certificate.own")
    if ground not in GROUNDS[decision]:
        raise Invalid("certificate.ground", field="ground")
    said = paragraphs(reason, field="reason", longest=LONGEST_REASON)
    made = seen == _decisions(session, certificate) and decision == decidable(revoked=certificate.revoked_at is not None)
    values = {"certificate_id": certificate.id, "number": seen + 1, "decision": decision, "ground": ground, "reason": said, "by_id": by.id, "at": at}
    if not (made and insert_once(session, CertificateDecision, **values)):
        raise Conflict("certificate.decided")
    states = ["valid", REVOKED] if decision == REVOKED else [REVOKED, "valid"]
    certificate.revoked_at = at if decision == REVOKED else None
    event = CertificateRevoked if decision == REVOKED else CertificateReinstated
    announce(session, event(certificate.person_id, certificate.id, certificate.level), at=at)
    number = seen + 1
    key = f"learning.send_decision:{certificate.uuid}:{number}"
    enqueue(session, "learning.send_decision", key=key, due_at=at, certificate=certificate.id, number=number)
    changes = {f"certificate {certificate.code}": states, "ground": [None, ground]}
    audit(session, f"certificate_{decision}", at=at, by_id=by.id, about=("person", holder), reason=said, changes=changes, door=door)
    log.info("certificate_decided", certificate=certificate.id, decision=decision, by=by.id)
    return certificate


def _locked(session: Session, uuid: str, *, by: Who) -> tuple[Certificate, str]:
    """The certificate, held until the end of the transaction, and the uuid of its holder. Raises NotFound out of scope."""
    query = (
        select(Certificate, Person.uuid, func.coalesce(Department.path, "/"))
        .join(Person, Person.id == Certificate.person_id)
        .outerjoin(Department, Department.id == Person.department_id)
        .where(Certificate.uuid == uuid)
        .with_for_update(of=Certificate)
        .execution_options(populate_existing=True)
    )
    row = session.execute(query).one_or_none()
    if row is None or not may_decide(by, holder_path=row[2]):
        raise NotFound
    return row[0], row[1]


def _decisions(session: Session, certificate: Certificate) -> int:
    query = select(func.count()).select_from(CertificateDecision).where(CertificateDecision.certificate_id == certificate.id)
    return session.scalar(query) or 0
