"""Signing in, and what must not help an attacker."""

from tests.factories.people import PASSWORD, a_person


def test_the_right_password_opens_the_front_page(browser, cast, session):
    a_person(session, name="Noor Ali", email="noor@meridian.example", password=PASSWORD)
    stranger = browser()
    stranger.visit("/sign-in")
    answer = stranger.post("/sign-in", {"email": "Noor@Meridian.example", "password": PASSWORD})
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/"


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(browser, session):
    a_person(session, name="Noor Ali", email="noor@meridian.example", password=PASSWORD)
    known = browser().post("/sign-in", {"email": "noor@meridian.example", "password": "wrong"})
    unknown = browser().post("/sign-in", {"email": "nobody@meridian.example", "password": "wrong"})
    assert known.status_code == unknown.status_code == 422
    assert "do not belong together" in known.text
