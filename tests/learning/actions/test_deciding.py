"""Certificates revoked and reinstated: for a reason, by HR of the person's department, never by oneself, once."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.core.errors import Conflict, Invalid, NotAllowed, NotFound
from app.core.models import Job, StoredEvent
from app.learning.actions.certifying import certify
from app.learning.actions.deciding import reinstate, revoke
from app.learning.models import Certificate, CertificateDecision
from app.learning.queries.levels import levels_held, valid_certificate
from app.people.actions.auditing import Door, broken_link
from app.people.models import AuditEntry
from app.people.queries import who_by_id
from app.web.database import db
from tests.conftest import NOON
from tests.factories.learners import a_certificate, an_enrolment
from tests.factories.learning import a_course
from tests.factories.people import a_department, a_grant, a_person
from tests.support.bursts import burst

LATER = NOON + timedelta(hours=1)
WHY = {"ground": "policy_broken", "reason": "She posted what the policy keeps inside."}
BACK = {"ground": "settled", "reason": "We talked; it was about another account."}


def decide(session, verb, certificate, by, *, seen=0, at=NOON, **more):
    given = WHY if verb is revoke else BACK
    return verb(session, certificate.uuid, **{**given, **more}, seen=seen, by=who_by_id(session, by.id), at=at, door=Door("request", "none"))


def test_a_revoked_certificate_proves_and_allows_nothing_until_it_is_reinstated(session, cast):
    certificate = a_certificate(session, person=cast.ada)
    decide(session, revoke, certificate, cast.hedy)
    assert levels_held(session, cast.ada.id, on=NOON.date()) == frozenset()
    assert valid_certificate(session, cast.ada.id, level="enthusiast", on=NOON.date()) is None
    decide(session, reinstate, certificate, cast.hedy, seen=1, at=LATER)
    assert levels_held(session, cast.ada.id, on=NOON.date()) == {"enthusiast"}
    rows = session.scalars(select(CertificateDecision).order_by(CertificateDecision.number)).all()
    assert [(row.number, row.decision, row.ground, row.reason, row.by_id, row.at) for row in rows] == [
        (1, "revoked", *WHY.values(), cast.hedy.id, NOON),
        (2, "reinstated", *BACK.values(), cast.hedy.id, LATER),
    ]


def test_each_decision_is_announced_once_told_once_and_audited_with_its_reason(session, cast):
    certificate = a_certificate(session, person=cast.ada)
    decide(session, revoke, certificate, cast.hedy)
    decide(session, reinstate, certificate, cast.hedy, seen=1, at=LATER)
    assert list(session.scalars(select(StoredEvent.name).order_by(StoredEvent.id))) == ["CertificateRevoked", "CertificateReinstated"]
    assert len(session.scalars(select(Job).where(Job.name == "learning.send_decision")).all()) == 2
    entries = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    assert [(entry.action, entry.actor_id, entry.object_id, entry.reason) for entry in entries] == [
        ("certificate_revoked", cast.hedy.id, cast.ada.uuid, WHY["reason"]),
        ("certificate_reinstated", cast.hedy.id, cast.ada.uuid, BACK["reason"]),
    ]
    assert entries[0].changes == {f"certificate {certificate.code}": ["valid", "revoked"], "ground": [None, "policy_broken"]}
    assert broken_link(session) is None


def test_nobody_decides_about_a_certificate_of_their_own(session, cast):
    certificate = a_certificate(session, person=cast.hedy)
    with pytest.raises(NotAllowed) as refusal:
        decide(session, revoke, certificate, cast.hedy)
    assert refusal.value.code == "certificate.own"
    assert certificate.revoked_at is None


@pytest.mark.parametrize("name", ["ada", "linus", "grace", "iris", "hugo", "rosa", "sanne"])
def test_only_hr_decides_and_no_administrator_as_such(session, cast, name):
    """P6: being administrator gives no right over people's data."""
    certificate = a_certificate(session, person=cast.mallory)
    with pytest.raises(NotFound):
        decide(session, revoke, certificate, getattr(cast, name))


def test_hr_of_a_department_decides_inside_it_only(session, cast):
    """T19."""
    scoped = a_person(session, name="Hanna Scoped", department=cast.research)
    a_grant(session, person=scoped, role="hr", department=cast.research)
    below = a_person(session, name="Near", department=a_department(session, slug="labs", parent=cast.research))
    decide(session, revoke, a_certificate(session, person=below, code="1Kq2mXw9Pb"), scoped)
    for far in (cast.ada, a_person(session, name="Nowhere", department=None)):
        certificate = a_certificate(session, person=far, code=f"{far.id}Kq2mXw9Pbb"[:10])
        with pytest.raises(NotFound):
            decide(session, revoke, certificate, scoped)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"reason": " \u200b "}, "text.empty"),
        ({"reason": "x" * 1001}, "text.long"),
        ({"ground": "settled"}, "certificate.ground"),
        ({"ground": ""}, "certificate.ground"),
    ],
)
def test_a_decision_needs_a_ground_and_a_reason(session, cast, more, code):
    certificate = a_certificate(session, person=cast.ada)
    with pytest.raises(Invalid) as refusal:
        decide(session, revoke, certificate, cast.hedy, **more)
    assert refusal.value.code == code
    assert certificate.revoked_at is None


def test_what_was_decided_meanwhile_is_not_decided_over(session, cast):
    """T83's kind: whoever decides has read everything that was decided before."""
    certificate = a_certificate(session, person=cast.ada)
    decide(session, revoke, certificate, cast.hedy)
    for verb, seen in ((revoke, 0), (revoke, 1), (reinstate, 0), (reinstate, 2)):
        with pytest.raises(Conflict):
            decide(session, verb, certificate, cast.hedy, seen=seen)
    decide(session, reinstate, certificate, cast.hedy, seen=1)
    with pytest.raises(Conflict):
        decide(session, revoke, certificate, cast.hedy, seen=0)
    assert certificate.revoked_at is None


def test_fifty_revocations_at_once_make_one(app, session, cast):
    """T87: one decision, one letter, one entry of the audit log."""
    certificate = a_certificate(session, person=cast.ada)
    by, uuid = who_by_id(session, cast.hedy.id), certificate.uuid
    session.close()
    found = burst(app, lambda db, _number: revoke(db, uuid, **WHY, seen=0, by=by, at=NOON, door=Door()).uuid, 16)
    assert sorted(map(str, found)) == sorted([uuid, *["certificate.decided"] * 15])
    session = db.session()
    assert session.query(CertificateDecision).count() == 1
    assert session.query(Job).filter_by(name="learning.send_decision").count() == 1
    assert session.query(AuditEntry).filter_by(action="certificate_revoked").count() == 1


def test_a_revoked_certificate_returns_only_by_decision_or_renewal(session, cast):
    course = a_course(session)
    an_enrolment(session, person=cast.ada, course=course, state="completed", expires_on=date(2027, 5, 1))
    (certificate,) = certify(session, person_id=cast.ada.id, on=NOON.date(), at=NOON)
    decide(session, revoke, certificate, cast.hedy)
    assert certify(session, person_id=cast.ada.id, on=NOON.date(), at=LATER) == []
    an_enrolment(session, person=cast.ada, course=course, state="completed", expires_on=date(2028, 5, 1), ordinal=2)
    assert [one.expires_on for one in certify(session, person_id=cast.ada.id, on=NOON.date(), at=LATER)] == [date(2028, 5, 1)]
    assert session.query(Certificate).filter(Certificate.revoked_at.is_not(None)).count() == 1
