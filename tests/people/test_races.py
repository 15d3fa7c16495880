"""Administrators who act on the same person at the same moment: one deed is done, once, and the others are told so."""

from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.core.clock import now
from app.core.crypto import digest
from app.core.models import Job, StoredEvent
from app.core.who import Role
from app.people.actions.auditing import Door, broken_link
from app.people.actions.directory import Entry, change_person, deactivate, invite_again, reactivate
from app.people.actions.granting import grant_role, revoke_role
from app.people.actions.profile import change_password
from app.people.actions.signing_in import make_invitation, set_password, sign_in
from app.people.models import AuditEntry, Person, RoleGrant, Session
from app.people.queries import who_by_id, who_of_session
from tests.factories.people import PASSWORD, a_grant, a_person
from tests.support.bursts import burst

DOOR = Door()
ACTIONS = {
    "PersonDeactivated": "person_deactivated",
    "PersonReactivated": "person_reactivated",
    "RoleGranted": "role_granted",
    "RoleRevoked": "role_revoked",
}


def told(session, event):
    """How often the event was announced, and its deed written to the audit log."""
    session.expire_all()
    return session.query(StoredEvent).filter_by(name=event).count(), session.query(AuditEntry).filter_by(action=ACTIONS[event]).count()


@pytest.mark.parametrize(
    ("deed", "status", "event", "refusal"),
    [(deactivate, "active", "PersonDeactivated", "person.left"), (reactivate, "left", "PersonReactivated", "person.here")],
)
def test_of_eight_who_let_somebody_go_or_have_them_back_one_does(app, session, cast, deed, status, event, refusal):  # noqa: PLR0917
    """T87, I6: one done, one event, one entry, and seven are told."""
    rosa, person_id = who_by_id(session, cast.rosa.id), a_person(session, name="Noor Ali", status=status).id
    session.close()
    became = burst(app, lambda db, _number: deed(db, db.get(Person, person_id), by=rosa, at=now(), door=DOOR), 8)
    assert Counter(became) == {None: 1, refusal: 7}
    assert told(session, event) == (1, 1)


def test_of_eight_who_give_or_take_a_role_one_does(app, session, cast):
    """T87, I6."""
    rosa, person_id = who_by_id(session, cast.rosa.id), cast.ada.id
    session.close()
    given = burst(app, lambda db, _number: grant_role(db, db.get(Person, person_id), Role.HR, None, by=rosa, at=now(), door=DOOR), 8)
    assert Counter(given) == {None: 1, "role.there": 7}
    grant_id = session.query(RoleGrant).filter_by(person_id=person_id).one().id
    session.close()
    taken = burst(app, lambda db, _number: revoke_role(db, db.get(Person, person_id), grant_id, by=rosa, at=now(), door=DOOR), 8)
    assert Counter(taken) == {None: 1, "not_found": 7}
    assert told(session, "RoleGranted") == told(session, "RoleRevoked") == (1, 1)
    assert session.get_one(Person, person_id).session_epoch == 2


def test_giving_and_taking_at_once_leave_what_the_log_says(app, session, cast):
    """T20, I6: whatever the order, each entry stands for a change, and the roles are what the entries add up to."""
    rosa, person_id = who_by_id(session, cast.rosa.id), cast.ada.id
    a_grant(session, person=cast.ada, role="hr")
    session.close()

    def deed(db, number):
        person = db.get(Person, person_id)
        if number % 2:
            return grant_role(db, person, Role.HR, None, by=rosa, at=now(), door=DOOR)
        found = db.query(RoleGrant).filter_by(person_id=person_id).first()
        return revoke_role(db, person, found.id if found else 0, by=rosa, at=now(), door=DOOR)

    became = burst(app, deed, 16)
    given, taken = (sum(1 for answer in became[start::2] if answer is None) for start in (1, 0))
    assert set(became) <= {None, "role.there", "not_found"}
    assert told(session, "RoleGranted") == (given, given)
    assert told(session, "RoleRevoked") == (taken, taken)
    assert session.query(RoleGrant).filter_by(person_id=person_id).count() == 1 + given - taken
    assert broken_link(session) is None


def let_go(db, person, *, by):
    deactivate(db, person, by=by, at=now(), door=DOOR)


