"""Celery brings jobs to worker processes over a real Redis; the row in the table decides what happens, whatever Redis does or says."""

import json
import os
import pickle
import signal
import socket
import ssl
import subprocess
import sys
import threading
from collections import Counter
from contextlib import contextmanager
from uuid import uuid4

import pytest
import redis
from sqlalchemy import select

from app.core.clock import now
from app.core.jobs import enqueue
from app.core.jobs.broker import Broker
from app.core.models import Job, StoredEvent
from app.web.database import db, unit_of_work
from tests.support.labour import labour, until
from tests.support.server import ROOT
from tools.servers import free_port, private_redis

pytestmark = pytest.mark.redis


@pytest.fixture
def address():
    return os.environ.get("SOCII_TEST_REDIS", "redis://127.0.0.1:6379/9")


@pytest.fixture
def prefix(address):
    """What every key of this test begins with; all of them are gone after it."""
    prefix = f"socii-test-{uuid4().hex}:"
    yield prefix
    with redis.Redis.from_url(address) as client:
        for key in client.scan_iter(f"{prefix}*"):
            client.delete(key)


@contextmanager
def told_by(app, address, prefix):
    """The application tells of its jobs over this Redis."""
    usual = app.extensions["delivery"]
    broker = app.extensions["delivery"] = Broker(app.extensions["jobs"], address, prefix=prefix)
    try:
        yield broker
    finally:
        app.extensions["delivery"] = usual
        broker._sender.shutdown()
        broker.celery.close()


@pytest.fixture
def broker(app, address, prefix):
    with told_by(app, address, prefix) as broker:
        yield broker


@pytest.fixture
def hire(settings, address, prefix, tmp_path):
    """Starts a worker on these messages; one that is given a name gets a folder of its own."""

    def begin(name="", **more):
        (tmp_path / name).mkdir(exist_ok=True)
        return labour(settings, address, prefix, tmp_path / name, **more)

    return begin


def put(*numbers, name="work"):
    """Write jobs in one transaction; returns their ids."""
    with unit_of_work() as session:
        for number in numbers:
            enqueue(session, name, due_at=now(), number=number)
    ids = list(db.session.scalars(select(Job.id).order_by(Job.id)))
    db.session.rollback()
    return ids[-len(numbers) :]


def put_in_vain():
    with unit_of_work() as session:
        enqueue(session, "work", due_at=now(), number=0)
        raise LookupError


def states():
    db.session.rollback()
    found = Counter(db.session.scalars(select(Job.state)))
    db.session.rollback()
    return found


def ledger():
    """How often each job was done."""
    db.session.rollback()
    found = Counter(db.session.scalars(select(StoredEvent.name)))
    db.session.rollback()  # a transaction that has read may not write any more once somebody else did
    return found


def doers(key="by"):
    db.session.rollback()
    found = {payload[key] for payload in db.session.scalars(select(StoredEvent.payload))}
    db.session.rollback()
    return found


def are_done(count):
    return until(lambda: states() == {"done": count})


def test_what_is_committed_is_brought_to_a_worker_and_what_is_undone_is_never_told(broker, hire, address, prefix):
    with redis.Redis.from_url(address) as client:
        with pytest.raises(LookupError):
            put_in_vain()
        put(1)
        assert until(lambda: client.llen(f"{prefix}jobs") == 1)
        with hire():
            number = 1
            while not any(name.startswith("ThreadPool") for name in doers()):  # those of Celery; the others look at the table
                assert are_done(number)
                number += 1
                assert number < 20
                put(number)
            assert are_done(number)
            assert ledger() == {f"did {each}": 1 for each in range(1, number + 1)}


def test_a_message_that_is_none_of_ours_is_dropped_and_the_worker_goes_on(broker, hire, address, prefix, tmp_path):
    """T73: a pickle, an unknown number, another task, noise; JSON only, and nothing of what it says is run or logged."""
    (real,) = put(1)
    with redis.Redis.from_url(address) as client:
        assert until(lambda: client.llen(f"{prefix}jobs") == 1)
        message = json.loads(client.lpop(f"{prefix}jobs"))
        canary = tmp_path / "canary"

        class Danger:
            def __reduce__(self):
                return (os.mkdir, (str(canary),))

        pickled = {**message, "content-type": "application/x-python-serialize", "content-encoding": "binary"}
        pickled["properties"] = {**message["properties"], "body_encoding": None}
        pickled["body"] = pickle.dumps(Danger(), protocol=0).decode("latin-1")
        other = {**message, "headers": {**message["headers"], "task": "os.system"}}
        client.rpush(f"{prefix}jobs", "noise \x1b[31m", "5", "null", "{}", json.dumps(pickled), json.dumps(other))
        with hire() as labourer:
            for number in (real + 1000, 10**30, "one", None, [real], True):
                broker.task.apply_async((number,))
            assert are_done(1)
            put(2)
            assert are_done(2)
            assert until(lambda: client.llen(f"{prefix}jobs") == 0)
            assert labourer.process.poll() is None
            assert "canary" not in labourer.said()
            assert "\x1b" not in labourer.said()
            assert labourer.said().count("message_dropped") == 4
        assert not canary.exists()
        assert ledger() == {"did 1": 1, "did 2": 1}


