"""The job table and its engine: each job is done, once, whatever happens to whoever does it."""

import itertools
import os
import re
import signal
import subprocess
import sys
import threading
from collections import Counter
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import event, func, select, text, update

from app.core.clock import now
from app.core.jobs import ATTEMPTS, KEEP_DONE, LEASE, JobEngine, Threads, backoff, enqueue
from app.core.models import Job, StoredEvent
from app.web.database import db, standalone_reading, standalone_work, unit_of_work
from tests.conftest import NOON

ROOT = Path(__file__).parents[2]


def engine_for(app, handlers, timetable=None, lease=LEASE):
    return JobEngine(lambda: standalone_work(app), lambda: standalone_reading(app), handlers, timetable or {}, lease=lease)


def put(name="work", count=1, **more):
    with unit_of_work() as session:
        for number in range(count):
            enqueue(session, name, due_at=more.get("due_at", NOON), number=number, key=more.get("key"))


def states():
    db.session.rollback()
    return Counter(db.session.scalars(select(Job.state)))


def test_a_job_with_a_known_key_is_written_once(app):
    put(key="same")
    put(key="same")
    assert states() == {"due": 1}


def test_nobody_is_told_of_jobs_that_a_savepoint_took_back(app):
    """T84: an import that only looks writes its jobs and takes them back; what stands around it is told of, and it alone."""
    told = []
    app.extensions["delivery"], before = SimpleNamespace(wake=told.extend), app.extensions["delivery"]
    try:
        with unit_of_work() as session:
            enqueue(session, "work", due_at=NOON, key="first")
            for ends in (lambda savepoint: savepoint.rollback(), lambda savepoint: savepoint.commit()):
                savepoint = session.begin_nested()
                enqueue(session, "work", due_at=NOON)
                with session.begin_nested():
                    enqueue(session, "work", due_at=NOON)
                ends(savepoint)
            enqueue(session, "work", due_at=NOON, key="last")
    finally:
        app.extensions["delivery"] = before
    assert len(told) == 4
    assert sorted(told) == sorted(db.session.scalars(select(Job.id)))


def test_a_job_waits_for_its_moment(app):
    engine = engine_for(app, {"work": lambda *_: None})
    put(due_at=NOON + timedelta(seconds=1))
    assert engine.run_due(NOON) == 0
    assert engine.run_due(NOON + timedelta(seconds=1)) == 1


def test_a_claim_sorts_nothing_however_many_jobs_wait(app):
    """L12: of a hundred thousand jobs that are due at one moment the next costs as little as of ten."""
    put(count=2_000)
    asked = []
    with db.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("ANALYZE core_job"))

    @event.listens_for(db.engine, "before_cursor_execute")
    def note(_connection, _cursor, statement, parameters, *_rest):
        if statement.startswith("UPDATE"):
            asked.append((statement, parameters))

    assert engine_for(app, {})._claim(NOON).args == {"number": 0}
    event.remove(db.engine, "before_cursor_execute", note)
    with db.engine.connect() as connection:
        explain = "EXPLAIN QUERY PLAN " if connection.dialect.name == "sqlite" else "EXPLAIN "
        plan = "\n".join(str(tuple(row)) for row in connection.exec_driver_sql(explain + asked[0][0], asked[0][1]))
    assert plan.count("ix_core_job_order") == 2
    assert not re.search("TEMP B-TREE|Sort|SCAN core_job|Seq Scan", plan), plan


def test_what_was_lost_is_claimed_before_what_waits(app):
    engine = engine_for(app, {"work": lambda *_: None})
    put()
    lost = engine._claim(NOON)
    put(count=2, due_at=NOON - timedelta(hours=1))
    assert engine._claim(NOON + LEASE + timedelta(seconds=1)).id == lost.id