def take_role(db, person, *, by):
    grant = db.query(RoleGrant).filter_by(person_id=person.id, role="admin").first()
    revoke_role(db, person, grant.id if grant else 0, by=by, at=now(), door=DOOR)


@pytest.mark.parametrize("deeds", [(let_go, let_go), (take_role, take_role), (let_go, take_role)])
def test_of_two_administrators_who_remove_each_other_one_stays(app, session, cast, deeds):
    """T20: the last administrator stays, whoever was faster."""
    other = a_person(session, name="Oscar Admin")
    a_grant(session, person=other, role="admin")
    pair = [cast.rosa.id, other.id]
    who = [who_by_id(session, each) for each in pair]
    session.close()
    became = burst(app, lambda db, number: deeds[number % 2](db, db.get(Person, pair[1 - number % 2]), by=who[number % 2]), 8)
    held = session.query(RoleGrant).filter_by(role="admin").join(Person, Person.id == RoleGrant.person_id).filter(Person.status == "active")
    assert held.count() == 1
    assert became.count(None) == 1
    assert set(became) <= {None, "admin.last", "person.left", "not_found"}


def test_whoever_is_let_go_while_they_choose_a_password_stays_out(app, session, cast):
    """T12, T87: the link loses, or the deactivation comes after it; nobody who has left is active again."""
    rosa, person = who_by_id(session, cast.rosa.id), a_person(session, name="Noor Ali", status="invited")
    token, person_id = make_invitation(session, person, "invite", at=now()), person.id
    session.commit()
    session.close()

    def deed(db, number):
        if number % 2:
            return set_password(db, token, PASSWORD, org_name="Meridian", at=now(), door=DOOR).id
        return deactivate(db, db.get(Person, person_id), by=rosa, at=now(), door=DOOR)

    became = burst(app, deed, 8)
    assert became.count(None) == 1
    assert session.get_one(Person, person_id).status == "left"


def test_whoever_signs_in_with_the_old_password_while_it_changes_is_out(app, session):
    """T12, T13, T87: what was compared with the old password opens no session that outlives it."""
    person = a_person(session, name="Noor Ali", password=PASSWORD)
    person_id, opened = person.id, sign_in_as(session)
    session.commit()
    session.close()

    def deed(db, number):
        if number % 2:
            return sign_in_as(db)
        given = {"old": PASSWORD, "new": "nine calm whales drift by", "token": opened, "address": "203.0.113.9", "org_name": "Meridian"}
        return change_password(db, db.get(Person, person_id), **given, at=now(), door=DOOR)

    became = burst(app, deed, 8)
    assert became.count("password.old") == 3
    kept = next(token for token in became[::2] if token != "password.old")
    assert [digest(kept)] == list(session.scalars(select(Session.token_digest).where(Session.person_id == person_id)))
    assert who_of_session(session, digest(kept), at=now()).id == person_id


def sign_in_as(db):
    """Noor's address and first password."""
    given = {"email": "noor.ali@meridian.example", "password": PASSWORD, "address": "203.0.113.9", "device": "", "life": timedelta(hours=8)}
    return sign_in(db, **given, at=now(), door=DOOR).token


def test_of_eight_who_give_one_address_to_eight_people_one_does(app, session, cast):
    """T2, T87: the others are told that it is taken, as when it was yesterday."""
    rosa, people = who_by_id(session, cast.rosa.id), [a_person(session, name=f"Noor {number}").id for number in range(8)]
    session.close()

    def deed(db, number):
        person = db.get(Person, people[number])
        return change_person(db, person, Entry(email="noor@meridian.example", name=person.name), by=rosa, at=now(), door=DOOR)

    assert Counter(burst(app, deed, 8)) == {True: 1, "email.taken": 7}


def test_of_eight_presses_for_another_letter_one_sends_it(app, session, cast):
    """T87, L6."""
    rosa, person_id = who_by_id(session, cast.rosa.id), a_person(session, name="Noor Ali", status="invited").id
    session.close()
    became = burst(app, lambda db, _number: invite_again(db, db.get(Person, person_id), by=rosa, at=now(), door=DOOR), 8)
    assert Counter(became) == {None: 1, "invitation.soon": 7}
    assert session.query(Job).filter_by(name="people.send_invitation").count() == 1
    assert session.query(AuditEntry).filter_by(action="person_invited").count() == 1
