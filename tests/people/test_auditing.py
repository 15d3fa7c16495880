"""The audit log only grows, and tells when somebody touched it."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import DBAPIError

from app.core.clock import now
from app.people.actions.auditing import Door, Walk, audit, broken_link, chain, laid_aside
from app.people.actions.directory import deactivate
from app.people.jobs import verify_audit
from app.people.models import AuditEntry, AuditHead, Person
from app.people.queries import who_by_id
from app.web.database import db, standalone_work, unit_of_work
from tests.factories.people import a_person


def some_entries(session, count=5):
    for number in range(count):
        audit(session, "role_granted", at=now(), by_id=None, about=("person", str(number)), changes={"role": ["", "hr /"]})
    session.commit()


def test_the_chain_of_honest_entries_is_whole(session):
    """T94."""
    some_entries(session)
    assert broken_link(session) is None


def test_an_entry_that_was_altered_is_found(session, app):
    """T94: the hash chain finds one altered row, even by somebody who can switch the triggers off."""
    some_entries(session)
    third = session.query(AuditEntry).order_by(AuditEntry.id).offset(2).first().id
    if db.engine.dialect.name == "postgresql":
        session.execute(text("SET LOCAL session_replication_role = replica"))
    else:
        session.execute(text("DROP TRIGGER people_audit_no_update"))
    session.execute(text("UPDATE people_audit_entry SET reason = 'nothing to see' WHERE id = :id"), {"id": third})
    session.commit()
    session.expire_all()
    assert broken_link(session) == third
    outcome = app.test_cli_runner().invoke(args=["people", "verify-audit"])
    assert outcome.exit_code == 1
    assert str(third) in outcome.output


@pytest.mark.parametrize("column", [column.name for column in AuditEntry.__table__.columns])
def test_no_column_of_an_entry_can_be_altered_unseen(session, column):
    """T94: not the day either, by which the page is filtered."""
    some_entries(session)
    somebody = a_person(session).id
    third = session.query(AuditEntry).order_by(AuditEntry.id).offset(2).first().id
    if db.engine.dialect.name == "postgresql":
        session.execute(text("SET LOCAL session_replication_role = replica"))
    else:
        session.execute(text("DROP TRIGGER people_audit_no_update"))
    altered = {
        "id": third + 100,
        "at": now() + timedelta(hours=1),
        "actor_id": somebody,
        "day": date(2020, 1, 1),
        "changes": {"role": ["", "admin /"]},
    }
    session.execute(update(AuditEntry).where(AuditEntry.id == third).values({column: altered.get(column, "altered")}))
    session.commit()
    session.expire_all()
    assert broken_link(session) is not None


def test_the_chain_is_followed_every_night_in_steps_and_holds_nobody_up(app, session, monkeypatch):
    """L6, T94: the walk reads beside those who write, and what they add meanwhile belongs to it."""
    some_entries(session, 7)
    session.close()
    errand, told = verify_audit(session, {}, now()), []
    go_on = Walk.go_on

    def step(walk, reading):
        go_on(walk, reading, most=3)
        with standalone_work(app) as work:
            if work.scalar(select(func.count()).select_from(AuditEntry)) < 9:
                some_entries(work, 1)

    monkeypatch.setattr(Walk, "go_on", step)
    monkeypatch.setattr("app.people.jobs.log.error", lambda *said, **more: told.append((said, more)), raising=False)
    errand()
    assert told == []
    assert session.scalar(select(func.count()).select_from(AuditEntry)) == 9


@pytest.mark.parametrize("left", [3, 0])
def test_entries_that_were_cut_off_at_the_end_are_missed(session, app, left):
    """T94: what is left fits together, and yet the newest are gone."""
    some_entries(session)
    ids = [*session.scalars(select(AuditEntry.id).order_by(AuditEntry.id))]
    if db.engine.dialect.name == "postgresql":
        session.execute(text("SET LOCAL session_replication_role = replica"))
    else:
        session.execute(text("DROP TRIGGER people_audit_no_delete"))
    session.execute(text("DELETE FROM people_audit_entry WHERE id >= :id"), {"id": ids[left]})
    session.commit()
    session.expire_all()
    assert broken_link(session) == (ids[left - 1] if left else 0)
    assert app.test_cli_runner().invoke(args=["people", "verify-audit"]).exit_code == 1


def test_entries_that_are_laid_aside_are_chained_in_their_order_at_the_end(session):
    """While much is done at once, nobody who signs in waits for the chain."""
    some_entries(session, 2)
    head = session.scalars(select(AuditHead.hash)).one()
    with laid_aside(session) as entries:
        for number in range(3):
            audit(session, "person_added", at=now(), by_id=None, about=("person", f"later {number}"))
        assert session.scalars(select(AuditHead.hash)).one() == head
        assert session.query(AuditEntry).count() == 2
    chain(session, entries)
    session.commit()
    assert [entry.object_id for entry in session.query(AuditEntry).order_by(AuditEntry.id)][2:] == ["later 0", "later 1", "later 2"]
    some_entries(session, 1)
    assert broken_link(session) is None


@pytest.mark.parametrize("statement", ["UPDATE people_audit_entry SET reason = 'x'", "DELETE FROM people_audit_entry"])
def test_the_application_can_neither_change_nor_remove_an_entry(session, statement):
    """T94: the database itself refuses."""
    some_entries(session, 1)
    with pytest.raises(DBAPIError, match="only grows"):
        session.execute(text(statement))
    session.rollback()
    assert session.query(AuditEntry).count() == 1


def test_a_change_whose_entry_cannot_be_written_does_not_happen(session, cast, monkeypatch):
    """T94: no entry, no change."""
    rosa, ada = who_by_id(session, cast.rosa.id), cast.ada.id

    def refuse(*_args, **_more):
        raise RuntimeError("the audit log is full")

    monkeypatch.setattr("app.people.actions.directory.audit", refuse)
    with pytest.raises(RuntimeError), unit_of_work() as work:
        deactivate(work, work.get(Person, ada), by=rosa, at=now(), door=Door())
    session.expire_all()
    assert session.get(Person, ada).status == "active"
