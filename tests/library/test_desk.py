"""The hub's pages as they are read: what they cost, and what they call things."""

import pytest

from app.people.rules import Audience
from tests.factories.library import a_fit, a_review_entry, a_story, a_topic, an_edition
from tests.factories.people import a_department
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
