"""The quiz where there is script: nothing that was chosen is lost, and a limited time is counted by the server's clock."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page, expect

from app.demo.rules import PASSWORD
from tests.support.axe import violations
from tests.support.demo import House
from tests.support.learner import read_to_the_end
from tests.support.window import Window

OWN_WORDS = "in-your-own-words"
DAY_OFF = "(() => { window.shift = 86400000; const now = Date.now; Date.now = () => now() + window.shift; })();"
"""A device whose clock is a day ahead."""


def begin(here: Window, name: str = "linus") -> Page:
    """Read the course and start its quiz; returns the page with the first question."""
    page = here.sign_in(name, f"/learn/{OWN_WORDS}")
    here.send(".thumb a, .thumb button")
    read_to_the_end(here)
    here.go(f"/learn/{OWN_WORDS}")
    here.send(".thumb form[action$='/attempts'] button")
    return page


def limit(house: House, seconds: float) -> None:
    """Let the attempt that is open end in so many seconds."""
    ends = datetime.now(UTC) + timedelta(seconds=seconds)
    house.change("UPDATE learning_attempt SET deadline_at = ? WHERE state = 'open'", ends.strftime("%Y-%m-%d %H:%M:%S.%f"))


def choose(here: Window, number: int) -> str:
    """Choose an option by its number; returns its id."""
    here.press(here.page.locator(".choice-card").nth(number))
    return str(here.page.locator("[name=chosen]").nth(number).get_attribute("value"))


def kept(house: House) -> list[str]:
    """What the server has of every place of the newest attempt, as it is stored."""
    newest = "SELECT max(id) FROM learning_attempt"
    return [str(row[0]) for row in house.ask(f"SELECT chosen FROM learning_answer WHERE attempt_id = ({newest}) ORDER BY place")]


def forgive_the_tunnel(here: Window) -> None:
    """Chromium notes each request that a lost connection ends; that is what the story is about."""
    here.faults[:] = [fault for fault in here.faults if "ERR_INTERNET_DISCONNECTED" not in fault]


def test_what_is_chosen_is_on_the_other_device_though_nobody_pressed_anything(house: House, window: Callable[..., Window]) -> None:
    here = window()
    page = begin(here)
    choose(here, 0)
    chosen = choose(here, 1)
    expect(page.locator(".answer-kept")).to_have_text(re.compile("Saved|Opgeslagen"))
    assert not violations(page)
    assert chosen in kept(house)[0]
    question = page.url
    here.page.close()
    other = window(size="desktop" if here.size == "phone" else "phone")
    again = other.sign_in("linus", question.removeprefix(house.address))
    assert chosen in again.locator("[name=chosen]:checked").evaluate_all("(found) => found.map((one) => one.value)")
    assert again.locator(".places-row [aria-current].place-answered").count() == 1
    other.send("button[form=answer]")
    assert again.url.endswith("/2")


def test_an_answer_given_in_a_tunnel_waits_on_the_device_even_when_the_page_is_gone(house: House, open_window: Callable[..., Window]) -> None:
    here = open_window(size="phone")
    page = begin(here)
    question = page.url
    here.context.set_offline(True)
    chosen = choose(here, 1)
    expect(page.locator(".answer-kept[data-state=careful]")).to_be_visible()
    expect(page.locator("#announcer")).not_to_be_empty()
    here.press("button[form=answer]")
    page.wait_for_timeout(300)
    assert page.url == question, "it does not go on as if nothing were"
    asked: list[str] = []
    page.on("dialog", lambda leave: (asked.append(leave.type), leave.accept()))
    page.close(run_before_unload=True)
    page.wait_for_event("close") if not page.is_closed() else None
    assert asked == ["beforeunload"], "leaving asks first"
    assert kept(house) == []
    here.context.set_offline(False)
    here.page = here.context.new_page()
    here.page.goto(re.sub(r"/\d+$", "", question))
    expect(here.page.locator(".badge-done")).to_have_count(1)
    assert chosen in kept(house)[0], "the overview sent it and shows it"
    forgive_the_tunnel(here)


def test_a_lost_connection_that_comes_back_needs_no_hand(house: House, open_window: Callable[..., Window]) -> None:
    here = open_window(size="desktop")
    page = begin(here)
    here.context.set_offline(True)
    chosen = choose(here, 2)
    expect(page.locator(".answer-kept[data-state=careful]")).to_be_visible()
    here.context.set_offline(False)
    expect(page.locator(".answer-kept")).to_have_text(re.compile("Saved|Opgeslagen"))
    assert chosen in kept(house)[0]
    assert page.evaluate("Object.keys(localStorage)") == []
    forgive_the_tunnel(here)


def test_an_answer_outlives_the_session_it_was_given_in(house: House, open_window: Callable[..., Window]) -> None:
    here = open_window(size="desktop")
    page = begin(here)
    question = page.url
    house.change("DELETE FROM people_session")
    chosen = choose(here, 0)
    expect(page.locator(".answer-kept[data-state=careful]")).to_be_visible()
    assert kept(house) == []
    page.once("dialog", lambda leave: leave.accept())
    page.goto(question)
    form = page.locator("form", has=page.locator("input[type=email]")).first
    form.locator("input[type=email]").fill("linus@meridian.example")
    form.locator("input[name=password]").fill(PASSWORD)
    here.send(form.locator("button[type=submit]"))
    expect(page.locator(".answer-kept")).to_have_text(re.compile("Saved|Opgeslagen"))
    assert chosen in kept(house)[0]


def test_the_clock_is_the_servers_whatever_the_device_believes(house: House, open_window: Callable[..., Window]) -> None:
    here = open_window(size="desktop")
    here.context.add_init_script(DAY_OFF)
    page = begin(here)
    limit(house, 605)
    page.reload()
    timer = page.get_by_role("timer")
    expect(timer).to_have_text(re.compile(r"^10:0[0-5]$"))
    expect(timer).to_have_text(re.compile(r"^9:5\d$"), timeout=12_000)
    expect(page.locator("#announcer")).to_have_text(re.compile(r"10 minut"))
    assert page.evaluate("document.activeElement === document.body"), "it takes no focus"
    page.evaluate("window.shift = -86400000")
    page.wait_for_timeout(1000)
    expect(timer).to_have_text(re.compile(r"^9:[345]\d$"))
    assert not violations(page)


def test_when_time_is_up_what_was_chosen_is_handed_in_and_judged(house: House, window: Callable[..., Window]) -> None:
    here = window()
    page = begin(here)
    chosen = choose(here, 0)
    expect(page.locator(".answer-kept")).to_have_text(re.compile("Saved|Opgeslagen"))
    limit(house, 6)
    page.reload()
    expect(page.locator(".time-left.time-near")).to_be_visible()
    last = choose(here, 1)
    page.wait_for_url(re.compile(r"/attempts/[0-9a-f-]{36}$"))
    page.wait_for_selector("#score")
    assert house.ask("SELECT state FROM learning_attempt ORDER BY id DESC LIMIT 1") == [("submitted",)]
    assert (last in kept(house)[0]) or (chosen in kept(house)[0])
    assert page.locator(".judged").count() == 10, "what was not answered is told too"


def test_the_clock_asks_for_what_an_outage_took_before_it_hands_in(house: House, window: Callable[..., Window]) -> None:
    """RELIABILITY 3b: timer credited. Nobody reloaded the page: the script finds the new end by itself."""
    here = window()
    page = begin(here)
    choose(here, 0)
    limit(house, 5)
    page.reload()
    at, stored = datetime.now(UTC), "%Y-%m-%d %H:%M:%S.%f"
    house.change("UPDATE learning_attempt SET started_at = ? WHERE state = 'open'", (at - timedelta(minutes=9)).strftime(stored))
    outage = [(at - timedelta(minutes=8)).strftime(stored), (at - timedelta(minutes=3)).strftime(stored)]
    house.change("INSERT INTO core_outage (began_at, ended_at) VALUES (?, ?)", *outage)
    expect(page.locator(".time-left")).to_have_text(re.compile(r"4:5\d"), timeout=20_000)
    assert house.ask("SELECT state FROM learning_attempt ORDER BY id DESC LIMIT 1") == [("open",)]
    choose(here, 1)
    house.change("DELETE FROM core_outage")
    page.reload()
    page.wait_for_url(re.compile(r"/attempts/[0-9a-f-]{36}$"))