def test_two_workers_do_forty_jobs_once_each_however_often_they_are_told(app, broker, hire):
    """T82, F11: every id is sent three times, and both workers look at the table as fast as they can."""
    with hire("one", sweep_seconds=0.02), hire("other", sweep_seconds=0.02):
        warm = 0
        while len(doers("process")) < 2:  # both are awake
            put(*range(1000 + warm, 1004 + warm))
            warm += 4
            assert are_done(warm)
        ids = put(*range(40))
        broker.wake(ids)
        broker.wake(ids[::-1])
        assert are_done(40 + warm)
    assert set(ledger().values()) == {1}
    assert len(ledger()) == 40 + warm


def test_a_worker_that_is_killed_in_the_middle_of_a_job_loses_and_doubles_nothing(broker, hire):
    """F2: SIGKILL between the handler's write and its commit; after the lease another worker does the job, once."""
    put(1, name="slow")
    with hire() as labourer:
        assert labourer.has_begun()
        assert labourer.end(signal.SIGKILL) == -signal.SIGKILL
    assert states() == {"running": 1}
    assert ledger() == {}
    labourer.go_on()
    with hire(sweep_seconds=0.2):
        assert are_done(1)
    assert ledger() == {"did 1": 1}


@pytest.mark.parametrize(("how", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 1)])  # Celery takes Ctrl+C for a failure
def test_a_worker_that_is_told_to_end_finishes_the_job_it_is_in(broker, hire, how, code):
    """F14."""
    with hire() as labourer:
        put(0)
        assert are_done(1)
        put(1, name="slow")
        assert labourer.has_begun()
        labourer.process.send_signal(how)
        assert until(lambda: "Warm shutdown" in labourer.said())
        labourer.go_on()
        assert labourer.process.wait(20) == code
    assert ledger() == {"did 0": 1, "did 1": 1}


TOLD_TOO_EARLY = """
import signal, sys
from types import SimpleNamespace
from app.core.jobs.broker import Broker

class ThrownAway:
    def __del__(self):
        signal.raise_signal(signal.SIGTERM)

def worker(**more):
    ThrownAway()
    return begin(**more)

idle = SimpleNamespace(plan=lambda at: None, prune=lambda at: None, any_due=lambda at: False)
broker = Broker(idle, sys.argv[1])
begin, broker.celery.Worker = broker.celery.Worker, worker
broker.work(1)
"""


def test_a_worker_that_is_told_to_end_before_it_listens_ends():
    """F14: even while an object is thrown away, where Python loses whatever is raised."""
    command = [sys.executable, "-c", TOLD_TOO_EARLY, f"redis://127.0.0.1:{free_port()}/0"]
    assert subprocess.run(command, cwd=ROOT, timeout=60, check=False).returncode == 0  # noqa: S603  # our own words


@pytest.mark.own_redis
def test_a_redis_that_is_away_stops_no_job_and_is_used_again_when_it_is_back(app, settings, tmp_path):
    """F7: the workers ask the table meanwhile, and come back to the messages by themselves."""
    port = free_port()
    address = f"redis://127.0.0.1:{port}/9"
    with told_by(app, address, "socii:") as broker, labour(settings, address, "socii:", tmp_path, sweep_seconds=0.2):
        put(1)
        assert are_done(1)
        assert all(name.startswith("jobs-") for name in doers())
        with private_redis(port), redis.Redis.from_url(address) as client:
            broker._rests_until = 0.0
            broker._send(put(2))
            assert client.exists("socii:_kombu.binding.jobs")
            assert are_done(2)
            assert until(lambda: client.llen("socii:jobs") == 0)
    assert ledger() == {"did 1": 1, "did 2": 1}


@pytest.mark.parametrize("fault", ["nobody listens", "nobody answers"])
def test_who_commits_never_waits_for_the_broker(app, fault):
    """F7: neither for one that refuses nor for one that says nothing; it is left alone for a while, and the jobs wait in the table."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = free_port() if fault == "nobody listens" else silent.getsockname()[1]
        with told_by(app, f"redis://127.0.0.1:{port}/9", "socii:") as broker:
            gate = threading.Event()
            broker._sender.submit(gate.wait)  # the one thread that sends is busy for as long as we like
            for number in range(10):
                put(number)
            gate.set()
            assert until(lambda: broker._rests_until > 0)
    assert states() == {"due": 10}


def test_a_worker_of_the_house_runs_the_houses_own_jobs(app, settings, address, tmp_path):
    """`flask jobs run` with JOBS=celery: the timetable's slots are written and done, without anybody's message."""
    environ = {**os.environ, "SOCII_MODE": "test", "SOCII_SECRET": settings.secret, "SOCII_INSTANCE": str(tmp_path)}
    environ |= {"DATABASE_URL": settings.database_url, "JOBS": "celery", "JOBS_BROKER_URL": f"redis://127.0.0.1:{free_port()}/0"}
    with subprocess.Popen([sys.executable, "-m", "flask", "--app", "wsgi", "jobs", "run"], cwd=ROOT, env=environ) as worker:
        try:
            assert until(lambda: states()["done"])
        finally:
            worker.send_signal(signal.SIGTERM)
        assert worker.wait(20) == 0


def test_a_certificate_is_asked_for_where_the_broker_speaks_tls(app):
    """Left to itself, Celery would believe anybody."""
    broker = Broker(app.extensions["jobs"], "rediss://redis.meridian.example/0")
    assert broker.celery.connection_for_write().ssl == {"ssl_cert_reqs": ssl.CERT_REQUIRED, "ssl_check_hostname": True}
