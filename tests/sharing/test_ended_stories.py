"""A share whose story is over says so, keeps the text as it was sent, and links to no page that is not there."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import update

from app.library.models import Edition
from app.people.rules import Audience
from app.sharing.models import Link, Reads
from app.web.database import db
from tests.factories.library import an_edition
from tests.factories.people import a_person
from tests.factories.playbooks import a_policy
from tests.factories.sharing import a_right_to_share, a_share

PAST = datetime(2026, 2, 1, tzinfo=UTC)
TEXT = "I work at Meridian. I mended mine."


@pytest.fixture
def edition(session, cast):
    cast.ada.country = "NL"
    return an_edition(
        session,
        author=cast.grace,
        slug="laptops",
        audience=Audience(countries=("NL",)),
        title={"en": "Laptops that last", "nl": "Laptops die lang meegaan"},
    )


@pytest.fixture
def share(session, cast, edition):
    a_policy(session)
    return a_share(session, by=cast.ada, edition=edition, certificate=a_right_to_share(session, person=cast.ada))


def ended(edition, _person):
    edition.closes_at = PAST


def left_the_audience(_edition, person):
    person.country = "BE"


def links_to_story(page) -> list[str]:
    return [link["href"] for link in page.find_all("a", href=True) if link["href"].startswith("/library/")]


def test_a_share_of_an_open_story_links_to_it(browser, cast, share):
    ada = browser(cast.ada)
    for path in ("/shares", f"/shares/{share.uuid}"):
        page = ada.visit(path)
        assert "/library/laptops" in links_to_story(page)
        assert ada.get("/library/laptops").status_code == 200
        assert "has ended" not in page.text


@pytest.mark.parametrize("over", [ended, left_the_audience])
def test_a_share_of_a_story_that_is_over_says_so_and_links_nowhere(browser, cast, share, over):
    over(db.session.get(Edition, share.edition_id), cast.ada)
    db.session.commit()
    ada = browser(cast.ada)
    assert ada.get("/library/laptops").status_code == 404
    for path in ("/shares", f"/shares/{share.uuid}"):
        page = ada.visit(path)
        assert "/library/laptops" not in links_to_story(page)
        assert "Laptops that last" in page.text
        assert "This story has ended" in page.text
        assert "I mended mine." in page.get_text(" ")


@pytest.mark.parametrize("over", [ended, left_the_audience])
@pytest.mark.parametrize("network", ["linkedin", "bluesky", "sheet"])
def test_a_share_of_a_story_that_is_over_offers_no_posting_but_may_still_be_answered(browser, cast, share, over, network):
    share.network = network
    db.session.add(Reads(link_id=share.link_id, people=3, readers=3))
    db.session.commit()
    place, ada = f"/shares/{share.uuid}", browser(cast.ada)
    assert ada.visit(place).find("button", attrs={"data-sheet": True}) is not None
    over(db.session.get(Edition, share.edition_id), cast.ada)
    db.session.commit()
    page = ada.visit(place)
    assert page.h1.text.startswith("Your text")
    assert page.find("a", attrs={"target": "_blank"}) is None
    assert page.find("button", attrs={"data-sheet": True}) is None
    assert "I mended mine." in page.find("textarea", id="text").text
    assert "About 3 readers" in page.find(class_="share-reads").text
    assert ada.submit(page, action="/not-posted").status_code == 303
    assert ada.submit(ada.visit(place), action="/posted").status_code == 303
    assert "Posted" in ada.visit("/shares").text


def test_a_share_of_a_recalled_story_says_so_and_links_nowhere(browser, session, cast, share, edition):
    edition.withdrawn_at = PAST
    session.execute(update(Link).where(Link.id == share.link_id).values(state="recalled"))
    session.commit()
    ada = browser(cast.ada)
    for path in ("/shares", f"/shares/{share.uuid}"):
        page = ada.visit(path)
        assert "/library/laptops" not in links_to_story(page)
        assert "has been recalled" in page.text
        assert "has ended" not in page.text
        assert "I mended mine." in page.get_text(" ")


def test_the_words_are_dutch_too(browser, session, share, edition):
    edition.closes_at = PAST
    noor = a_person(session, name="Noor Ali", locale="nl")
    a_share(session, by=noor, edition=edition, certificate=a_right_to_share(session, person=noor))
    assert "Dit verhaal is afgelopen" in browser(noor).visit("/shares").text
