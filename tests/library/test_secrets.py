"""What is hidden stays hidden on every page, and what people write stays text."""

from datetime import UTC, datetime, timedelta

import pytest
from bs4 import BeautifulSoup

from app.library.queries.channels import fits
from app.library.queries.reading import open_stories
from app.people.queries import who_by_id
from app.people.rules import Audience
from tests.factories.library import a_fit, a_story, a_topic, an_edition
from tests.support.polyglots import POLYGLOTS
from tests.support.statements import counting_statements

NOW = datetime.now(UTC)
CANARY = "canary-7f3a"


def test_what_is_not_open_stands_on_no_page_of_anybody_outside_the_hub(browser, cast, session, app):
    """T22: drafts, embargoed, ended, withdrawn and foreign stories on every page without a variable, for every role."""
    title = {"title": {"en": f"{CANARY} story"}, "body": {"en": f"{CANARY} body"}, "reader_value": {"en": CANARY}, "topics": ("repair",)}
    a_topic(session, slug="repair")
    for state in ("draft", "asked", "in_review", "recalled"):
        a_story(session, author=cast.grace, state=state, slug=f"{CANARY}-{state}", **title)
    an_edition(session, author=cast.grace, opens_at=NOW + timedelta(hours=1), **title)
    an_edition(session, author=cast.grace, closes_at=NOW - timedelta(hours=1), **title)
    an_edition(session, author=cast.grace, withdrawn_at=NOW - timedelta(hours=1), **title)
    an_edition(session, author=cast.grace, audience=Audience(countries=("DE",)), **title)
    paths = sorted(rule.rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ()) and not rule.arguments)
    assert "/library/" in paths
    for name, person in cast.everybody().items():
        someone = browser(person)
        for path in (path for path in paths if not (path.startswith("/hub/") and name in {"grace", "iris", "hugo"})):
            if name != "grace" or not path.startswith("/me/everything"):
                assert CANARY not in someone.get(path).text, f"{path} as {name}"


@pytest.mark.parametrize("hostile", POLYGLOTS, ids=ascii)
def test_what_an_author_writes_is_text_everywhere(browser, cast, session, hostile):
    """T46, T52."""
    a_topic(session, slug="repair", name={"en": f"R {hostile}", "nl": f"R {hostile}"})
    every = {part: {"en": hostile} for part in ("title", "standfirst", "reader_value")}
    more = {"facts": {"en": (hostile,)}, "angles": {"en": (hostile,)}, "topics": ("repair",)}
    edition = an_edition(session, author=cast.grace, slug="hostile", **every, **more)
    draft = a_story(session, author=cast.grace, state="in_review", body={"en": hostile}, **every, **more)
    pages = [(cast.ada, "/library/"), (cast.ada, "/library/hostile"), (cast.grace, "/hub/"), (cast.iris, f"/hub/reviews/{draft.uuid}")]
    pages += [(cast.grace, f"/hub/stories/{draft.uuid}"), (cast.hugo, "/hub/channels")]
    assert edition.id
    for person, path in pages:
        answer = browser(person).get(path)
        assert answer.status_code == 200
        tags = BeautifulSoup(answer.text, "html.parser").find_all(True)
        assert not [tag for tag in tags if any(name == "data-canary" or name.startswith("on") for name in tag.attrs)], path
        assert not [tag for tag in tags if str(tag.get("href", "")).lower().startswith("jav") or tag.get("src") == "x"], path
        assert not [tag for tag in tags if tag.name == "script" and not tag.get("src")], path
        assert "94011" not in answer.text


def test_pages_cost_a_fixed_small_number_of_statements(browser, cast, session):
    topic = a_topic(session)
    a_fit(session, topic=topic)
    for number in range(12):
        an_edition(session, author=cast.grace, slug=f"story-{number}", topics=("repair",))
    ada = browser(cast.ada)
    with counting_statements() as magazine:
        ada.get("/library/")
    assert len(magazine) <= 4, magazine
    ada.get("/library/story-3")
    with counting_statements() as story:
        ada.get("/library/story-3")
    own = [statement for statement in story if "library_" in statement or "people_session" in statement]
    assert len(own) <= 4, own


def test_stories_are_listed_by_topic_and_limited(cast, session):
    a_topic(session)
    for number in range(3):
        an_edition(session, author=cast.grace, slug=f"story-{number}", topics=("repair",), opens_at=NOW - timedelta(days=number + 1))
    an_edition(session, author=cast.grace, slug="other", opens_at=NOW - timedelta(hours=1))
    ada = who_by_id(session, cast.ada.id)
    assert [card.slug for card in open_stories(session, ada, at=NOW, topic="repair", limit=2)] == ["story-0", "story-1"]
    assert len(open_stories(session, ada, at=NOW)) == 4


def test_of_several_topics_the_one_that_does_best_counts_and_a_country_goes_before_everywhere(session, cast):
    repair, security = a_topic(session, slug="repair"), a_topic(session, slug="security")
    a_fit(session, topic=repair, network="facebook", fit="good")
    a_fit(session, topic=repair, network="facebook", fit="poor", country="NL")
    a_fit(session, topic=security, network="facebook", fit="fair")
    assert [fit.fit for fit in fits(session, ["repair"], "BE")] == ["good"]
    assert [fit.fit for fit in fits(session, ["repair"], "NL")] == ["poor"]
    assert [fit.fit for fit in fits(session, ["repair", "security"], "NL")] == ["fair"]
