"""Following a link: where it leads, what it tells, and what it keeps."""

import time
from urllib.parse import quote

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from app.core.clock import now
from app.core.events import announce
from app.core.ids import new_code
from app.library.events import StoryRecalled
from app.sharing.models import Click, Link, Reads
from app.sharing.queries import destinations
from app.web.database import unit_of_work
from tests.factories.sharing import TARGET, a_bare_story, a_link
from tests.sharing.conftest import statements

READER = {"User-Agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari/604.1"}
TWISTED = "https://www.meridian.example/a%20b/%C3%A9?q=1+2&x=%2B&r=https%3A%2F%2Fe.example#top"


@pytest.fixture
def link(session, cast):
    return a_link(session, story=a_bare_story(session, by=cast.grace))


def recall(session, link):
    with unit_of_work() as work:
        announce(work, StoryRecalled(story_id=link.story_id, by_id=1), at=now())


def test_a_reader_is_sent_to_the_target_without_session_cookie_or_cache(browser, link):
    """P14."""
    answer = browser().get(f"/s/{link.code}", headers=READER)
    assert answer.status_code == 302
    assert answer.headers["Location"] == TARGET
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert "Referrer-Policy" in answer.headers
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")


@pytest.mark.parametrize("extra", ["", "?url=https://evil.example", "?next=//evil.example", "?redir_url=x&u=y", "?//evil.example", "?utm_source=me"])
@pytest.mark.parametrize("target", [TARGET, TWISTED])
def test_the_location_is_the_stored_address_byte_for_byte(browser, session, cast, target, extra):
    """T61."""
    link = a_link(session, story=a_bare_story(session, by=cast.grace), target=target)
    assert browser().get(f"/s/{link.code}{extra}", headers=READER).headers["Location"] == target


def test_a_signed_in_reader_is_not_recognised(browser, cast, link):
    """P14."""
    ada, path = browser(cast.ada), f"/s/{link.code}"
    ada.get(path, headers=READER)
    with statements() as sent:
        answer = ada.get(path, headers=READER)
    assert sent == []
    assert answer.status_code == 302
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_a_known_link_costs_no_statement_and_an_unknown_one_costs_one(browser, link):
    stranger, path = browser(), f"/s/{link.code}"
    with statements() as first:
        stranger.get(path, headers=READER)
    with statements() as second:
        stranger.get(path, headers=READER)
    assert (len(first), len(second)) == (1, 0)


def test_a_click_is_kept_by_hour_site_and_device_and_nothing_else(browser, session, link, drain):
    """P14."""
    browser().get(f"/s/{link.code}", headers={**READER, "Referer": "https://www.linkedin.com/feed/?me=ada", "X-Forwarded-For": "203.0.113.9"})
    drain()
    click = session.scalars(select(Click)).one()
    assert (click.link_id, click.referrer, click.device, click.country, click.robot) == (link.id, "www.linkedin.com", "phone", "", False)
    assert (click.hour.minute, click.hour.second, click.hour.microsecond) == (0, 0, 0)
    assert {column.name for column in Click.__table__.columns} == {
        "id",
        "link_id",
        "hour",
        "referrer",
        "device",
        "country",
        "robot",
        "openings",
        "readers",
    }


def test_the_journal_holds_no_address(browser, link, journals):
    """P14: the full address is never on disk."""
    browser().get(f"/s/{link.code}", headers={**READER, "X-Forwarded-For": "203.0.113.9"}, environ_overrides={"REMOTE_ADDR": "198.51.100.7"})
    written = b"".join(file.read_bytes() for file in journals.iterdir())
    assert len(written.splitlines()) == 2  # the end of the line before, and one line
    assert b"203.0.113.9" not in written
    assert b"198.51.100.7" not in written


def test_people_and_robots_are_told_apart_and_head_and_prefetch_do_not_count(browser, session, link, drain):
    stranger = browser()
    path = f"/s/{link.code}"
    for _ in range(3):
        stranger.get(path, headers=READER)
    stranger.get(path, headers={"User-Agent": "Mozilla/5.0 (compatible; Bluesky Cardyb/1.1)"})
    stranger.get(path, headers={**READER, "Sec-Purpose": "prefetch"})
    assert stranger.client.head(path, base_url="http://socii.test", headers=READER).status_code == 302
    drain()
    reads = session.get(Reads, link.id)
    assert (reads.people, reads.robots) == (3, 1)


def test_an_unknown_code_and_a_recalled_one_get_the_same_answer(browser, session, link, run_jobs):
    """T64."""
    recall(session, link)
    run_jobs()
    stranger = browser()
    stranger.visit(f"/s/{link.code}")
    recalled, unknown, odd = (stranger.get(f"/s/{code}", headers=READER) for code in (link.code, new_code(), "x"))
    assert recalled.data == unknown.data == odd.data
    assert recalled.status_code == unknown.status_code == odd.status_code == 200
    plain = [{name: value for name, value in answer.headers if name != "X-Request-Id"} for answer in (recalled, unknown, odd)]
    plain = [{name: value for name, value in each.items() if name != "Content-Security-Policy"} for each in plain]
    assert plain[0] == plain[1] == plain[2]
    assert "Set-Cookie" not in recalled.headers


