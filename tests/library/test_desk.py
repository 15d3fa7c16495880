"""The hub's pages as they are read: what they cost, and what they call things."""

import pytest
from bs4 import BeautifulSoup

from app.people.rules import Audience
from tests.factories.library import a_fit, a_review_entry, a_story, a_topic, an_edition
from tests.factories.people import a_department
from tests.support.browser import BASE, offered, written_in
from tests.support.inspection import inspect_page
from tests.support.statements import counting_statements


@pytest.mark.parametrize(
    ("path", "budget"),
    [("/hub/", 4), ("/hub/?board=review", 4), ("/hub/reviews/{uuid}", 9), ("/hub/stories/{uuid}", 8), ("/hub/channels", 4)],
)
def test_a_page_of_the_hub_costs_as_much_for_one_story_as_for_many(browser, cast, session, path, budget):
    topic, german = a_topic(session, slug="repair"), a_department(session, slug="germany", name="Deutschland")
    a_fit(session, topic=topic)
    audience = Audience(departments=(german.path,))
    an_edition(session, author=cast.grace, topics=("repair",), audience=audience)
    mine = a_story(session, author=cast.grace, state="in_review", topics=("repair",), audience=audience)
    hugo, address = browser(cast.hugo), path.format(uuid=mine.uuid)
    hugo.visit(address)
    with counting_statements() as few:
        hugo.get(address)
    for number in range(12):
        a_story(session, author=cast.grace, state="in_review", slug=f"waiting-{number}")
        an_edition(session, author=cast.ada, slug=f"shown-{number}", topics=("repair",))
        a_review_entry(session, story=mine, by=cast.grace, step="edited")
        a_department(session, slug=f"more-{number}", name=f"More {number}")
    with counting_statements() as many:
        hugo.get(address)
    assert len(many) == len(few) <= budget, many


def test_an_audience_says_what_its_departments_are_called(browser, cast, session):
    sales = a_department(session, slug="sales-europe", name="Sales & service")
    german = a_department(session, slug="germany", name="Deutschland", parent=sales)
    story = a_story(session, author=cast.grace, state="in_review", audience=Audience(departments=(german.path, "/gone/")))
    facts = browser(cast.iris).visit(f"/hub/reviews/{story.uuid}").get_text(" ", strip=True)
    assert "For whom Sales & service / Deutschland, /gone/" in facts


@pytest.mark.parametrize("deed", ["reviews/{uuid}/question", "stories/{uuid}/recall"])
def test_words_on_a_story_that_somebody_else_decided_on_meanwhile_are_there_to_copy(browser, cast, session, deed):
    """T65: the field they were typed into is not there any more, whether the proof is fresh or old."""
    is_question = deed.endswith("question")
    story = a_story(session, author=cast.grace, state="in_review" if is_question else "approved")
    somebody = browser(cast.iris if is_question else cast.hugo)
    words = "The second paragraph says 33,\nthe table <says> 14."
    sent = {"version": str(story.version), "comment" if is_question else "reason": words}
    story.state, story.version = "approved" if is_question else "retired", story.version + 1
    session.commit()
    path, headers = f"/hub/{deed.format(uuid=story.uuid)}", {"Accept": "text/html", "Referer": f"{BASE}/hub/reviews/{story.uuid}"}
    fresh = somebody.post(path, sent, headers=headers)
    old = somebody.post(path, {**sent, "csrf_token": "of-another-session"}, csrf=False, headers=headers)
    assert (fresh.status_code, old.status_code) == (409, 400)
    for answer in (fresh, old):
        page = BeautifulSoup(answer.text, "html.parser")
        inspect_page(page, path)
        assert page.select_one("main [role=alert]") is not None
        assert written_in(page.select_one("main textarea[readonly]")) == words


@pytest.mark.parametrize(
    ("path", "typed"),
    [
        ("/hub/topics", {"name_en": "Craft", "name_nl": "Vakwerk", "slug": "craft"}),
        ("/hub/channels/repair/linkedin?country=NL", {"fit": "poor", "tone_en": "Dry", "tone_nl": "Droog"}),
    ],
)
def test_a_topic_or_a_judgement_from_an_old_page_waits_with_a_fresh_proof(browser, cast, session, path, typed):
    """T65."""
    cast.ada.country = "NL"
    a_topic(session, slug="repair")
    hugo = browser(cast.hugo)
    headers = {"Accept": "text/html", "Referer": f"{BASE}/hub/channels"}
    answer = hugo.post(path, {**typed, "csrf_token": "of-another-session"}, csrf=False, headers=headers)
    page = BeautifulSoup(answer.text, "html.parser")
    inspect_page(page, path)
    form = page.select_one(f"form[action='{path}']")
    assert answer.status_code == 400
    assert "The page was open too long" in page.select_one("[role=alert]").text
    assert typed.items() <= offered(form).items()
    assert hugo.post(path, offered(form), csrf=False, headers=headers).status_code == 303
