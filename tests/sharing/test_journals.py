"""Clicks in journals: each is stored once, whatever ends when. T29-like: nothing is lost or doubled."""

import contextlib
import os
import threading
import time
from datetime import UTC, datetime, timedelta
from http.client import HTTPException
from pathlib import Path

import pytest
from sqlalchemy import create_engine, event, func, select, text

from app.core.ids import new_code
from app.sharing.actions.counting import store_clicks
from app.sharing.adapters import journal as files
from app.sharing.adapters.journal import Journal
from app.sharing.jobs import drain as drain_job
from app.sharing.jobs import tidy
from app.sharing.models import Click, Reads
from app.sharing.models import Journal as Stored
from app.sharing.rules.readers import Hit
from app.web.database import db, unit_of_work
from tests.factories.sharing import a_bare_story, a_link
from tests.support.bursts import burst
from tests.support.server import Server

HOUR = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def link(session, cast):
    return a_link(session, story=a_bare_story(session, by=cast.grace))


def clicks(session) -> int:
    session.rollback()  # a new transaction sees what others stored
    return session.scalar(select(func.coalesce(func.sum(Click.openings), 0)))


def written(folder, *hits: Hit) -> Journal:
    journal = Journal(folder)
    for hit in hits:
        journal.append(hit)
    return journal


def test_a_line_reads_as_it_was_written():
    for hit in (Hit(7, HOUR), Hit(123456789, HOUR, "www.linkedin.com", "phone", robot=True)):
        assert files.hit_of(files.line_of(hit).strip(b"\n")) == hit


@pytest.mark.parametrize(
    "torn", [b"", b"7", b"7\t20261", b"7\t2026112312\ta\tphone", b"x\t2026112312\ta\tphone\tp", b"7\t2026112312\ta\tphone\tq", b"\xff\xfe"]
)
def test_a_torn_line_is_no_click(torn):
    assert files.hit_of(torn) is None


def test_what_was_stored_is_not_stored_again(session, link, journals, drain):
    journal = written(journals, *[Hit(link.id, HOUR)] * 5)
    drain()
    drain()
    assert clicks(session) == 5
    journal.append(Hit(link.id, HOUR))
    drain()
    assert clicks(session) == 6
    assert session.get(Reads, link.id).people == 6


def test_a_crash_before_the_commit_stores_the_block_again_and_once(session, link, journals, drain):
    written(journals, *[Hit(link.id, HOUR)] * 5)
    name = files.journals(journals)[0]
    with pytest.raises(ZeroDivisionError), unit_of_work() as work:
        assert store_clicks(work, journals, name) / 0
    assert clicks(session) == 0
    drain()
    assert clicks(session) == 5


def test_many_blocks_are_stored_one_after_the_other(session, link, journals, drain, monkeypatch):
    monkeypatch.setattr(files, "BLOCK", 100)
    written(journals, *[Hit(link.id, HOUR)] * 50)
    assert drain() > 5
    assert clicks(session) == 50


def test_the_job_stores_each_block_in_a_transaction_of_its_own(app, session, link, journals, monkeypatch):
    """T82: of two who store, neither holds a link's numbers while it goes on to the next block, so that they cannot wait for each other."""
    monkeypatch.setattr(files, "BLOCK", 100)
    written(journals, *[Hit(link.id, HOUR)] * 50)
    session.rollback()
    commits = []

    @event.listens_for(db.engine, "commit")
    def note(connection):
        commits.append(connection)

    errand = drain_job(session, {}, HOUR)
    assert commits == []
    errand()
    event.remove(db.engine, "commit", note)
    assert len(commits) > 5
    assert clicks(session) == 50


