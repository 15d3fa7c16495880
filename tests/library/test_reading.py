"""What readers see, and what they do not."""

from datetime import UTC, datetime, timedelta

import pytest

from app.people.rules import Audience
from tests.factories.library import TITLE, a_fit, a_story, a_topic, an_asset, an_edition

NOW = datetime.now(UTC)


def test_the_magazine_leads_with_the_newest_story_and_says_what_is_in_it_for_the_reader(browser, cast, session):
    an_edition(session, author=cast.grace, slug="older", title={"en": "An older story"})
    an_edition(session, author=cast.grace, slug="newest", opens_at=NOW - timedelta(hours=1))
    page = browser(cast.ada).visit("/library/")
    assert page.select_one(".story-lead-title").get_text(strip=True) == TITLE
    assert "You learn which two parts wear out first." in page.select_one(".story-lead").text
    assert [row.get_text(strip=True) for row in page.select(".row-title")] == ["An older story"]


def test_stories_are_searched_where_they_are_read_and_where_they_are_written(browser, cast, session):
    """The field that the key / reaches (static/src/base/keys.js)."""
    an_edition(session, author=cast.grace, slug="laptops")
    grace = browser(cast.grace)
    for path in ("/library/", "/library/laptops", "/hub/"):
        assert [form["action"] for form in grace.visit(path).select("form:has([data-search])")] == ["/search"]


def test_an_empty_library_says_what_will_be_there(browser, cast):
    assert "No stories yet" in browser(cast.ada).visit("/library/").text


def test_a_chip_shows_only_the_stories_about_its_topic(browser, cast, session):
    a_topic(session, slug="repair")
    a_topic(session, slug="security")
    an_edition(session, author=cast.grace, topics=("repair",), title={"en": "About repair"})
    an_edition(session, author=cast.grace, topics=("security",), title={"en": "About security"})
    ada = browser(cast.ada)
    assert "About security" in ada.visit("/library/").text
    page = ada.visit("/library/?topic=repair")
    assert "About repair" in page.text
    assert "About security" not in page.text
    ada.visit("/library/?topic=nonsense", status=404)


def test_a_story_has_its_facts_angles_contact_and_channel_advice(browser, cast, session):
    topic = a_topic(session, slug="repair")
    a_fit(session, topic=topic, network="linkedin", fit="good")
    a_fit(session, topic=topic, network="facebook", fit="fair")
    a_fit(session, topic=topic, network="facebook", fit="poor", country="NL")
    an_edition(session, author=cast.grace, slug="laptops", topics=("repair",))
    page = browser(cast.ada).visit("/library/laptops")
    assert page.h1.get_text(strip=True) == TITLE
    for words in ("The battery comes out in four minutes.", "What did you last repair yourself?", "Grace van Dijk answers within a day."):
        assert words in page.text
    assert [line.get_text(" ", strip=True) for line in page.select(".advice-head")] == ["LinkedIn Fits well", "Facebook Does not fit"]


def test_a_reader_of_another_language_gets_the_one_there_is_with_a_note(browser, cast, session):
    cast.ada.locale = "nl"
    session.commit()
    an_edition(session, author=cast.grace, slug="laptops")
    page = browser(cast.ada).visit("/library/laptops")
    assert page.html["lang"] == "nl"
    assert page.select_one("article.prose")["lang"] == "en"
    assert page.select_one(".story-note") is not None


def test_a_dutch_reader_gets_the_dutch_text(browser, cast, session):
    cast.ada.locale = "nl"
    session.commit()
    an_edition(session, author=cast.grace, slug="laptops", title={"en": TITLE, "nl": "Waarom onze laptops zeven jaar meegaan"})
    page = browser(cast.ada).visit("/library/laptops")
    assert page.h1.get_text(strip=True) == "Waarom onze laptops zeven jaar meegaan"
    assert page.select_one(".story-note") is None


@pytest.mark.parametrize(
    "hidden",
    [
        {"opens_at": NOW + timedelta(hours=1)},
        {"closes_at": NOW - timedelta(minutes=1)},
        {"withdrawn_at": NOW - timedelta(minutes=1)},
        {"audience": Audience(countries=("DE",))},
        {"audience": Audience(departments=("/research/",))},
        {"audience": Audience(languages=("nl",))},
        {"audience": Audience(roles=("spokesperson",))},
    ],
    ids=["embargoed", "over", "withdrawn", "country", "department", "language", "role"],
)
def test_what_is_not_open_for_a_reader_answers_like_what_does_not_exist(browser, cast, session, app, hidden):
    """T22, T23: a story that is not open for somebody, and its picture, are the 404 of nothing at all."""
    asset = an_asset(session, app.extensions["storage"], added_by=cast.grace)
    an_edition(session, author=cast.grace, slug="hidden", asset=asset, **hidden)
    ada = browser(cast.ada)
    nothing = ada.get("/library/nothing")
    assert nothing.status_code == 404
    assert TITLE not in ada.visit("/library/").text
    for path in ("/library/hidden", f"/library/pictures/{asset.uuid}/full"):
        answer = ada.get(path)
        assert answer.status_code == 404
        assert answer.data == nothing.data


def test_a_story_in_the_making_has_no_page(browser, cast, session):
    a_story(session, author=cast.grace, slug="a-draft", state="in_review")
    assert browser(cast.grace).get("/library/a-draft").status_code == 404


def test_an_unchanged_story_is_not_sent_again(browser, cast, session):
    an_edition(session, author=cast.grace, slug="laptops")
    ada = browser(cast.ada)
    first = ada.get("/library/laptops")
    again = ada.get("/library/laptops", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    other = browser(cast.linus).get("/library/laptops", headers={"If-None-Match": first.headers["ETag"]})
    assert other.status_code == 200


def test_the_picture_of_an_open_story_is_served_to_whoever_may_read_it(browser, cast, session, app):
    """T23: it is never run as a page, and only known sizes exist."""
    asset = an_asset(session, app.extensions["storage"], added_by=cast.grace)
    an_edition(session, author=cast.grace, slug="laptops", asset=asset)
    answer = browser(cast.ada).get(f"/library/pictures/{asset.uuid}/small")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "image/webp"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert browser(cast.ada).get(f"/library/pictures/{asset.uuid}/original").status_code == 404


def test_a_story_that_is_told_in_another_language_says_so_before_it_is_opened(browser, cast, session):
    english = {part: {"en": "Told once."} for part in ("title", "standfirst", "reader_value", "body")}
    for slug in ("first", "second"):
        an_edition(session, author=cast.grace, slug=slug, **english)
    cast.ada.locale = "nl"
    session.commit()
    assert [tag.text for tag in browser(cast.ada).visit("/library/").select(".told-in")] == ["in het Engels", "in het Engels"]
    assert not browser(cast.linus).visit("/library/").select(".told-in")
