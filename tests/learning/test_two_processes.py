"""T29: many starts and submissions over two real server processes on one database."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from urllib.parse import urlencode

import pytest

from app.core.clock import now
from app.core.models import Job, StoredEvent
from app.learning.actions.attempting import save_answer
from app.learning.models import Attempt, Certificate
from tests.factories.learners import a_reader, right_answers
from tests.factories.learning import a_course
from tests.support.server import Server

AT_ONCE = 50


@pytest.fixture
def servers(app, database, settings, tmp_path) -> Iterator[list[Server]]:
    """Two processes that know each other's cookies and share the database of this run, SQLite or PostgreSQL; no jobs run meanwhile."""
    with ExitStack() as ending:
        pair = []
        for name in ("one", "two"):
            (tmp_path / name).mkdir()
            pair.append(Server(tmp_path / name, DATABASE_URL=database.url, SOCII_SECRET=settings.secret, JOBS="none"))
            ending.callback(pair[-1].stop)
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(Server.start, pair))
        yield pair


def test_fifty_starts_and_submissions_over_two_processes_count_once(browser, cast, session, servers):
    """One attempt, one grade, one certificate, one letter, one event that says passed."""
    course = a_course(session)
    a_reader(session, person=cast.ada, course=course)
    ada = browser(cast.ada)
    body = urlencode({"csrf_token": ada.csrf_token()})
    cookie = ada.client.get_cookie("socii", domain="socii.test").value
    headers = {"Cookie": f"socii={cookie}", "Content-Type": "application/x-www-form-urlencoded"}

    def press(path):
        def one(number):
            connection = servers[number % 2].connect()
            connection.timeout = 30
            try:
                connection.request("POST", path, body, headers)
                answer = connection.getresponse()
                return answer.status, answer.headers["Location"]
            finally:
                connection.close()

        with ThreadPoolExecutor(8) as pool:
            return set(pool.map(one, range(AT_ONCE)))

    started = press("/learn/principles/attempts")
    assert [status for status, _place in started] == [303], started
    session.rollback()
    attempt = session.query(Attempt).one()
    for place, chosen in right_answers(attempt, course).items():
        save_answer(session, person_id=cast.ada.id, slug="principles", attempt=attempt.uuid, place=place, chosen=chosen, at=now())
    session.commit()
    submitted = press(f"/learn/principles/attempts/{attempt.uuid}/submission")
    assert [status for status, _place in submitted] == [303], submitted
    session.rollback()
    session.expire_all()
    attempt = session.query(Attempt).one()
    assert (attempt.state, attempt.score) == ("submitted", 100)
    assert session.query(Certificate).count() == 1
    assert sorted(name for (name,) in session.query(StoredEvent.name)) == ["CertificateIssued", "CoursePassed"]
    assert session.query(Job).filter_by(name="learning.send_certificate").count() == 1
