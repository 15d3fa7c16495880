"""What learners are told about who sees their learning, under each setting, and the switch that is theirs (P2, P3)."""

import pytest
import time_machine

from app.core.jobs import enqueue
from tests.conftest import NOON
from tests.factories.learners import a_certificate
from tests.support.holdings import columns_without_words
from tests.support.statements import counting_statements

SETTINGS = ("completed", "shared", "aggregates")
SWITCH = "Share this certificate with HR"
SEEN = {
    "completed": "HR sees by name what you completed, and what is mandatory for you.",
    "shared": "HR sees by name what is mandatory for you, and of the rest only the certificates that you share.",
    "aggregates": "HR sees by name only what is mandatory for you; all else is counted, of ten people or more together.",
}
TOLD = {"completed": "HR sees by name that you hold", "shared": "Nobody in HR sees by name", "aggregates": "Nobody in HR sees by name"}


def at(certificate):
    return f"/learn/certificates/{certificate.uuid}"


def buttons(page):
    """The deeds that a page offers about certificates."""
    return [button.get_text(strip=True) for button in page.select("form.deed .btn") if "har" in button.text]


@pytest.mark.parametrize("setting", SETTINGS)
def test_every_page_says_what_is_true_under_its_setting(browser, cast, session, seen, setting):
    seen(setting)
    certificate = a_certificate(session, person=cast.ada)
    ada = browser(cast.ada)
    page = ada.visit(at(certificate))
    assert TOLD[setting] in page.text
    assert buttons(page) == ([SWITCH] if setting == "shared" else [])
    assert SEEN[setting] in ada.visit("/me").text
    assert buttons(ada.visit("/me")) == (["Share with HR"] if setting == "shared" else [])
    everything = ada.visit("/me/everything").text
    assert everything.count(SEEN[setting]) == 2
    assert not any(SEEN[other] in everything for other in SETTINGS if other != setting)


def test_the_switch_is_pressed_on_the_certificate_and_says_since_when(browser, cast, session, seen):
    seen("shared")
    certificate = a_certificate(session, person=cast.ada)
    ada = browser(cast.ada)
    answer = ada.submit(ada.visit(at(certificate)), action="/sharing")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{at(certificate)}#with-hr")
    page = ada.visit(at(certificate))
    assert "HR sees this certificate by name from now on." in page.select_one(".flash").text
    assert "Shared with HR since" in page.text
    assert "Stop sharing" in buttons(page)
    ada.submit(page, action="/sharing/end")
    page = ada.visit(at(certificate))
    assert "Nobody in HR sees by name" in page.text
    assert buttons(page) == [SWITCH]


def test_the_switch_in_the_list_leads_back_to_the_list(browser, cast, session, seen):
    seen("shared")
    a_certificate(session, person=cast.ada)
    ada = browser(cast.ada)
    answer = ada.submit(ada.visit("/me"), action="/sharing?from=me")
    assert answer.headers["Location"] == "/me#certificates"
    page = ada.visit("/me")
    assert "Shared with HR since" in page.select_one("#certificates").text
    assert ada.submit(page, action="/sharing/end?from=me").headers["Location"] == "/me#certificates"


def test_everything_we_hold_shows_the_day_and_forgets_it(browser, cast, session, seen):
    """P3, P21."""
    seen("shared")
    certificate = a_certificate(session, person=cast.ada)
    with time_machine.travel(NOON, tick=False):
        ada = browser(cast.ada)
        ada.post(f"{at(certificate)}/sharing")
        assert "23 Nov 2026" in ada.visit("/me/everything").text
        assert columns_without_words(ada) == set()
        held = {row["code"]: row for holding in ada.get("/me/everything.json").json if holding["title"] == "Certificates" for row in holding["rows"]}
        assert held[certificate.code]["shared_at"].startswith("2026-11-23")
        ada.post(f"{at(certificate)}/sharing/end")
        assert '"shared_at": null' in ada.get("/me/everything.json").text


def test_after_the_house_became_stricter_the_learner_reads_that_it_has_no_effect_and_takes_it_back(browser, cast, session, seen):
    certificate = a_certificate(session, person=cast.ada, shared_at=NOON)
    ada = browser(cast.ada)
    assert buttons(ada.visit(at(certificate))) == []
    seen("aggregates")
    page = ada.visit(at(certificate))
    assert "so it has no effect" in page.text
    assert ada.submit(page, action="/sharing/end").status_code == 303
    assert buttons(ada.visit(at(certificate))) == []


@pytest.mark.parametrize("setting", ["completed", "aggregates"])
def test_pressed_where_it_decides_nothing_the_switch_says_so(browser, cast, session, seen, setting):
    """An old page in another tab, after the setting was changed."""
    certificate = a_certificate(session, person=cast.ada)
    seen(setting)
    ada = browser(cast.ada)
    assert ada.post(f"{at(certificate)}/sharing").status_code == 303
    assert "There is nothing to share" in ada.visit(at(certificate)).select_one(".flash").text
    session.refresh(certificate)
    assert certificate.shared_at is None


@pytest.mark.parametrize("setting", SETTINGS)
def test_whoever_has_the_code_reads_the_same_as_ever(browser, cast, session, seen, setting):
    """The learner gives the code away: the public page knows no setting."""
    certificate = a_certificate(session, person=cast.ada)
    before = browser().visit(f"/verify/{certificate.code}").main.get_text()
    seen(setting)
    assert browser().visit(f"/verify/{certificate.code}").main.get_text() == before


def test_the_pages_speak_dutch_and_cost_no_further_statement(browser, cast, session, seen):
    cast.ada.locale = "nl"
    certificate = a_certificate(session, person=cast.ada)
    ada = browser(cast.ada)
    with counting_statements() as before:
        ada.get(at(certificate))
    seen("shared")
    with counting_statements() as after:
        page = ada.visit(at(certificate))
    assert len(after) == len(before)
    assert "Dit certificaat met HR delen" in page.text
    assert "Met HR delen" in ada.visit("/me").text


@pytest.mark.parametrize(("setting", "said"), [("completed", False), ("shared", True), ("aggregates", False)])
def test_the_letter_with_a_certificate_says_that_it_may_be_shared_where_it_may(app, cast, session, seen, run_jobs, letters, setting, said):  # noqa: PLR0917
    seen(setting)
    certificate = a_certificate(session, person=cast.ada)
    enqueue(session, "learning.send_certificate", due_at=NOON, certificate=certificate.id)
    session.commit()
    run_jobs(NOON)
    (letter,) = letters()
    assert ("HR does not see it by name unless you share it" in letter) is said
