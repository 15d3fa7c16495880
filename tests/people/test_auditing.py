"""The audit log only grows, and tells when somebody touched it."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.core.clock import now
from app.people.actions.auditing import Door, audit, broken_link
from app.people.actions.directory import deactivate
from app.people.models import AuditEntry, Person
from app.people.queries import who_by_id
from app.web.database import db, unit_of_work


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
