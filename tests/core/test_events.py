"""The outbox: a fact and its deliveries become true together, and twice counts once."""

import contextlib
from dataclasses import dataclass

import pytest
from sqlalchemy import func, select

from app.core.events import Event, announce, wire
from app.core.jobs import JobEngine
from app.core.models import Job, StoredEvent
from app.web.database import db, standalone_reading, standalone_work, unit_of_work
from tests.conftest import NOON


@dataclass(frozen=True)
class Rang(Event):
    """Somebody rang."""

    door: int


@pytest.fixture
def heard():
    return []


@pytest.fixture
def engine(app, heard):
    """An engine whose only reaction writes down what it hears, in the database and here."""
    from app import wiring

    def listens(session, event, *, at):
        heard.append(event)
        session.add(StoredEvent(uuid=f"heard-{event.door}-{len(heard)}", name="heard", payload={}, at=at))

    handlers = wire({Rang: (listens,)})
    yield JobEngine(lambda: standalone_work(app), lambda: standalone_reading(app), handlers, {})
    wire(wiring.REACTIONS)


def rows(what):
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(what))


def test_a_reaction_hears_an_event_after_the_commit_and_once(engine, heard):
    with unit_of_work() as session:
        announce(session, Rang(door=7), at=NOON)
        assert heard == []
    assert engine.run_due(NOON) == 1
    assert engine.run_due(NOON) == 0
    assert heard == [Rang(door=7)]


def test_what_is_rolled_back_was_never_announced(engine, heard):
    with contextlib.suppress(ZeroDivisionError), unit_of_work() as session:
        announce(session, Rang(door=7), at=NOON)
        session.flush()
        raise ZeroDivisionError
    assert rows(StoredEvent) == rows(Job) == 0
    assert engine.run_due(NOON) == 0
    assert heard == []


def test_a_delivery_that_comes_twice_counts_once(engine, heard):
    """F11: the done mark shares the reaction's transaction, so that a second delivery finds nothing to do."""
    with unit_of_work() as session:
        announce(session, Rang(door=7), at=NOON)
    first = engine._claim(NOON)
    late = NOON.replace(minute=5)
    second = engine._claim(late)
    assert (first.id, first.lease) != (second.id, second.lease)
    for claim in (second, first):
        with engine.work() as session:
            if engine._finish(session, claim, late):
                engine.handlers[claim.name](session, claim.args, late)
    assert len(heard) == 1


def test_a_reaction_that_fails_leaves_nothing_behind_and_is_tried_again(app, heard):
    from app import wiring

    def stumbles(session, event, *, at):
        session.add(StoredEvent(uuid="half-done", name="half", payload={}, at=at))
        session.flush()
        heard.append(event)
        if len(heard) == 1:
            raise RuntimeError

    engine = JobEngine(lambda: standalone_work(app), lambda: standalone_reading(app), wire({Rang: (stumbles,)}), {})
    try:
        with unit_of_work() as session:
            announce(session, Rang(door=1), at=NOON)
        engine.run_due(NOON)
        assert rows(StoredEvent) == 1
        engine.run_due(NOON.replace(minute=1))
        assert rows(StoredEvent) == 2
        assert len(heard) == 2
    finally:
        wire(wiring.REACTIONS)


def test_an_event_keeps_its_meaning_when_it_has_learnt_a_field_since(engine, heard):
    """An event written by newer code is delivered by older code: unknown fields are left out."""
    with unit_of_work() as session:
        announce(session, Rang(door=7), at=NOON)
        session.flush()
        stored = session.scalars(select(StoredEvent)).one()
        stored.payload = {**stored.payload, "floor": 3}
    engine.run_due(NOON)
    assert heard == [Rang(door=7)]
