"""Signing in, and what must not help an attacker."""

import threading
from datetime import UTC, datetime

import pytest
import time_machine

from app.people.models import AuditEntry, Throttle
from tests.factories.people import PASSWORD, a_person

ADDRESS = "noor@meridian.example"


@pytest.fixture
def noor(session):
    return a_person(session, name="Noor Ali", email=ADDRESS, password=PASSWORD)


def attempt(browser, email=ADDRESS, password=PASSWORD, path="/sign-in", **more):
    return browser.post(path, {"email": email, "password": password}, **more)


def test_the_right_password_opens_the_front_page(browser, noor):
    stranger = browser()
    stranger.visit("/sign-in")
    answer = attempt(stranger, email="Noor@Meridian.example")
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/"


def test_the_cookie_is_new_after_signing_in(browser, noor):
    """T13: a fixed session does not become a signed-in one."""
    stranger = browser()
    stranger.visit("/sign-in")
    before = stranger.client.get_cookie("socii", domain="socii.test")
    answer = attempt(stranger)
    cookie = answer.headers["Set-Cookie"]
    assert before is None or before.value not in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_a_wrong_password_an_unknown_address_and_a_leaver_get_the_same_answer(browser, noor, session):
    """T7: nobody learns who is here."""
    a_person(session, name="Gone Girl", email="gone@meridian.example", password=PASSWORD, status="left")
    answers = [
        attempt(browser(), email=email, password=word)
        for email, word in ((ADDRESS, "wrong"), ("nobody@meridian.example", "wrong"), ("gone@meridian.example", PASSWORD))
    ]
    assert {answer.status_code for answer in answers} == {422}
    assert all("do not belong together" in answer.text for answer in answers)


def test_ten_wrong_tries_close_the_account_for_a_while(browser, noor, session):
    """T4: one counter per account, whatever the spelling; the right password waits too."""
    with time_machine.travel(datetime(2026, 11, 23, 9, 0, tzinfo=UTC), tick=False) as clock:
        for number in range(10):
            assert attempt(browser(), email=ADDRESS.upper() if number % 2 else ADDRESS, password="wrong").status_code == 422
        blocked = attempt(browser())
        assert blocked.status_code == 429
        assert int(blocked.headers["Retry-After"]) > 0
        clock.shift(16 * 60)
        assert attempt(browser()).status_code == 303


def test_an_address_cannot_hide_behind_a_forged_header(browser, session):
    """T6: X-Forwarded-For from a peer that is no proxy changes nothing."""
    for number in range(200):
        attempt(browser(), email=f"guess{number}@meridian.example", password="x", headers={"X-Forwarded-For": f"10.0.0.{number}"})
    answer = attempt(browser(), email="another@meridian.example", password="x", headers={"X-Forwarded-For": "192.0.2.77"})
    assert answer.status_code == 429
    assert session.query(Throttle).filter(Throttle.failures >= 100).count() == 1
    assert {entry.address_class for entry in session.query(AuditEntry)} == {"127.0.0.0/24"}


def test_a_household_is_one_address_whatever_its_second_half(browser, session):
    """T6: whoever has IPv6 has more addresses than tries."""
    for number in range(100):
        attempt(browser(), email=f"guess{number}@meridian.example", password="x", environ_overrides={"REMOTE_ADDR": f"2001:db8:0:7::{number:x}"})
    for address, status in (("2001:db8:0:7:ffff::1", 429), ("2001:db8:0:8::1", 422)):
        assert attempt(browser(), email="another@meridian.example", password="x", environ_overrides={"REMOTE_ADDR": address}).status_code == status


@pytest.mark.parametrize(
    "onward",
    [
        "//evil.example",
        "/\\evil.example",
        "/%09/evil.example",
        "https:/evil.example",
        "https://evil.example",
        "/\t/evil",
        "javascript:alert(1)",
        "/a\r\nSet-Cookie: x=1",
        "///evil",
    ],
)
def test_signing_in_never_leads_away(browser, noor, onward):
    """T63: only a plain path of ours is followed."""
    from urllib.parse import quote

    answer = attempt(browser(), path=f"/sign-in?next={quote(onward, safe='')}")
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/"


def test_signing_in_leads_back_to_where_one_was_going(browser, noor):
    stranger = browser()
    asked = stranger.get("/me/settings")
    assert asked.headers["Location"] == "/sign-in?next=/me/settings"
    assert attempt(stranger, path=asked.headers["Location"]).headers["Location"] == "/me/settings"


