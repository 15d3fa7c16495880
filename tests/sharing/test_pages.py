"""The composer, handing over, and my shares, as people see them."""

import re
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from flask import g
from sqlalchemy import func, select

from app.people.rules import Audience
from app.sharing.models import Link, Share
from app.sharing.rules.drafts import LONGEST_BODY
from app.web.database import db
from app.web.slots import slot
from tests.factories.library import a_fit, an_edition
from tests.factories.people import a_person
from tests.factories.playbooks import a_policy
from tests.factories.sharing import a_right_to_share, a_share
from tests.sharing.conftest import CAPTION, statements, who_is
from tests.support.browser import BASE
from tests.support.holdings import columns_without_words

MINE = "Last month my own laptop died the day before a deadline. Four minutes later I was back at work."


def sent(browser, path="/share/laptops", **fields):
    page = browser.visit(path)
    return browser.submit(page, action="/share/laptops", **{"body": MINE, **fields})


def count(table) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(table))


def test_the_composer_shows_what_may_be_said_and_begins_empty(ada):
    page = ada.visit("/share/laptops")
    text = page.get_text(" ")
    assert "The battery comes out in four minutes." in text
    assert "What did you last repair yourself?" in text
    assert "Grace van Dijk" in text
    assert page.find("textarea", attrs={"name": "body"}).get_text(strip=True) == ""
    assert page.find(id="said").text == "I work at Meridian."
    assert CAPTION not in text


def test_every_network_has_a_composer_with_its_limit_and_preview(ada):
    for network, left in (("linkedin", "2,949"), ("x", "236"), ("bluesky", "249"), ("mastodon", "456"), ("threads", "449"), ("reddit", "281")):
        page = ada.visit(f"/share/laptops?network={network}")
        assert f"{left} left" in page.find(id="measures").get_text(" ")
    for network in ("facebook", "whatsapp", "telegram", "teams", "email", "sheet"):
        ada.visit(f"/share/laptops?network={network}")
    assert "linkedin" in str(ada.visit("/share/laptops?network=orkut").find("input", attrs={"name": "network"}))


