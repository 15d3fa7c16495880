"""Issuing certificates: once for each level reached, and again when renewed passes make it last longer."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.database import insert_once
from app.core.events import announce
from app.core.ids import new_code, new_uuid
from app.core.jobs import enqueue
from app.learning.events import CertificateIssued
from app.learning.models import Certificate, Enrolment
from app.learning.queries.content import course_documents, published_courses
from app.learning.queries.levels import needed_courses
from app.learning.rules import LEVELS
from app.learning.rules.levels import held_until, needed_for
from app.people.models import Person
from app.people.queries import may_write_from

log = structlog.get_logger()


def certify(session: Session, *, person_id: int, on: date, at: datetime) -> list[Certificate]:
    """Issue what the person's passes make due, lowest level first, and return what is new.

    A certificate lasts until the first of its passes ends; another follows only when renewed passes last longer than the one before,
    so that a revoked certificate does not come back by itself. Announces CertificateIssued and sends a letter for each.
    The caller holds the person's enrolments locked.
    """
    needed = needed_courses(published_courses(session))
    passed = _passed(session, person_id)
    passes = {enrolment.course_id: enrolment.expires_on or date.max for enrolment in passed}
    issued = []
    for level in LEVELS:
        until = held_until(level, needed, passes, on)
        if until is None:
            continue
        ordinal, lasts = _latest(session, person_id, level)
        if lasts is not None and lasts >= until:
            continue
        rests_on = [enrolment for course_id in needed_for(level, needed) for enrolment in passed if enrolment.course_id == course_id]
        certificate = _issue(session, person_id, level, ordinal=ordinal + 1, courses=_courses(session, rests_on), until=until, at=at)
        if certificate is not None:
            issued.append(certificate)
    return issued


def _passed(session: Session, person_id: int) -> list[Enrolment]:
    """For each course the pass that lasts longest."""
    rows = session.scalars(select(Enrolment).where(Enrolment.person_id == person_id, Enrolment.state == "completed").order_by(Enrolment.id))
    best: dict[int, Enrolment] = {}
    for enrolment in rows:
        before = best.get(enrolment.course_id)
        if before is None or (enrolment.expires_on or date.max) >= (before.expires_on or date.max):
            best[enrolment.course_id] = enrolment
    return list(best.values())


def _latest(session: Session, person_id: int, level: str) -> tuple[int, date | None]:
    row = session.execute(
        select(Certificate.ordinal, Certificate.expires_on)
        .where(Certificate.person_id == person_id, Certificate.level == level)
        .order_by(Certificate.ordinal.desc())
        .limit(1)
    ).one_or_none()
    return (row.ordinal, row.expires_on) if row else (0, None)


def _courses(session: Session, enrolments: Sequence[Enrolment]) -> list[dict[str, Any]]:
    documents = course_documents(session, {enrolment.version_id for enrolment in enrolments})
    pairs = [(documents[enrolment.version_id], enrolment) for enrolment in enrolments]
    return [
        {
            "uuid": document.uuid,
            "version": document.version,
            "title": dict(document.title),
            "passed_on": enrolment.completed_on.isoformat() if enrolment.completed_on else None,
        }
        for document, enrolment in pairs
    ]


def _issue(
    session: Session, person_id: int, level: str, *, ordinal: int, courses: list[dict[str, Any]], until: date, at: datetime
) -> Certificate | None:
    name = session.scalars(select(Person.name).where(Person.id == person_id)).one()
    made = insert_once(
        session,
        Certificate,
        uuid=new_uuid(),
        person_id=person_id,
        level=level,
        ordinal=ordinal,
        code=new_code(),
        name=name,
        courses=courses,
        issued_at=at,
        expires_on=until,
    )
    if not made:
        return None
    certificate = session.scalars(
        select(Certificate).where(Certificate.person_id == person_id, Certificate.level == level, Certificate.ordinal == ordinal)
    ).one()
    announce(session, CertificateIssued(person_id, certificate.id, level), at=at)
    due_at = may_write_from(session, person_id, at=at)
    enqueue(session, "learning.send_certificate", key=f"learning.send_certificate:{certificate.uuid}", due_at=due_at, certificate=certificate.id)
    log.info("certificate_issued", certificate=certificate.id, person=person_id, level=level)
    return certificate
