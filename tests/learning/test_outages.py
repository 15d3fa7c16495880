"""RELIABILITY 3b, PostgreSQL down: the browser keeps the answers and sends them again, and the timer is credited."""

import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import close_all_sessions

from app.core.clock import now
from app.core.kept import forget_everything
from app.core.outages import Span, merged, outages_since
from app.factory import create_app
from app.learning.models import Answer
from app.learning.rules.quiz import credited
from app.web.database import db
from tests.factories.learners import a_reader, an_attempt
from tests.factories.learning import a_course, a_course_document
from tests.factories.people import BEGINNING, a_person
from tests.support.browser import Browser
from tests.support.databases import Postgresql
from tests.support.wire import Wire
from tools.servers import postgresql

JSON = {"Accept": "application/json"}
PATIENCE_SECONDS = 20


@pytest.fixture
def wire(monkeypatch) -> Iterator[Wire]:
    """The way to a PostgreSQL server, whatever this run's tests have for their database."""
    with postgresql() as address:
        monkeypatch.setenv("SOCII_TEST_POSTGRESQL", address)
        server = urlsplit(address)
        wire = Wire(server.hostname or "127.0.0.1", server.port or 5432)
        yield wire
        wire.cut()


@pytest.fixture
def workers(wire, settings, tmp_path) -> Iterator[list[Flask]]:
    """Two processes' applications on one database at the end of the wire; the first one's context is ours."""
    with ExitStack() as ending:
        forget_everything()
        ending.callback(forget_everything)
        database = Postgresql()
        ending.callback(database.drop)
        parts = urlsplit(database.url)
        url = parts._replace(netloc=f"{parts.username or 'postgres'}@127.0.0.1:{wire.port}").geturl()
        apps = [create_app(replace(settings, instance=str(tmp_path / name), database_url=url)) for name in ("one", "two")]
        for app in apps:
            ending.callback(end, app)
        ending.enter_context(apps[0].app_context())
        yield apps


def end(app: Flask) -> None:
    with app.app_context():
        close_all_sessions()
        db.engine.dispose()


def spans(count: int) -> list[Span]:
    """What the processes wrote down, as soon as so many have."""
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        found = outages_since(db.session(), BEGINNING)
        db.session.rollback()
        if len(found) >= count:
            return found
        assert time.monotonic() < until, "the end of the outage was never written down"
        time.sleep(0.1)


def test_a_limited_attempt_gets_back_the_time_in_which_the_database_was_away(workers, wire):
    """3b, F12: a save in the outage is answered with 503 at once; afterwards the same save is taken, and what two processes noticed counts once."""
    person, at = a_person(db.session(), name="Ada de Wit"), now()
    deadline = at + timedelta(minutes=20)
    course = a_course(db.session(), document=a_course_document(attempt_minutes=20))
    attempt = an_attempt(db.session(), enrolment=a_reader(db.session(), person=person, course=course), course=course, at=at, deadline_at=deadline)
    base, chosen = f"/learn/principles/attempts/{attempt.uuid}", attempt.paper[0]["options"][0][0]
    browsers = [Browser(app, person) for app in workers]
    assert ends(browsers[0], base) == round(deadline.timestamp() * 1000)
    fields = [{"chosen": chosen, "csrf_token": ada.csrf_token()} for ada in browsers]
    cut_at = now()
    wire.cut()
    for ada, sent in zip(browsers, fields, strict=True):
        began = time.monotonic()
        assert ada.post(f"{base}/1/kept", sent, csrf=False, headers=JSON).status_code == 503
        assert time.monotonic() - began < 5
    time.sleep(1.5)
    assert browsers[0].get(base).status_code == 503
    wire.mend()
    found = spans(2)
    assert all(cut_at <= began < ended <= now() for began, ended in found)
    gained = credited(deadline, merged(found), started_at=at) - deadline
    assert timedelta(seconds=1.5) <= gained < sum((ended - began for began, ended in found), timedelta()), "once, not twice"
    for ada, sent in zip(browsers, fields, strict=True):
        assert ada.post(f"{base}/1/kept", sent, csrf=False, headers=JSON).status_code == 204
        assert ends(ada, base) == round((deadline + gained).timestamp() * 1000)
    assert [answer.chosen for answer in db.session.scalars(select(Answer))] == [[chosen]]


def ends(ada: Browser, path: str) -> int:
    """When the page's clock says that time is up, in milliseconds."""
    return int(ada.visit(path).select_one("[data-ends]")["data-ends"])


def test_a_connection_that_broke_is_no_outage(workers, wire):
    """Whoever meets it tries again; nobody's clock is touched, and the pool heals by itself."""
    db.session.execute(select(1))
    wire.cut()
    wire.mend()
    with pytest.raises(OperationalError):
        db.session.execute(select(1))
    db.session.rollback()
    workers[0].extensions["outages"].settle()
    assert db.session.scalar(select(1)) == 1
    assert outages_since(db.session(), BEGINNING) == []