def test_checking_says_everything_and_keeps_nothing(ada):
    page = ada.visit("/share/laptops")
    answer = ada.post(
        "/share/laptops/check", {"body": CAPTION, "network": "linkedin", "language": "en", "token": "x" * 10}, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 200
    assert "copied word for word" in answer.text
    assert "<html" not in answer.text
    whole = ada.submit(page, action="/share/laptops", body=MINE)  # the same form by its own button
    assert whole.status_code == 303
    assert count(Share) == 1


def test_the_check_button_shows_the_page_with_what_was_typed(ada):
    answer = ada.post("/share/laptops/check", {"body": "My team at Meridian did <b>this</b>.", "network": "x", "language": "en", "token": "x" * 10})
    assert answer.status_code == 200
    assert "My team at Meridian did &lt;b&gt;this&lt;/b&gt;." in answer.text
    assert "in your own words" in answer.text
    assert count(Share) == count(Link) == 0


@pytest.mark.parametrize(
    ("body", "language", "chip", "why"),
    [
        ("My team did this.", "en", "I work at Meridian.", "You write “my team”, and a stranger does not know where that is."),
        ("Bij ons kan dat.", "nl", "Ik werk bij Meridian.", "You write “bij ons”, and a stranger does not know where that is."),
        ("Look at this.", "en", "I work at Meridian.", ""),
        ("My team at Meridian did this.", "en", "", ""),
    ],
)
def test_who_speaks_of_work_without_the_companys_name_hears_why_a_sentence_stands_before_the_text(ada, body, language, chip, why):
    typed = {"body": body, "network": "x", "language": language, "token": "x" * 10}
    part = BeautifulSoup(ada.post("/share/laptops/check", typed, headers={"HX-Request": "true"}).text, "html.parser")
    said = part.select_one(".says-why")
    assert part.find(id="said").get_text() == chip
    assert (said.get_text() if said else "").startswith(why)
    assert bool(said) == bool(why)
    assert (said is None) or (chip in said.get_text() and said.get_text() in part.find(role="status").get_text())
    assert (f"{chip} {body}".strip()) in part.select_one("figure.preview").get_text(), "readers get what the words promise"


def test_a_check_without_what_belongs_to_the_form_is_refused(ada):
    assert ada.post("/share/laptops/check", {"body": "a", "network": "x", "evil": "1"}).status_code == 422
    assert ada.post("/share/laptops/check", {"body": "a", "network": "orkut", "language": "en", "token": "x" * 10}).status_code == 422
    assert ada.post("/share/laptops/check", {"body": "a"}, csrf=False).status_code == 400


def test_a_check_of_more_than_anything_takes_says_so_and_loses_nothing(ada):
    """T75: for a script a sentence, for a button the page with every letter."""
    typed = {"body": "a" * (LONGEST_BODY + 1), "network": "x", "language": "en", "token": "x" * 10}
    part = ada.post("/share/laptops/check", typed, headers={"HX-Request": "true"})
    whole = ada.post("/share/laptops/check", typed)
    assert (part.status_code, whole.status_code) == (422, 422)
    assert "Keep it to 64000 characters at most" in part.text
    assert BeautifulSoup(whole.text, "html.parser").select_one("#body").text.strip() == typed["body"]


def test_sharing_keeps_the_text_and_hands_it_to_the_network(ada):
    answer = sent(ada, network="x")
    assert answer.status_code == 303
    page = ada.visit(answer.headers["Location"])
    kept = db.session.scalars(select(Share)).one()
    assert page.find("textarea", id="text").text.strip() == kept.text
    way = page.find("a", href=re.compile(r"^https://x\.com/intent/tweet\?text="))
    assert way["target"] == "_blank"
    assert way["rel"] == ["noopener", "noreferrer"]
    assert page.find("button", attrs={"data-copy": "#text"}) is not None


@pytest.mark.parametrize("network", ["linkedin", "facebook"])
def test_a_network_that_takes_no_text_gets_it_copied_along(ada, network):
    page = ada.visit(sent(ada, network=network).headers["Location"])
    assert page.find("a", attrs={"target": "_blank", "data-copy": "#text"}) is not None
    assert "paste it there" in page.text


def test_a_text_about_a_recalled_story_is_not_handed_over_any_more(ada, session):
    place = sent(ada, network="x").headers["Location"]
    session.scalars(select(Link)).one().state = "recalled"
    session.commit()
    page = ada.visit(place)
    assert "do not post this any more" in page.text
    assert page.find("a", attrs={"target": "_blank"}) is None
    assert "take your post down" in ada.visit("/shares").text


def test_the_phones_sheet_is_offered_by_script_alone(ada):
    page = ada.visit(sent(ada, network="sheet").headers["Location"])
    assert page.find("a", attrs={"target": "_blank"}) is None
    assert page.find("button", attrs={"data-sheet": "#text"})["hidden"] is not None


def test_a_form_sent_twice_leads_to_one_share(ada):
    """T87."""
    page = ada.visit("/share/laptops")
    first, second = (ada.submit(page, action="/share/laptops", body=MINE) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert count(Share) == 1


@pytest.mark.parametrize(
    ("fields", "said"), [({"body": ""}, "Write something"), ({"body": CAPTION}, "word for word"), ({"body": "a" * 4000}, "characters too long")]
)
def test_what_may_not_be_sent_comes_back_with_what_was_typed_and_what_to_do(ada, fields, said):
    page = ada.visit("/share/laptops?network=x")
    answer = ada.submit(page, action="/share/laptops", **fields)
    assert answer.status_code == 422
    assert said in answer.text
    assert fields["body"] in answer.text
    assert count(Share) == 0


def test_the_network_and_the_server_used_last_are_offered_again(ada):
    sent(ada, network="mastodon", server="hachyderm.io")
    page = ada.visit("/share/laptops")
    assert page.find("input", attrs={"name": "network"})["value"] == "mastodon"
    assert page.find("input", attrs={"name": "server"})["value"] == "hachyderm.io"


def test_the_channel_is_judged_for_ones_own_country(ada, session, story):
    from app.library.models import Topic

    topic = session.scalars(select(Topic)).one()
    a_fit(session, topic=topic, network="linkedin", fit="good")
    a_fit(session, topic=topic, network="linkedin", country="NL", fit="poor")
    assert "Rarely does well on LinkedIn" in ada.visit("/share/laptops").text


def test_without_the_certificate_the_page_says_what_is_missing_and_the_deed_is_refused(browser, cast, story, session):
    a_policy(session)
    linus = browser(cast.linus)
    page = linus.visit("/share/laptops")
    assert "Enthusiast certificate" in page.text
    assert page.find("textarea") is None
    fields = {"body": MINE, "network": "x", "language": "en", "token": "x" * 10}
    assert linus.post("/share/laptops", fields).status_code == 403
    assert count(Share) == 0


def test_the_storys_page_leads_to_the_composer_or_to_what_is_missing(browser, cast, ada):
    assert ada.visit("/library/laptops").find("a", href="/share/laptops").text.strip() == "Share in your own words"
    assert "you need the Enthusiast certificate" in browser(cast.mallory).visit("/library/laptops").text


def test_what_one_may_not_see_looks_like_what_does_not_exist(browser, cast, session, certificate):
    """T22."""
    an_edition(session, author=cast.grace, slug="hidden", audience=Audience(countries=("BE",)))
    ada = browser(cast.ada)
    fields = {"body": MINE, "network": "x", "language": "en", "token": "x" * 10}
    hidden, absent = ada.get("/share/hidden"), ada.get("/share/absent")
    assert hidden.status_code == absent.status_code == 404
    assert hidden.data == absent.data
    for deed in ("", "/check"):
        one, other = ada.post(f"/share/hidden{deed}", fields), ada.post(f"/share/absent{deed}", fields)
        assert one.status_code == other.status_code == 404


def test_a_share_is_seen_by_its_writer_and_by_nobody_else(browser, cast, ada):
    """P13: not by the manager, not by HR, not by the hub, not by an administrator."""
    place = sent(ada).headers["Location"]
    for name, person in cast.everybody().items():
        page = browser(person)
        assert page.get(place).status_code == (200 if name == "ada" else 404)
        if name != "ada":
            assert page.post(f"{place}/posted", {"post_url": ""}).status_code == 404
            assert page.post(f"{place}/not-posted").status_code == 404
            assert MINE not in page.visit("/shares").text
    assert db.session.scalars(select(Share.status)).one() == "opened"
    assert browser().get(place).status_code == 303


def test_nobody_can_read_from_a_page_who_shared_a_story(browser, cast, session, story, certificate):
    """P8, P13: the story's page adds up from ten people on, and names nobody."""
    for number in range(10):
        person = a_person(session, name=f"Sharer {number}")
        a_share(session, by=person, edition=story, certificate=a_right_to_share(session, person=person), people=3)
    for person in cast.everybody().values():
        text = browser(person).visit("/library/laptops").text
        assert "People who read on" in text
        assert "30" in text
        assert "Sharer" not in text


def test_fewer_than_ten_sharers_look_like_none(browser, cast, session, story, certificate):
    """P8."""
    before = browser(cast.mallory).get("/library/laptops").data
    for number in range(9):
        person = a_person(session, name=f"Sharer {number}")
        a_share(session, by=person, edition=story, certificate=a_right_to_share(session, person=person), people=3)
    after = browser(cast.mallory).get("/library/laptops").data
    strip = re.compile(rb'(csrf[^>]+|nonce-[^"]+)')
    assert strip.sub(b"", before) == strip.sub(b"", after)


def test_answering_is_honest_and_may_change(ada):
    place = sent(ada).headers["Location"]
    page = ada.visit(place)
    wrong = ada.submit(page, action="/posted", post_url="https://evil.example/")
    assert wrong.status_code == 422
    assert "Paste the address of your post on LinkedIn" in wrong.text
    assert ada.submit(page, action="/posted", post_url="https://www.linkedin.com/feed/update/1").status_code == 303
    mine = ada.visit("/shares")
    assert "Posted" in mine.text
    assert mine.find("a", href="https://www.linkedin.com/feed/update/1")["rel"] == ["noopener", "noreferrer"]
    assert ada.submit(ada.visit(place), action="/not-posted").status_code == 303
    assert "Not posted" in ada.visit("/shares").text


def test_the_front_page_tells_of_what_somebody_read_and_of_nothing_else(app, session, story, cast, certificate):
    a_share(session, by=cast.ada, edition=story, certificate=certificate, network="bluesky", people=4)
    a_share(session, by=cast.ada, edition=story, certificate=certificate, network="x")
    a_share(session, by=cast.linus, edition=story, certificate=certificate, network="threads", people=9)
    for person, told in ((cast.ada, True), (cast.grace, False)):
        who = who_is(person)
        with app.app_context(), app.test_request_context(base_url="http://socii.test"):
            g.who = who
            part = str(slot("home.shares", who=who))
        assert ("Somebody read on" in part) is told
        assert ("Bluesky" in part) is told
        assert "Threads" not in part


def test_the_page_me_leads_to_my_shares(ada):
    assert ada.visit("/me").find("a", href="/shares") is not None


def test_everything_held_contains_every_text_as_sent(ada, session, cast, story):
    sent(ada)
    a_share(
        session,
        by=cast.linus,
        edition=story,
        certificate=a_right_to_share(session, person=cast.linus),
        text="A canary of Linus.\n\nhttp://socii.test/s/x",
    )
    text = ada.visit("/me/everything").text
    assert "What you shared" in text
    assert MINE in text
    assert "canary" not in text
    assert columns_without_words(ada) == set()


def test_a_leavers_links_go_on_and_the_account_shares_no_more(ada, session, cast, browser):
    """T12."""
    page = ada.visit("/share/laptops")
    sent(ada)
    code = session.scalars(select(Link.code)).one()
    cast.ada.status = "left"
    session.commit()
    answer = ada.submit(page, action="/share/laptops", body="Once more, from outside.", token="another-form-of-mine")
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/sign-in")
    assert count(Share) == 1
    assert browser().get(f"/s/{code}").status_code == 302


def test_pages_keep_their_statement_budgets(ada, session, cast, story, certificate):
    """SPEED §6: composer 6, my shares 3."""
    a_share(session, by=cast.ada, edition=story, certificate=certificate)
    for path, budget in (("/share/laptops", 6), ("/shares", 3)):
        ada.visit(path)
        with statements() as asked:
            ada.visit(path)
        assert len(asked) <= budget, asked
    for _ in range(15):
        a_share(session, by=cast.ada, edition=story, certificate=certificate)
    with statements() as asked:
        ada.visit("/shares")
    assert len(asked) <= 3


def test_pages_speak_dutch(session, browser, cast, story):
    a_policy(session)
    noor = a_person(session, name="Noor Ali", locale="nl")
    right = a_right_to_share(session, person=noor)
    page = browser(noor)
    composer = page.visit("/share/laptops")
    assert "In je eigen woorden" in composer.text
    assert composer.find(id="said").text == "Ik werk bij Meridian."
    place = page.submit(composer, action="/share/laptops", body="Mijn eigen laptop gaf het op.").headers["Location"]
    assert "Heb je het geplaatst?" in page.visit(place).text
    a_share(session, by=noor, edition=story, certificate=right, people=3)
    assert "Wat ik deelde" in page.visit("/shares").text
    assert "Voordat je deelt" in browser(a_person(session, name="Bo Li", locale="nl")).visit("/share/laptops").text


@pytest.mark.parametrize("text", ["שלום לכולם", "\u202eevil", "a\u0301" * 200, "👨\u200d👩\u200d👧\u200d👦" * 40, "W" * 800])
def test_any_script_stands_on_every_page(ada, text):
    """T89."""
    place = sent(ada, body=text).headers["Location"]
    for path in (place, "/shares"):
        page = ada.visit(path)
        assert page.find(attrs={"dir": "auto"}) is not None


@pytest.mark.parametrize("network", ["linkedin", "bluesky", "email", "sheet"])
def test_what_is_handed_to_a_network_has_no_mark_that_the_writer_did_not_set(ada, session, cast, network):
    """T89: a title, a name and words from right to left leave the house as they were written."""
    title = "מחשבים 3 שנים"
    an_edition(session, author=cast.grace, slug="hebrew", title={"en": title, "nl": title})
    cast.ada.name = "שרה 3"
    session.commit()
    form = ada.visit(f"/share/hebrew?network={network}")
    page = ada.visit(ada.submit(form, action="/share/hebrew", body=f"{title} ({title})").headers["Location"])
    handed = page.find("textarea", id="text").text + "".join(str(link["href"]) for link in page.select("a[target=_blank]"))
    handed += "".join(str(button["data-title"]) for button in page.select("[data-title]"))
    assert title in handed
    assert not any(mark in unquote(handed) for mark in "\u2068\u2069")


def test_a_post_written_before_one_signed_in_anew_waits_with_a_fresh_proof(ada):
    """T65."""
    path = "/share/laptops"
    headers = {"Accept": "text/html", "Referer": f"{BASE}{path}"}
    fields = {str(field["name"]): field.get("value") or "" for field in ada.visit(path).select("form.composer-form [name]")}
    fields |= {"body": MINE, "language": "en"}
    answer = ada.post(path, {**fields, "csrf_token": "of-another-session"}, csrf=False, headers=headers)
    page = BeautifulSoup(answer.text, "html.parser")
    assert answer.status_code == 400
    assert page.select_one("#body").text.strip() == MINE
    assert count(Share) == 0
    fields["csrf_token"] = page.select_one("form.composer-form [name=csrf_token]")["value"]
    assert ada.post(path, fields, csrf=False, headers=headers).status_code == 303