def test_twenty_threads_do_forty_jobs_once_each(app):
    """T82: two engines, many threads, one claim per job."""
    done = []

    def work(session, args, at):
        session.add(StoredEvent(uuid=f"job-{args['number']}", name="done", payload={}, at=at))
        done.append(args["number"])

    put(count=40)
    engines = [engine_for(app, {"work": work}) for _ in range(2)]
    errors = []

    def labour(engine):
        try:
            engine.run_due(NOON)
        except Exception as error:  # noqa: BLE001  # shown below
            errors.append(error)

    threads = [threading.Thread(target=labour, args=(engines[number % 2],)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert sorted(done) == list(range(40))
    assert states() == {"done": 40}


def test_a_job_whose_engine_died_is_done_after_its_lease(app):
    done = []
    engine = engine_for(app, {"work": lambda _session, args, _at: done.append(args["number"])})
    put()
    assert engine._claim(NOON) is not None
    assert engine.run_due(NOON + LEASE) == 0
    assert engine.run_due(NOON + LEASE + timedelta(seconds=1)) == 1
    assert done == [0]
    assert states() == {"done": 1}


def test_an_engine_that_comes_back_after_its_lease_changes_nothing(app):
    engine = engine_for(app, {"work": lambda *_: None})
    put()
    late = engine._claim(NOON)
    engine.run_due(NOON + LEASE + timedelta(seconds=1))
    with engine.work() as session:
        assert not engine._finish(session, late, NOON)
    engine._fail(late, RuntimeError("too late"), NOON)
    assert states() == {"done": 1}


def test_a_failing_job_waits_longer_each_time_and_is_dead_in_the_end(app):
    def fails(*_):
        raise ValueError("no such thing")

    engine, at = engine_for(app, {"work": fails}), NOON
    put()
    waits = []
    for _ in range(ATTEMPTS):
        assert engine.run_one(at)
        db.session.rollback()
        job = db.session.scalars(select(Job)).one()
        waits.append(job.due_at - at)
        at = job.due_at
    assert job.state == "dead"
    assert job.error == "ValueError: no such thing\n"
    assert all(one < other for one, other in itertools.pairwise(waits))
    assert engine.run_due(at + timedelta(days=1)) == 0


def test_a_job_that_takes_its_process_with_it_every_time_is_dead_in_the_end(app):
    """F17: a poisonous job must not end process after process for ever."""
    engine, at = engine_for(app, {"work": lambda *_: None}), NOON
    put()
    for _ in range(ATTEMPTS):
        assert engine._claim(at) is not None
        at += LEASE + timedelta(seconds=1)
    assert engine._claim(at) is None
    engine.plan(at)
    assert states() == {"dead": 1}


def test_a_job_that_nobody_knows_is_kept_with_its_reason(app):
    engine = engine_for(app, {})
    put("gone")
    engine.run_one(NOON)
    db.session.rollback()
    assert "KeyError" in db.session.scalars(select(Job.error)).one()


@pytest.mark.parametrize(("attempts", "seconds"), [(1, 2), (2, 4), (5, 32), (30, 3600)])
def test_the_wait_doubles_up_to_an_hour(attempts, seconds):
    assert timedelta(seconds=seconds * 0.8) <= backoff(attempts) <= timedelta(seconds=seconds * 1.2)


def test_two_engines_write_one_slot_of_the_timetable(app):
    """F19: two schedulers alive."""
    engines = [engine_for(app, {"tidy": lambda *_: None}, {"tidy": "15 2 * * *"}) for _ in range(2)]
    threads = [threading.Thread(target=engine.plan, args=(NOON,)) for engine in engines * 3]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()
    jobs = db.session.scalars(select(Job)).all()
    assert [(job.name, job.due_at) for job in jobs] == [("tidy", NOON.replace(hour=2, minute=15))]
    engines[0].plan(NOON + timedelta(days=1))
    assert states() == {"due": 2}


def test_what_was_done_a_week_ago_is_forgotten(app):
    engine = engine_for(app, {"work": lambda *_: None})
    put(count=2)
    engine.run_one(NOON)
    engine.prune(NOON + KEEP_DONE + timedelta(seconds=1))
    assert states() == {"due": 1}


def test_the_threads_wake_with_the_commit_and_end_when_asked(app):
    """The answer to a person does not wait for the job, and the job does not wait for the next poll."""
    ran = threading.Event()
    threads = Threads(engine_for(app, {"work": lambda *_: ran.set()}), poll_seconds=3600)
    usual, app.extensions["delivery"] = app.extensions["delivery"], threads
    threads.start(2)
    try:
        put(due_at=now())
        assert ran.wait(10)
    finally:
        threads.stop()
        app.extensions["delivery"] = usual
    assert not any(thread.is_alive() for thread in threads._threads)


def test_a_job_is_run_by_its_number_when_it_is_due_and_nobody_has_it(app):
    """F11: delivered twice, early, or for a job that was never kept."""
    done = []
    engine = engine_for(app, {"work": lambda _session, args, _at: done.append(args["number"])})
    put(count=3)
    one, other, last = db.session.scalars(select(Job.id).order_by(Job.id))
    assert not engine.run_one(NOON - timedelta(seconds=1), other)
    assert not engine.run_one(NOON, last + 1)
    assert engine.run_one(NOON, other)
    assert not engine.run_one(NOON, other)
    assert engine._claim(NOON, one) is not None
    assert not engine.run_one(NOON, one)
    assert done == [1]


def test_an_errand_goes_out_when_what_the_job_wrote_is_kept_and_nobody_waits_for_it(app):
    """F8: a mail server that takes its time keeps no transaction open, and nobody from writing."""

    def work(session, args, at):
        session.add(StoredEvent(uuid=f"before-{args['number']}", name="before", payload={}, at=at))

        def errand():
            assert states() == {"running": 1}
            with standalone_work(app) as other:
                assert other.scalars(select(StoredEvent.name)).all() == ["before"]
                other.add(StoredEvent(uuid="meanwhile", name="meanwhile", payload={}, at=at))

        return errand

    put()
    assert engine_for(app, {"work": work}).run_due(NOON) == 1
    assert states() == {"done": 1}
    assert sorted(db.session.scalars(select(StoredEvent.name))) == ["before", "meanwhile"]


def test_an_errand_that_fails_is_tried_again_with_its_job(app):
    tried = []

    def errand():
        tried.append(1)
        if len(tried) == 1:
            raise ConnectionError("the mail server hung up")

    engine = engine_for(app, {"work": lambda *_: errand})
    put()
    assert engine.run_one(NOON)
    assert states() == {"due": 1}
    assert engine.run_due(NOON + timedelta(minutes=1)) == 1
    assert (len(tried), states()) == (2, {"done": 1})


def test_a_long_errand_is_not_taken_for_a_lost_one(app):
    """Its lease is renewed while it is out."""
    gone, out = threading.Event(), threading.Event()

    def errand():
        gone.set()
        out.wait(10)

    engine = engine_for(app, {"work": lambda *_: errand}, lease=timedelta(seconds=0.6))
    put(due_at=now())
    busy = threading.Thread(target=engine.run_one, args=(now(),))
    busy.start()
    assert gone.wait(10)
    end = now() + timedelta(seconds=2)
    while now() < end:
        assert not engine.run_one(now())
    out.set()
    busy.join()
    assert states() == {"done": 1}


def test_a_poisonous_job_that_still_runs_keeps_no_timetable_waiting(app):
    """The last try of a job that takes long holds its row; whoever plans meanwhile goes around it."""
    planned = []

    def work(session, _args, at):
        threading.Thread(target=lambda: planned.append(engine.plan(at + LEASE * 2))).start()
        threading.Event().wait(0.5)
        if db.engine.dialect.name == "postgresql":
            assert planned == [None]

    engine = engine_for(app, {"work": work})
    put()
    with unit_of_work() as session:
        session.execute(update(Job).values(attempts=ATTEMPTS - 1))
    engine.run_one(NOON)
    assert states() == {"done": 1}


KILLED_MID_JOB = """
import os, signal, sys
from app.core.clock import now
from app.core.jobs import JobEngine
from app.core.models import StoredEvent
from app.factory import create_app
from app.web.database import standalone_reading, standalone_work
from config import Settings

app = create_app(Settings(mode="test", secret="x" * 40, base_url="http://socii.test", instance=sys.argv[2], database_url=sys.argv[1]))

def work(session, args, at):
    session.add(StoredEvent(uuid="half-done", name="half", payload={}, at=at))
    session.flush()
    os.kill(os.getpid(), signal.SIGKILL)

JobEngine(lambda: standalone_work(app), lambda: standalone_reading(app), {"work": work}, {}).run_one(now())
"""


def test_a_process_that_is_killed_in_the_middle_of_a_job_loses_and_doubles_nothing(app, settings, tmp_path):
    """F2: SIGKILL between the handler's write and the commit; another engine does the job once, after the lease."""
    put(due_at=now())
    db.session.remove()
    killed = subprocess.run(  # noqa: S603  # our own words
        [sys.executable, "-c", KILLED_MID_JOB, settings.database_url, str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    assert states() == {"running": 1}
    assert db.session.scalar(select(func.count()).select_from(StoredEvent)) == 0
    with unit_of_work() as session:
        session.execute(update(Job).values(lease_until=now() - timedelta(seconds=1)))  # the lease is over
    done = []
    assert engine_for(app, {"work": lambda _session, args, _at: done.append(args["number"])}).run_due() == 1
    assert done == [0]
    assert states() == {"done": 1}