@pytest.mark.parametrize(
    "data",
    [
        {"email": [ADDRESS, "evil@evil.example"]},
        {"email": f"{ADDRESS},evil@evil.example"},
        {"email": f"{ADDRESS}\r\nBcc: evil@evil.example"},
        {"email": f"{ADDRESS} evil@evil.example"},
    ],
)
def test_a_link_goes_to_the_stored_address_or_nowhere(browser, noor, run_jobs, letters, data):
    """T1: two addresses in one request never bring a letter to a stranger."""
    browser().post("/forgotten", data)
    run_jobs()
    assert len(letters()) <= 1
    assert all(f"To: {ADDRESS}" in letter and "evil" not in letter for letter in letters())


def test_a_list_as_json_brings_no_letter(browser, noor, run_jobs, letters):
    """T1: what is not a form is refused."""
    stranger = browser()
    answer = stranger.client.post("/forgotten", json={"email": [ADDRESS, "evil@evil.example"]}, base_url="http://socii.test")
    run_jobs()
    assert answer.status_code == 400
    assert letters() == []


def test_a_link_is_built_on_the_configured_address_and_works_once(browser, noor, run_jobs, letters):
    """T3, T12: neither Host nor forwarded host move the link; using it ends every session and the link."""
    inside = browser(noor)
    assert browser().post("/forgotten", {"email": ADDRESS}, headers={"X-Forwarded-Host": "evil.example"}).status_code == 303
    run_jobs()
    (letter,) = letters()
    assert "evil.example" not in letter
    link = letter.split("http://socii.test", 1)[1].split()[0]
    chooser = browser()
    assert chooser.post(link, {"password": "short"}).status_code == 422
    assert chooser.post(link, {"password": "nine calm whales drift by"}).status_code == 303
    assert chooser.post(link, {"password": "ten loud whales drift by"}).status_code == 410
    assert inside.get("/me").status_code == 303
    assert attempt(browser(), password="nine calm whales drift by").status_code == 303


def test_an_unknown_address_gets_the_same_answer_and_no_letter(browser, noor, run_jobs, letters):
    known, unknown = browser().post("/forgotten", {"email": ADDRESS}), browser().post("/forgotten", {"email": "nobody@meridian.example"})
    run_jobs()
    assert known.headers["Location"] == unknown.headers["Location"]
    assert len(letters()) == 1


def test_a_link_is_over_after_an_hour(browser, noor, run_jobs, letters):
    with time_machine.travel(datetime(2026, 11, 23, 9, 0, tzinfo=UTC), tick=False) as clock:
        browser().post("/forgotten", {"email": ADDRESS})
        run_jobs()
        link = letters()[0].split("http://socii.test", 1)[1].split()[0]
        clock.shift(3601)
        browser().visit(link, status=410)


def test_nobody_is_flooded_with_letters(browser, noor, run_jobs, letters):
    """L11: whoever asks again and again brings one letter in five minutes, and the link in it stays good."""
    with time_machine.travel(datetime(2026, 11, 23, 9, 0, tzinfo=UTC), tick=False) as clock:
        for _ in range(5):
            assert browser().post("/forgotten", {"email": ADDRESS}).status_code == 303
            run_jobs()
        assert len(letters()) == 1
        link = letters()[0].split("http://socii.test", 1)[1].split()[0]
        browser().visit(link)
        clock.shift(5 * 60)
        browser().post("/forgotten", {"email": ADDRESS})
        run_jobs()
        assert len(letters()) == 2


def test_one_address_cannot_ask_for_everybodys_letters(browser, noor, session):
    """L11, T7: known or not, it is the asking that counts; other addresses are not disturbed."""
    for number in range(100):
        assert browser().post("/forgotten", {"email": f"guess{number}@meridian.example"}).status_code == 303
    assert browser().post("/forgotten", {"email": ADDRESS}, headers={"X-Forwarded-For": "192.0.2.77"}).status_code == 429
    assert browser().post("/forgotten", {"email": ADDRESS}, environ_overrides={"REMOTE_ADDR": "198.51.100.7"}).status_code == 303


def test_others_come_in_while_a_letter_goes_out(app, browser, noor, run_jobs, monkeypatch):
    """F8: signing in writes, and a slow mail server is no reason to wait."""
    seen = []

    def come_in():
        with app.app_context():
            seen.append(attempt(browser()).status_code)

    class Slow:
        def send(self, _letter):
            other = threading.Thread(target=come_in)
            other.start()
            other.join()

    monkeypatch.setitem(app.extensions, "mailbox", Slow())
    browser().post("/forgotten", {"email": ADDRESS})
    run_jobs()
    assert seen == [303]