def test_the_neutral_page_speaks_the_readers_language(browser):
    stranger = browser()
    assert "no longer here" in stranger.visit(f"/s/{new_code()}").text
    assert "staat hier niet meer" in stranger.visit(f"/s/{new_code()}", headers={"Accept-Language": "nl"}).text


def test_a_recall_works_within_seconds_on_links_that_are_known(browser, session, link, run_jobs, monkeypatch):
    stranger = browser()
    assert stranger.get(f"/s/{link.code}", headers=READER).status_code == 302
    recall(session, link)
    run_jobs()
    later = time.monotonic() + destinations.GOOD_SECONDS + 0.1
    assert destinations.GOOD_SECONDS <= 5
    browser_app = stranger.app.extensions["doorway"].destinations
    monkeypatch.setattr(browser_app, "_clock", lambda: later)
    assert stranger.get(f"/s/{link.code}", headers=READER).status_code == 200


def test_links_are_answered_while_the_database_is_away(browser, link, monkeypatch):
    """G12: what is known stays good, and what is not says so."""
    stranger = browser()
    assert stranger.get(f"/s/{link.code}", headers=READER).status_code == 302
    place = stranger.app.extensions["doorway"].destinations

    def nobody_there():
        raise OperationalError("connect", {}, Exception("refused"))

    monkeypatch.setattr(place, "_open", nobody_there)
    for minutes in (1, 60):
        monkeypatch.setattr(place, "_clock", lambda minutes=minutes: time.monotonic() + 60 * minutes)
        assert stranger.get(f"/s/{link.code}", headers=READER).headers["Location"] == TARGET
    assert stranger.get(f"/s/{new_code()}", headers=READER).status_code == 503


def test_guessing_codes_ends_after_sixty_misses_a_minute_and_known_links_go_on(browser, session, cast, link, monkeypatch):
    """T64 and T6: another X-Forwarded-For from a peer that is no proxy changes nothing."""
    stranger = browser()
    stranger.get(f"/s/{link.code}", headers=READER)
    answers = [stranger.get(f"/s/{new_code()}", headers={**READER, "X-Forwarded-For": f"203.0.113.{number}"}).status_code for number in range(70)]
    assert answers[:60] == [200] * 60
    assert set(answers[60:]) == {429}
    other = a_link(session, story=a_bare_story(session, by=cast.grace, slug="other"))
    assert stranger.get(f"/s/{link.code}", headers=READER).status_code == 302
    place = stranger.app.extensions["doorway"].destinations
    monkeypatch.setattr(place, "_clock", lambda: time.monotonic() + 60)  # what is known is old by now, and known all the same
    assert stranger.get(f"/s/{link.code}", headers=READER).status_code == 302
    assert stranger.get(f"/s/{other.code}", headers=READER).status_code == 429
    elsewhere = stranger.get(f"/s/{other.code}", headers=READER, environ_overrides={"REMOTE_ADDR": "198.51.100.7"})
    assert elsewhere.status_code == 302


def test_ten_thousand_guesses_hit_nothing(session, link):
    """T64: below HTTP, where no limit stops them."""
    assert [guess for guess in (new_code() for _ in range(10_000)) if destinations.destination(session, guess) is not None] == []
    assert destinations.destination(session, link.code) is not None


def test_what_leads_nowhere_costs_the_same_whatever_the_reason(browser, session, cast, link):
    """T64: a code that nobody has, and a link that was recalled: the same bytes (see above) for the same statement."""
    recalled = a_link(session, story=a_bare_story(session, by=cast.grace, slug="gone"), state="recalled")
    costs = []
    for code in (new_code(), recalled.code):
        with statements() as sent:
            browser().get(f"/s/{code}", headers=READER)
        costs.append(list(sent))
    assert len(costs[0]) == 1
    assert costs[0] == costs[1]


def test_codes_are_ten_random_letters_that_cannot_be_mistaken(session, cast):
    """T64: 58 bits from the system's generator."""
    codes = {new_code() for _ in range(2000)}
    assert len(codes) == 2000
    assert all(len(code) == 10 and not set(code) & set("0OIl") for code in codes)


@pytest.mark.parametrize("code", ["%00", "a" * 300, quote("é" * 10), "..%2f..%2f"])
def test_odd_codes_ask_nobody(browser, code):
    with statements() as sent:
        answer = browser().get(f"/s/{code}", headers=READER)
    assert answer.status_code in {200, 404}
    assert sent == []


def test_a_full_disk_costs_the_click_and_not_the_reader(browser, link, monkeypatch):
    """F5."""
    stranger = browser()
    stranger.get(f"/s/{link.code}", headers=READER)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.write", full)
    assert stranger.get(f"/s/{link.code}", headers=READER).status_code == 302


def test_guessing_does_not_push_out_links_that_people_read(browser, link, monkeypatch):
    monkeypatch.setattr(destinations, "MOST_UNKNOWN", 5)
    place = browser().app.extensions["doorway"].destinations
    place.ask(link.code)
    for _ in range(20):
        place.ask(new_code())
    assert len(place._missing) == 5
    assert place.cached(link.code)[1] is not None
    assert link.code in place._found


def test_links_of_other_stories_stay_open_at_a_recall(session, cast, link, run_jobs):
    other = a_link(session, story=a_bare_story(session, by=cast.grace, slug="other"))
    recall(session, link)
    run_jobs()
    states = dict(session.execute(select(Link.id, Link.state)).all())
    assert states == {link.id: "recalled", other.id: "open"}