def test_eight_who_store_many_blocks_at_once_store_each_click_once(app, session, cast, journals, monkeypatch):
    """T82: each journal has the same links in another order."""
    monkeypatch.setattr(files, "BLOCK", 100)
    story = a_bare_story(session, by=cast.grace)
    links = [a_link(session, story=story).id for _ in range(6)]
    for turn in range(4):
        written(journals, *[Hit(links[(turn + step // 5) % 6], HOUR) for step in range(30)])
    session.rollback()
    assert burst(app, lambda _work, _number: app.extensions["doorway"].drain(), count=8).count(None) == 0
    assert clicks(session) == 120
    assert sum(session.scalars(select(Reads.people))) == 120


def test_clicks_of_a_block_that_are_alike_are_one_row(session, link, journals, drain):
    phone = Hit(link.id, HOUR, "www.linkedin.com", "phone")
    written(journals, *[phone] * 4, Hit(link.id, HOUR), phone)
    drain()
    assert {click.device: click.openings for click in session.scalars(select(Click))} == {"phone": 5, "": 1}
    assert session.get(Reads, link.id).people == 6


def test_a_running_processs_journal_stays_and_a_left_one_is_finished_and_removed(session, link, journals, drain):
    running, over = written(journals, Hit(link.id, HOUR)), written(journals, Hit(link.id, HOUR))
    over.close()
    drain()
    assert clicks(session) == 2
    assert len(files.journals(journals)) == 1
    assert session.scalar(select(func.count()).select_from(Stored)) == 1
    running.append(Hit(link.id, HOUR))
    drain()
    assert clicks(session) == 3


def test_a_full_disk_tears_one_line_and_none_after_it(session, link, journals, drain, monkeypatch):
    """F5."""
    journal = written(journals, Hit(link.id, HOUR))
    whole = os.write
    monkeypatch.setattr("os.write", lambda file, line: whole(file, line[:9]))
    with pytest.raises(OSError, match="part"):
        journal.append(Hit(link.id, HOUR))
    monkeypatch.undo()
    journal.append(Hit(link.id, HOUR))
    drain()
    assert clicks(session) == 2


def test_a_click_on_a_link_that_is_gone_stops_nobody(session, link, journals, drain):
    written(journals, Hit(link.id + 999, HOUR), Hit(link.id, HOUR))
    drain()
    assert clicks(session) == 1


def test_the_minutes_job_adopts_what_others_left(session, link, journals, run_jobs, app):
    written(journals, Hit(link.id, HOUR)).close()
    engine = app.extensions["jobs"]
    engine.plan(HOUR)
    run_jobs(HOUR + timedelta(minutes=1))
    assert clicks(session) == 1
    engine.plan(HOUR + timedelta(minutes=2))
    run_jobs(HOUR + timedelta(minutes=3))
    assert files.journals(journals) == []


def test_single_clicks_are_forgotten_after_thirty_days_and_their_sum_is_not(session, link, journals, drain):
    """P19."""
    written(journals, Hit(link.id, HOUR))
    drain()
    with unit_of_work() as work:
        tidy(work, {}, HOUR + timedelta(days=30))
    assert clicks(session) == 1
    with unit_of_work() as work:
        tidy(work, {}, HOUR + timedelta(days=30, hours=1))
    assert clicks(session) == 0
    assert session.get(Reads, link.id).people == 1


@pytest.fixture
def server(tmp_path):
    server = Server(tmp_path)
    yield server
    server.kill()


def counted(database: Path) -> tuple[int, int]:
    engine = create_engine(f"sqlite:///{database}")
    with engine.connect() as connection:
        single = connection.execute(text("SELECT coalesce(sum(openings), 0) FROM sharing_click")).scalar_one()
        summed = connection.execute(text("SELECT coalesce(sum(people), 0) FROM sharing_reads")).scalar_one()
    engine.dispose()
    return single, summed


def test_a_hard_kill_at_full_load_loses_no_click_that_was_answered_and_doubles_none(server, tmp_path):
    """T29-like, SPEED §2: every 302 that a reader got is one click after the restart; at most those in flight are more."""
    code = prepared(tmp_path / "socii.sqlite3")
    server.start()
    agent = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}
    answered, stop, readers = [], threading.Event(), 8

    def read() -> None:
        count, connection = 0, server.connect()
        with contextlib.suppress(OSError, HTTPException):  # the kill cuts this reader off
            while not stop.is_set():
                connection.request("GET", f"/s/{code}", headers=agent)
                answer = connection.getresponse()
                answer.read()
                count += answer.status == 302
        connection.close()
        answered.append(count)

    threads = [threading.Thread(target=read) for _ in range(readers)]
    for thread in threads:
        thread.start()
    wait_until(lambda: counted(tmp_path / "socii.sqlite3")[0] > 300)
    server.kill()
    stop.set()
    for thread in threads:
        thread.join()
    total = sum(answered)
    server.start()
    assert server.get(f"/s/{code}", agent) == 302
    wait_until(lambda: counted(tmp_path / "socii.sqlite3")[0] >= total + 1)
    wait_until(lambda: len(files.journals(tmp_path / "journals")) == 1)
    single, summed = counted(tmp_path / "socii.sqlite3")
    assert single == summed
    assert total + 1 <= single <= total + 1 + readers


def prepared(file: Path) -> str:
    """A migrated database with one link in it; its code."""
    from alembic import command

    from app.web.migrating import alembic_config

    command.upgrade(alembic_config(f"sqlite:///{file}"), "head")
    engine, code = create_engine(f"sqlite:///{file}"), new_code()
    with engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.execute(
            text(
                "INSERT INTO sharing_link (id, code, story_id, network, target, state, created_at) "
                "VALUES (1, :code, 1, 'x', 'https://www.meridian.example/', 'open', '2026-01-05 09:00:00')"
            ),
            {"code": code},
        )
    engine.dispose()
    return code


def wait_until(holds, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not come to that in time"
        time.sleep(0.05)
