"""The public policy page: for anybody, in both languages, cacheable."""

from datetime import date

import pytest

from tests.factories.playbooks import a_policy
from tests.support.statements import counting_statements


def test_anybody_reads_the_policy_without_signing_in(browser, session):
    a_policy(session)
    page = browser().visit("/policy")
    assert page.h1.text == "Our policy"
    assert "Version 1" in page.text
    assert [rule["id"] for rule in page.select("li[id]")] == ["say-so", "own-voice"]
    assert [label.get_text(strip=True) for label in page.select(".policy-label")] == ["Duty#", "Freedom#"]


def test_the_policy_speaks_the_language_that_is_asked_for(browser, session):
    a_policy(session)
    page = browser().visit("/policy?lang=nl")
    assert page.html["lang"] == "nl"
    assert "Our policy (nl)" in page.h1.text
    assert "Plicht" in page.text
    other = browser().visit("/policy", headers={"Accept-Language": "nl-BE, en;q=0.5"})
    assert other.html["lang"] == "nl"


def test_every_address_on_the_page_leads_somewhere(browser, session):
    a_policy(session)
    page = browser().visit("/policy")
    ids = {element["id"] for element in page.find_all(id=True)}
    assert {link["href"][1:] for link in page.find_all("a", href=lambda href: href and href.startswith("#"))} <= ids


def test_without_a_policy_in_force_there_is_no_page(browser, session):
    a_policy(session, effective_on=date(2999, 1, 1))
    browser().visit("/policy", status=404)


@pytest.mark.parametrize("name", ["ada", "hedy", "rosa", "mallory"])
def test_the_whole_cast_may_read_it(browser, cast, session, name):
    a_policy(session)
    browser(getattr(cast, name)).visit("/policy")


def test_caches_may_keep_the_page_for_strangers_and_ask_whether_it_changed(browser, session):
    a_policy(session)
    stranger = browser()
    first = stranger.get("/policy")
    assert first.headers["Cache-Control"] == "public, max-age=300"
    assert {"Accept-Language", "Cookie"} <= set(first.vary)
    assert "Set-Cookie" not in first.headers
    again = stranger.get("/policy", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    dutch = stranger.get("/policy?lang=nl", headers={"If-None-Match": first.headers["ETag"]})
    assert dutch.status_code == 200


def test_nobodys_own_page_is_kept_by_caches(browser, cast, session):
    a_policy(session)
    assert browser(cast.ada).get("/policy").headers["Cache-Control"] == "private, no-store"


def test_what_looks_like_a_template_or_markup_is_text(browser, session):
    """T52: an author's braces and angle brackets are printed as they stand."""
    hostile = "{{7*7}} <script>alert(1)</script>"
    a_policy(session, help={"en": hostile, "nl": hostile})
    answer = browser().get("/policy").text
    assert "{{7*7}} &lt;script&gt;alert(1)&lt;/script&gt;" in answer


def test_the_page_costs_two_statements_at_most(browser, session):
    a_policy(session)
    stranger = browser()
    stranger.get("/policy")
    with counting_statements() as sent:
        stranger.get("/policy")
    assert len(sent) == 1


def test_the_way_to_the_policy_stands_on_the_sign_in_page_and_on_ones_own(browser, cast, session):
    assert browser().visit("/sign-in").select_one("footer a[href='/policy']")
    assert browser(cast.ada).visit("/me").select_one("main a[href='/policy']")
