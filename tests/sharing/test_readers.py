"""P14: readers are counted once a day and link, by marks that say nothing of them and are gone when the day is over."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.sharing.actions.counting import note_click, store_clicks
from app.sharing.adapters import journal as files
from app.sharing.adapters.journal import Journal
from app.sharing.jobs import tidy
from app.sharing.models import Click, DayKey, Reader, Reads
from app.sharing.models import Journal as Stored
from app.sharing.queries.day_keys import DayKeys
from app.sharing.rules.readers import Hit, hit, mark
from app.web.database import unit_of_work
from tests.factories.sharing import a_bare_story, a_link

NOON = datetime(2026, 11, 23, 12, 30, tzinfo=UTC)
DAY = timedelta(days=1)
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari/604.1"
ROBOT = "Mozilla/5.0 (compatible; Bluesky Cardyb/1.1)"
HOME = "198.51.100.7"


@pytest.fixture
def link(session, cast):
    return a_link(session, story=a_bare_story(session, by=cast.grace))


@dataclass(frozen=True)
class Street:
    """A link in the open street: who opens it, when the keys change, and what comes of it."""

    app: Flask
    session: Session
    id: int
    renew: Callable[[datetime], None]
    drain: Callable[[], int]

    @property
    def keys(self) -> DayKeys:
        """The keys of this process."""
        return self.app.extensions["doorway"].keys

    def open(self, address: str = HOME, agent: str = FIREFOX, *, link: int = 0, at: datetime = NOON, **headers: str) -> None:
        """Somebody opens the link."""
        environ = {"REQUEST_METHOD": "GET", "REMOTE_ADDR": address, "HTTP_USER_AGENT": agent, **headers}
        note_click(self.app.extensions["doorway"], link or self.id, environ, request="", at=at)

    def counts(self, link: int = 0) -> tuple[int, int, int]:
        """Readers, openings by people, openings by robots; the rows of clicks must add up to the same."""
        self.session.rollback()
        reads = self.session.get(Reads, link or self.id)
        sums = (func.coalesce(func.sum(number), 0) for number in (Click.readers, Click.openings))
        rows = self.session.execute(select(*sums).where(Click.link_id == (link or self.id), Click.robot.is_(False))).one()
        assert tuple(rows) == (reads.readers, reads.people)
        return reads.readers, reads.people, reads.robots


@pytest.fixture
def street(app, session, link, renew, drain):
    return Street(app, session, link.id, renew, drain)


def test_a_reader_counts_once_a_day_and_an_opening_each_time(street, session):
    street.renew(NOON)
    for _ in range(3):
        street.open()
    street.drain()
    street.open(at=NOON + timedelta(hours=5))
    street.open(HTTP_REFERER="https://www.linkedin.com/")
    street.drain()
    assert street.counts() == (1, 5, 0)


def test_another_network_program_link_or_day_is_another_reader(session, cast, street):
    other = a_link(session, story=a_bare_story(session, by=cast.grace, slug="other")).id
    street.renew(NOON)
    street.open()
    street.open(address="198.51.100.8")
    street.open(agent=SAFARI)
    street.open(link=other)
    street.drain()
    street.renew(NOON + DAY)
    street.open(at=NOON + DAY)
    street.drain()
    assert street.counts() == (4, 4, 0)
    assert street.counts(other) == (1, 1, 0)


def test_a_reader_of_two_processes_is_one(street, session, journals):
    street.renew(NOON)
    own, other = street.keys, DayKeys(street.app.config["SECRET_KEY"])
    other.learn(session, at=NOON)
    assert own.of(NOON) == other.of(NOON) is not None
    for _ in range(2):
        journal = Journal(journals)
        journal.append(Hit(street.id, NOON.replace(minute=0), mark=mark(own.of(NOON), street.id, HOME, FIREFOX)))
        journal.close()
    street.drain()
    assert street.counts() == (1, 2, 0)


@pytest.mark.parametrize("wish", [{"HTTP_SEC_GPC": "1"}, {"HTTP_DNT": "1"}, {"HTTP_USER_AGENT": ROBOT}, {"HTTP_USER_AGENT": ""}])
def test_who_asks_not_to_be_followed_and_no_robot_gets_a_mark(wish):
    environ = {"REQUEST_METHOD": "GET", "REMOTE_ADDR": HOME, "HTTP_USER_AGENT": FIREFOX}
    assert hit(7, environ, at=NOON, key=b"k" * 32).mark
    assert hit(7, {**environ, **wish}, at=NOON, key=b"k" * 32).mark == ""


def test_who_asks_not_to_be_followed_counts_as_opened_only(street, session):
    street.renew(NOON)
    street.open(HTTP_SEC_GPC="1")
    street.open(HTTP_DNT="1")
    street.open(agent=ROBOT)
    street.drain()
    assert street.counts() == (0, 2, 1)
    assert session.scalars(select(Reader)).all() == []


def test_neither_journal_nor_table_holds_an_address_or_a_program(street, session, journals):
    street.renew(NOON)
    street.open()
    street.open(address="2001:db8:7:7::1")
    written = b"".join(file.read_bytes() for file in journals.iterdir())
    street.drain()
    rows = [list(row) for table in (Click, Reader, Reads, Stored) for row in session.execute(select(*table.__table__.columns))]
    for said in (HOME, "2001:db8", "Firefox", "198.51"):
        assert said.encode() not in written
        assert said not in str(rows)


def test_a_mark_says_nothing_without_the_key_and_nothing_of_another_link_or_day(street, session):
    """The row of a key is of no use to whoever lacks the secret, so a backup tells nobody who read."""
    street.renew(NOON)
    key = session.scalars(select(DayKey.key)).one()
    ours, theirs = DayKeys("a secret"), DayKeys("another secret")
    for keys in (ours, theirs):
        keys.learn(session, at=NOON)
    assert len({ours.of(NOON), theirs.of(NOON), key.encode()}) == 3
    marks = [mark(ours.of(NOON), 1, HOME, FIREFOX), mark(ours.of(NOON), 2, HOME, FIREFOX), mark(theirs.of(NOON), 1, HOME, FIREFOX)]
    assert len(set(marks)) == 3
    assert {len(each) for each in marks} == {8}


def test_when_the_day_is_over_its_key_and_its_marks_are_gone_and_the_numbers_stay(street, session):
    street.renew(NOON)
    first, keys = session.scalars(select(DayKey.key)).one(), street.keys
    street.open()
    street.drain()
    before_midnight = NOON.replace(hour=23, minute=30)
    street.renew(before_midnight)
    assert session.scalar(select(func.count()).select_from(DayKey)) == 2
    midnight = before_midnight + timedelta(minutes=31)
    assert keys.of(midnight) is not None  # made an hour before it is needed
    street.renew(midnight)
    assert first not in session.scalars(select(DayKey.key)).all()
    assert keys.of(NOON) is None
    with unit_of_work() as work:
        tidy(work, {}, midnight)
    assert session.scalars(select(Reader)).all() == []
    assert street.counts() == (1, 1, 0)


def test_the_hourly_job_destroys_keys_where_no_process_answers_links(street, session):
    street.renew(NOON)
    with unit_of_work() as work:
        tidy(work, {}, NOON + timedelta(hours=11))
    assert session.scalar(select(func.count()).select_from(DayKey)) == 1
    with unit_of_work() as work:
        tidy(work, {}, NOON + timedelta(hours=12))
    session.rollback()
    assert session.scalar(select(func.count()).select_from(DayKey)) == 0


def test_while_the_key_is_not_known_links_are_answered_and_openings_counted(street):
    """G12: a process that could not reach the database since midnight counts clicks, and calls nobody a new reader."""
    street.open()
    street.drain()
    assert street.counts() == (0, 1, 0)


def test_what_was_written_before_midnight_and_stored_after_it_counts_once(street, session):
    street.renew(NOON)
    street.open()
    street.open()
    street.renew(NOON + DAY)
    street.drain()
    street.open(at=NOON + DAY)
    street.drain()
    assert street.counts() == (2, 3, 0)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff:1:2:3", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:198.51.100.7", HOME, True),
        ("fe80::1%eth0", "fe80::2%eth1", True),
        ("no:address", "no:address at all", False),
    ],
)
def test_a_household_is_one_network(one, other, same):
    key = b"k" * 32
    assert (mark(key, 7, one, FIREFOX) == mark(key, 7, other, FIREFOX)) is same


@pytest.mark.parametrize("torn", [b"7\t2026112312\t\tphone\tp\t12", b"7\t2026112312\t\tphone\tp\t1234567G", b"7\t2026112312\t\tphone\tp\t12345678\t"])
def test_a_torn_mark_is_no_mark(torn):
    assert files.hit_of(torn) is None


def test_a_line_of_before_has_no_mark():
    assert files.hit_of(b"7\t2026112312\twww.linkedin.com\tphone\tp") == Hit(7, NOON.replace(minute=0), "www.linkedin.com", "phone")


HITS = st.builds(
    lambda hours, device, robot, who: Hit(1, NOON.replace(minute=0) + timedelta(hours=hours), device=device, robot=robot, mark="" if robot else who),
    st.integers(0, 30),
    st.sampled_from(["phone", "desktop"]),
    st.booleans(),
    st.sampled_from(["", "0000000a", "0000000b", "0000000c"]),
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(hits=st.lists(HITS, max_size=30), block=st.integers(40, 400), crashes=st.sets(st.integers(0, 12)))
def test_wherever_blocks_end_and_crashes_fall_each_opening_and_each_reader_counts_once(street, tmp_path_factory, hits, block, crashes):
    """T29-like: block and offset are one transaction, and the marks stand in it."""
    for table in (Click, Reader, Reads, Stored):
        street.session.execute(delete(table))
    street.session.commit()
    folder = tmp_path_factory.mktemp("journals")
    journal = Journal(folder)
    for each in hits:
        journal.append(each._replace(link_id=street.id))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files, "BLOCK", block)
        store_all(folder, crashes)
    journal.close()
    people = [each for each in hits if not each.robot]
    marks = {(each.hour.date(), each.mark) for each in people if each.mark}
    assert not hits or street.counts() == (len(marks), len(people), len(hits) - len(people))


def store_all(folder, crashes):
    """Store block after block; before each commit that `crashes` names the process dies, and begins again."""
    for turn in count():
        with suppress(ZeroDivisionError), unit_of_work() as work:
            more = [store_clicks(work, folder, name) for name in files.journals(folder)]
            _ = 1 // (turn not in crashes)
            if not any(more):
                return
