"""The preview looks like the story as each of its readers gets it, and keeps nothing."""

from bs4 import BeautifulSoup
from sqlalchemy import select

from app.library.models import Story
from tests.factories.library import a_fit, a_story, a_topic, an_asset
from tests.support.browser import offered
from tests.support.inspection import inspect_page
from tests.support.statements import counting_statements, writes
from tests.support.writer import somebody_writing

TOLD = {
    "title_en": "Laptops that last",
    "title_nl": "Laptops die blijven",
    "standfirst_en": "An introduction",
    "standfirst_nl": "Een inleiding",
    "reader_value_en": "You learn what wears out.",
    "reader_value_nl": "Je leert wat slijt.",
    "facts_en": "Four minutes",
    "facts_nl": "Vier minuten",
    "body_en": "## Inside\n\nSome **bold** <script>words</script>",
    "body_nl": "Wat *schuins*",
    "target_url": "https://www.meridian.example/laptops",
    "replies_within_hours": "48",
    "topics": ["repair"],
    "caption_linkedin_en": "We used to glue our keyboards in.",
    "caption_x_nl": "x" * 300,
}


def previewed(browser, path="/hub/stories/new", action="/hub/preview", **fields):
    form = browser.visit(path).select_one("form.editor")
    answer = browser.post(action, {**offered(form), **fields})
    page = BeautifulSoup(answer.text, "html.parser")
    inspect_page(page, action)
    return answer, page


def test_each_language_stands_as_its_reader_gets_it_the_words_around_it_included(browser, cast, session):
    a_fit(session, topic=a_topic(session, slug="repair"), network="linkedin", fit="good")
    answer, page = previewed(browser(cast.grace), **TOLD)
    assert answer.status_code == 200
    assert page.h1.text == "Laptops that last"
    english, dutch = page.select(".preview-told")
    assert "For your reader: You learn what wears out." in english.get_text(" ", strip=True)
    assert "Voor je lezer: Je leert wat slijt." in dutch.get_text(" ", strip=True)
    assert dutch.h2.text == "Laptops die blijven"
    assert "Grace van Dijk answers within 2 days." in english.text
    assert "Grace van Dijk antwoordt binnen 2 dagen." in dutch.text
    assert english.select_one(".prose strong").text == "bold"
    assert [each["lang"] for each in page.select(".read-place a")] == ["en", "nl"]
    assert len(page.select(".story-picture")) == 2
    assert english.select_one(".story-source a")["href"] == "https://www.meridian.example/laptops"
    assert "words" in english.text
    assert page.find("script", string=True) is None
    cast.hugo.locale = "nl"
    session.commit()
    assert previewed(browser(cast.hugo), **TOLD)[1].h1.text == "Laptops die blijven"


def test_each_example_stands_as_a_post_with_its_disclosure_its_card_and_its_length(browser, cast, session):
    a_topic(session, slug="repair")
    _answer, page = previewed(browser(cast.grace), **TOLD)
    linkedin, x = page.select("figure.preview")
    assert "I work at Meridian. We used to glue our keyboards in." in linkedin.text
    assert linkedin.select_one(".preview-link b").text == "Laptops that last"
    assert linkedin.select_one(".preview-link .quiet").text == "meridian.example"
    assert "left" in linkedin.figcaption.text
    assert "Ik werk bij Meridian." in x.text
    assert x["aria-label"] == "Zoals lezers het zien op X"
    assert "says-failed" in x.figcaption["class"], "what does not fit is said"


def test_a_story_that_is_kept_shows_its_own_picture_and_stays_as_it_was(browser, cast, session, app):
    a_topic(session, slug="repair")
    story = a_story(session, author=cast.grace, slug="laptops")
    asset = an_asset(session, app.extensions["storage"], added_by=cast.grace)
    story.asset_id = asset.id
    session.commit()
    grace, path = browser(cast.grace), f"/hub/stories/{story.uuid}"
    with counting_statements() as sent:
        answer, page = previewed(grace, path, f"{path}/preview", title_en="Not kept")
    assert answer.status_code == 200
    assert not writes(sent)
    assert page.select_one(".story-picture img")["src"].startswith(f"/library/pictures/{asset.uuid}")
    assert page.select_one(".preview-picture img")["src"].startswith(f"/library/pictures/{asset.uuid}")
    session.expire_all()
    assert session.scalars(select(Story.content)).one()["title"] != {"en": "Not kept"}
    assert session.scalars(select(Story.version)).one() == 1
    assert grace.visit(path).select_one("button[formtarget=_blank]")["formaction"] == f"{path}/preview"


def test_a_preview_waits_for_nobody_who_writes(browser, cast, session):
    """It is rendered in every language, and holds the database's one writer for none of it."""
    a_topic(session, slug="repair")
    session.commit()
    grace = browser(cast.grace)
    with somebody_writing():
        answer, _page = previewed(grace, **TOLD)
    assert answer.status_code == 200


def test_without_a_title_it_says_what_is_missing_and_with_a_fault_what_to_put_right(browser, cast, session):
    grace = browser(cast.grace)
    answer, page = previewed(grace)
    assert answer.status_code == 200
    assert "Give the story a title" in page.text
    answer, page = previewed(grace, title_nl="x" * 121, target_url="javascript:alert(1)", replies_by="Nobody At All")
    assert answer.status_code == 422
    said = {line.get_text(" ", strip=True) for line in page.select(".notice-failed li")}
    assert said == {
        "Who answers replies: Nobody who works here is called that. Write the name of a colleague.",
        "Title (Dutch): Keep it to 120 characters at most.",
        "Page to which readers go: Begin the address with https://.",
    }
