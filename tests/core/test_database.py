"""Column types and what a connection is told before it is anybody's."""

import contextlib
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.orm import Session

from app.core.database import insert_once, write_intent
from app.core.models import Job, StoredEvent
from app.people.models import Person
from app.web.database import db, reading, unit_of_work
from tests.conftest import NOON

KATHMANDU = timezone(timedelta(hours=5, minutes=45))


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2027, 10, 31, 0, 30, tzinfo=UTC),
        datetime(2038, 1, 19, 3, 14, 8, tzinfo=UTC),
        datetime(2028, 2, 29, 23, 59, 59, 999_999, tzinfo=UTC),
        datetime(2026, 11, 23, 17, 45, tzinfo=KATHMANDU),
    ],
)
def test_a_moment_comes_back_as_the_same_moment_in_utc(session, moment):
    """T86: whatever zone it came from, to the microsecond."""
    session.add(StoredEvent(name="moment", payload={}, at=moment))
    session.commit()
    session.expire_all()
    found = session.scalars(select(StoredEvent.at)).one()
    assert found == moment
    assert found.tzinfo is UTC


def test_a_naive_moment_is_refused(session):
    session.add(StoredEvent(name="moment", payload={}, at=datetime(2026, 1, 1)))
    with pytest.raises(StatementError, match="naive"):
        session.commit()


def test_a_moment_compares_in_the_database_as_it_does_here(session):
    for hour in range(3):
        session.add(StoredEvent(name=str(hour), payload={}, at=NOON + timedelta(hours=hour)))
    session.commit()
    later = session.scalars(select(StoredEvent.name).where(StoredEvent.at > NOON.astimezone(KATHMANDU)).order_by(StoredEvent.at))
    assert list(later) == ["1", "2"]


def test_what_is_inserted_twice_is_there_once_and_only_the_first_made_it(session):
    """T87."""
    row = {"name": "work", "key": "only", "args": {}, "due_at": NOON, "state": "due", "attempts": 0}
    assert insert_once(session, Job, **row)
    assert not insert_once(session, Job, **row)
    session.commit()


def test_a_unit_of_work_is_all_or_nothing(app):
    with contextlib.suppress(ZeroDivisionError), unit_of_work() as session:
        session.add(StoredEvent(name="one", payload={}, at=NOON))
        session.flush()
        raise ZeroDivisionError
    assert db.session.scalars(select(StoredEvent)).all() == []


def test_what_was_read_before_does_not_stand_in_the_way_of_a_unit_of_work(app):
    """A command that reads and then writes, while somebody else writes between: the database is not "locked" for it."""
    read = select(StoredEvent.name).order_by(StoredEvent.name)
    assert reading().scalars(read).all() == []
    with Session(db.engine) as somebody_else, write_intent(), somebody_else.begin():
        somebody_else.add(StoredEvent(name="between", payload={}, at=NOON))
    with unit_of_work() as session:
        session.add(StoredEvent(name="then", payload={}, at=NOON))
        assert session.scalars(read).all() == ["between", "then"]


def test_a_unit_of_work_is_all_or_nothing_on_a_page_that_had_begun_to_read(app):
    read = select(StoredEvent.name)
    with app.test_request_context("/"):
        assert reading().scalars(read).all() == []
        with contextlib.suppress(ZeroDivisionError), unit_of_work() as session:
            session.add(StoredEvent(name="one", payload={}, at=NOON))
            session.flush()
            raise ZeroDivisionError
        assert reading().scalars(read).all() == []


def test_a_foreign_key_is_kept_by_the_database_itself(session, cast):
    wrong = update(Person).where(Person.id == cast.ada.id).values(manager_id=987_654)
    with pytest.raises(IntegrityError):
        session.execute(wrong)


def test_every_connection_has_its_settings(session):
    if session.get_bind().dialect.name == "sqlite":
        found = {name: session.execute(text(f"PRAGMA {name}")).scalar() for name in ("journal_mode", "foreign_keys", "busy_timeout", "synchronous")}
        assert found == {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 8000, "synchronous": 1}
    else:
        found = {name: session.execute(text(f"SHOW {name}")).scalar() for name in ("statement_timeout", "lock_timeout")}
        assert found == {"statement_timeout": "1min", "lock_timeout": "5s"}
