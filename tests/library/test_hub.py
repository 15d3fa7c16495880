"""The hub: what waits for whom, writing, deciding."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from app.library.models import ChannelFit, Edition, ReviewEntry, Story
from app.library.rules.content import checksum, content_from
from app.people.models import AuditEntry
from tests.factories.library import a_fit, a_picture, a_review_entry, a_story, a_topic, an_asset, an_edition
from tests.factories.people import a_grant, a_person
from tests.support.browser import offered
from tests.support.inspection import inspect_page

NOW = datetime.now(UTC)


def boards(page):
    return {section.h2.get_text(strip=True): [row.get_text(strip=True) for row in section.select(".row-title")] for section in page.select("section")}


def test_each_story_lies_on_the_board_of_whoever_has_the_next_move(browser, cast, session):
    def told(title):
        return {"title": {"en": title}}

    for state in ("draft", "asked", "in_review"):
        a_story(session, author=cast.grace, state=state, **told(f"Grace {state}"))
    an_edition(session, author=cast.grace, opens_at=NOW + timedelta(days=2), **told("Embargoed"))
    an_edition(session, author=cast.grace, closes_at=NOW + timedelta(days=3), **told("Ending"))
    an_edition(session, author=cast.grace, closes_at=NOW - timedelta(days=3), **told("Ended"))
    grace = boards(browser(cast.grace).visit("/hub/"))
    assert grace == {
        "Sent back to you": ["Grace asked"],
        "Your drafts": ["Grace draft"],
        "With a reviewer": ["Grace in_review"],
        "Waiting for their time": ["Embargoed"],
        "Ending soon": ["Ending"],
        "In the library": ["Ending"],
        "Out of the library": ["Ended"],
    }
    assert boards(browser(cast.iris).visit("/hub/"))["Waiting for your review"] == ["Grace in_review"]
    assert boards(browser(cast.hugo).visit("/hub/?board=live")) == {"In the library": ["Ending"]}


def test_a_published_story_whose_contact_left_is_marked_as_one_that_nobody_answers(browser, cast, session):
    an_edition(session, author=cast.grace, slug="laptops")
    hugo = browser(cast.hugo)
    assert "Nobody answers replies" not in hugo.visit("/hub/").get_text()
    cast.grace.status = "left"
    session.commit()
    assert hugo.visit("/hub/?board=live").select_one(".row .badge").get_text(strip=True) == "Nobody answers replies"


def test_an_empty_hub_says_how_to_begin(browser, cast):
    assert "Nothing waits for you" in browser(cast.grace).visit("/hub/").text


def test_a_writer_begins_a_story_and_sends_it_when_it_is_complete(browser, cast, session):
    a_topic(session, slug="repair")
    grace = browser(cast.grace)
    answer = grace.submit(grace.visit("/hub/stories/new"), "/new", title_en="Laptops that last")
    assert answer.status_code == 303
    story = session.scalars(select(Story)).one()
    assert story.slug == "laptops-that-last"
    page = grace.visit(f"/hub/stories/{story.uuid}")
    refused = grace.post(f"/hub/stories/{story.uuid}/sending", sent_fields(page, standfirst_en="An introduction"))
    assert refused.status_code == 422
    assert "At least one fact (English)" in refused.text
    page = grace.visit(f"/hub/stories/{story.uuid}")
    assert page.find(id="standfirst_en").text.strip() == "An introduction"
    complete = {
        "reader_value_en": "You learn what wears out.",
        "facts_en": "One\nTwo",
        "angles_en": "What did you repair?",
        "body_en": "A story.",
        "topics": ["repair"],
        "target_url": "https://www.meridian.example/",
        "replies_by": "grace.van.dijk@meridian.example",
        "replies_within_hours": "24",
    }
    sent = grace.post(f"/hub/stories/{story.uuid}/sending", sent_fields(page, **complete))
    assert sent.status_code == 303
    session.expire_all()
    assert session.scalars(select(Story.state)).one() == "in_review"
    assert content_from(session.scalars(select(Story.content)).one()).facts == {"en": ("One", "Two")}


def sent_fields(page, **fields):
    form = page.select_one("form.editor")
    return {**offered(form), **fields}


def test_another_person_approves_and_readers_get_exactly_what_was_read(browser, cast, session):
    """T83: the checksum on the reviewer's page, of the edition, and of what readers are shown is one and the same."""
    a_topic(session, slug="repair")
    story = a_story(session, author=cast.grace, state="in_review", topics=("repair",), slug="laptops")
    iris = browser(cast.iris)
    page = iris.visit(f"/hub/reviews/{story.uuid}")
    read = page.find("input", {"name": "checksum"})["value"]
    assert iris.submit(page, "/approval").status_code == 303
    session.expire_all()
    edition = session.scalars(select(Edition)).one()
    assert edition.checksum == read == checksum(edition.document)
    assert "On a Tuesday in March" in browser(cast.ada).visit("/library/laptops").text
    assert session.scalars(select(AuditEntry.action)).all() == ["story_approved"]


def test_nobody_approves_what_they_wrote_or_changed(browser, cast, session):
    """T83: neither the author nor whoever changed it since, whatever roles they hold."""
    a_grant(session, person=cast.grace, role="reviewer")
    a_grant(session, person=cast.hugo, role="reviewer")
    a_topic(session)
    story = a_story(session, author=cast.grace, state="in_review", topics=("repair",))
    a_review_entry(session, story=story, by=cast.hugo)
    for person in (cast.grace, cast.hugo):
        someone = browser(person)
        page = someone.visit(f"/hub/reviews/{story.uuid}")
        assert page.find("form", action=lambda action: action and action.endswith("/approval")) is None
        answer = someone.post(f"/hub/reviews/{story.uuid}/approval", {"version": story.version, "checksum": ""})
        assert answer.status_code == 403
    assert session.scalars(select(Edition)).all() == []


def test_a_question_goes_back_to_the_author_with_a_letter(browser, cast, session, run_jobs, letters):
    story = a_story(session, author=cast.grace, state="in_review")
    iris = browser(cast.iris)
    empty = iris.submit(iris.visit(f"/hub/reviews/{story.uuid}"), "/question", comment=" ")
    assert empty.status_code == 422
    assert iris.submit(iris.visit(f"/hub/reviews/{story.uuid}"), "/question", comment="Which year was that?").status_code == 303
    run_jobs()
    assert "Which year was that?" in letters()[0]
    page = browser(cast.grace).visit(f"/hub/stories/{story.uuid}")
    assert "Which year was that?" in page.text


def test_reviewers_hear_of_a_story_in_their_own_language_and_its_author_does_not(cast, session, browser, run_jobs, letters):
    cast.iris.locale = "nl"
    a_grant(session, person=cast.grace, role="reviewer")
    a_topic(session)
    story = a_story(session, author=cast.grace, topics=("repair",))
    grace = browser(cast.grace)
    assert grace.post(f"/hub/stories/{story.uuid}/sending", sent_fields(grace.visit(f"/hub/stories/{story.uuid}"))).status_code == 303
    run_jobs()
    assert len(letters()) == 1
    assert "To: iris.claes@meridian.example" in letters()[0]
    assert "Lezen en beslissen" in letters()[0]


def test_an_edit_after_approval_goes_back_to_review_while_readers_keep_what_was_approved(browser, cast, session):
    """T83."""
    a_topic(session)
    edition = an_edition(session, author=cast.grace, slug="laptops", topics=("repair",))
    story = session.get(Story, edition.story_id)
    grace = browser(cast.grace)
    page = grace.visit(f"/hub/stories/{story.uuid}")
    assert grace.post(f"/hub/stories/{story.uuid}", sent_fields(page, title_en="Something else")).status_code == 303
    session.expire_all()
    assert session.get(Story, edition.story_id).state == "in_review"
    assert "seven years" in browser(cast.ada).visit("/library/laptops").h1.text
    desk = browser(cast.iris).visit(f"/hub/reviews/{story.uuid}")
    assert "Something" in desk.select_one(".changes ins").text


def test_of_two_editors_the_second_sees_both_versions_and_loses_nothing(browser, cast, session):
    """T83: the slower one decides with both in view."""
    story = a_story(session, author=cast.grace)
    grace, hugo = browser(cast.grace), browser(cast.hugo)
    mine, theirs = grace.visit(f"/hub/stories/{story.uuid}"), hugo.visit(f"/hub/stories/{story.uuid}")
    assert hugo.post(f"/hub/stories/{story.uuid}", sent_fields(theirs, title_en="Of Hugo")).status_code == 303
    answer = grace.post(f"/hub/stories/{story.uuid}", sent_fields(mine, title_en="Of Grace"))
    assert answer.status_code == 409
    page = BeautifulSoup(answer.text, "html.parser")
    inspect_page(page, "the page of both versions")
    assert page.select_one(".changes del").text == "Hugo"
    assert 'value="Of Grace"' in answer.text
    session.expire_all()
    assert content_from(session.scalars(select(Story.content)).one()).title == {"en": "Of Hugo"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title_en", "x" * 121),
        ("standfirst_nl", "x" * 401),
        ("reader_value_en", "x" * 241),
        ("body_en", "x" * 20_001),
        ("facts_en", "x" * 401),
        ("facts_en", "fact\n" * 13),
        ("angles_nl", "x" * 301),
        ("angles_nl", "angle\n" * 9),
        ("caption_linkedin_en", "x" * 3_001),
        ("target_url", "https://example.com/" + "x" * 2_000),
        ("target_url", "javascript:alert(1)"),
        ("replies_within_hours", "169"),
        ("replies_within_hours", "many"),
        ("replies_by", "nobody at all"),
        ("opens_at", "soon"),
    ],
)
def test_one_more_than_a_field_takes_is_refused_beside_it_and_nothing_typed_is_lost(browser, cast, session, field, value):
    """T75."""
    grace = browser(cast.grace)
    page = grace.visit("/hub/stories/new")
    answer = grace.post("/hub/stories/new", sent_fields(page, **{"title_nl": "Blijft staan", field: value}))
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert "Blijft staan" in answer.text
    assert session.scalars(select(Story)).all() == []


def test_a_field_that_the_form_does_not_have_is_refused(browser, cast, session):
    """T21."""
    grace = browser(cast.grace)
    for field in ("state", "author_id", "slug", "uuid", "created_at", "asset_id", "title_fr"):
        answer = grace.post("/hub/stories/new", sent_fields(grace.visit("/hub/stories/new"), **{"title_en": "A", field: "approved"}))
        assert answer.status_code == 422
    assert session.scalars(select(Story)).all() == []


def test_a_preview_shows_what_is_in_the_form_and_keeps_nothing(browser, cast, session):
    grace = browser(cast.grace)
    page = grace.visit("/hub/stories/new")
    answer = grace.post("/hub/preview", sent_fields(page, title_en="Not kept", body_en="Some **bold** <script>words</script>"))
    assert answer.status_code == 200
    assert "<strong>bold</strong>" in answer.text
    assert "<script>words" not in answer.text
    assert session.scalars(select(Story)).all() == []


def test_a_picture_is_added_described_and_removed(browser, cast, session, app):
    story = a_story(session, author=cast.grace)
    grace = browser(cast.grace)
    page = grace.visit(f"/hub/stories/{story.uuid}/picture")
    empty = grace.submit(page, "/picture", alt_en="A laptop.")
    assert empty.status_code == 422
    sent = {"picture": (BytesIO(a_picture()), "\u202egnp.<b>exe"), "alt_en": "An opened laptop."}
    assert grace.submit(grace.visit(f"/hub/stories/{story.uuid}/picture"), "/picture", **sent).status_code == 303
    session.expire_all()
    assert grace.visit(f"/hub/stories/{story.uuid}").select_one(".editor-picture img")["alt"] == "An opened laptop."
    again = grace.submit(grace.visit(f"/hub/stories/{story.uuid}/picture"), "/picture", alt_en="A laptop, from above.", alt_nl="Een laptop.")
    assert again.status_code == 303
    assert grace.submit(grace.visit(f"/hub/stories/{story.uuid}/picture"), "/removal").status_code == 303
    session.expire_all()
    assert session.scalars(select(Story.asset_id)).one() is None


def test_recall_needs_the_hub_and_a_reason_and_takes_the_story_out_at_once(browser, cast, session, run_jobs, letters):
    edition = an_edition(session, author=cast.grace, slug="laptops")
    uuid = session.get(Story, edition.story_id).uuid
    assert browser(cast.grace).post(f"/hub/stories/{uuid}/recall", {"version": 1, "reason": "x"}).status_code == 404
    hugo = browser(cast.hugo)
    assert hugo.submit(hugo.visit(f"/hub/reviews/{uuid}"), "/recall", reason="").status_code == 422
    assert hugo.submit(hugo.visit(f"/hub/reviews/{uuid}"), "/recall", reason="A number was wrong.").status_code == 303
    assert browser(cast.ada).get("/library/laptops").status_code == 404
    assert session.scalars(select(AuditEntry.reason)).all() == ["A number was wrong."]
    run_jobs()
    assert "A number was wrong." in letters()[0]
    assert hugo.submit(hugo.visit(f"/hub/reviews/{uuid}"), "/reopening").status_code == 303
    assert session.scalars(select(ReviewEntry.step).order_by(ReviewEntry.id)).all() == ["recalled", "reopened"]


def test_retiring_takes_a_story_out_and_its_author_may(browser, cast, session):
    edition = an_edition(session, author=cast.grace, slug="laptops")
    uuid = session.get(Story, edition.story_id).uuid
    grace = browser(cast.grace)
    assert grace.submit(grace.visit(f"/hub/reviews/{uuid}"), "/retirement").status_code == 303
    assert browser(cast.ada).get("/library/laptops").status_code == 404


def test_a_reviewer_or_hub_of_one_department_sees_nothing_of_another(browser, cast, session):
    """T19: no row, no count, no page, no deed, no picture."""
    elsewhere = a_person(session, name="Petra Else", department=cast.research)
    a_grant(session, person=elsewhere, role="reviewer", department=cast.research)
    a_grant(session, person=elsewhere, role="hub", department=cast.research)
    story = a_story(session, author=cast.grace, state="in_review")
    petra = browser(elsewhere)
    assert "Why we build" not in petra.visit("/hub/").text
    for path in (f"/hub/stories/{story.uuid}", f"/hub/reviews/{story.uuid}", f"/hub/stories/{story.uuid}/picture"):
        assert petra.get(path).status_code == 404
    for path in ("approval", "question"):
        assert (
            petra.post(f"/hub/reviews/{story.uuid}/{path}", {"version": 1, "comment": "x"} if path == "question" else {"version": 1}).status_code
            == 404
        )


def test_topics_and_channel_fit_are_kept_by_the_hub_alone(browser, cast, session):
    topic = a_topic(session, slug="security")
    a_fit(session, topic=topic, network="facebook", fit="poor", country="NL")
    hugo = browser(cast.hugo)
    page = hugo.visit("/hub/channels?country=NL&topic=security&network=linkedin")
    answer = hugo.submit(page, "country=NL", fit="good", tone_en="First-hand.", tone_nl="Uit eigen ervaring.")
    assert answer.status_code == 303
    page = hugo.visit("/hub/channels?country=NL")
    assert page.find("a", {"aria-label": "Security, LinkedIn: Fits well"}) is not None
    assert "older than half a year" in page.text
    for nowhere in ("ZZ", "EU", "001"):
        assert hugo.post(f"/hub/channels/security/linkedin?country={nowhere}", {"fit": "good", "tone_en": "A", "tone_nl": "B"}).status_code == 404
    assert {row.country for row in session.scalars(select(ChannelFit))} == {"NL"}
    assert hugo.submit(hugo.visit("/hub/channels"), "/topics", slug="Not a slug", name_en="A", name_nl="B").status_code == 422
    assert hugo.submit(hugo.visit("/hub/channels"), "/topics", slug="repair", name_en="Repair", name_nl="Repareren").status_code == 303
    assert hugo.submit(hugo.visit("/hub/channels"), "/topics", slug="repair", name_en="Repair", name_nl="Repareren").status_code == 422
    assert browser(cast.grace).visit("/hub/channels").find("form", method="post") is None
    assert browser(cast.grace).post("/hub/topics", {"slug": "x", "name_en": "x", "name_nl": "x"}).status_code == 404


def test_a_picture_of_a_story_in_the_making_is_for_the_hub_only(browser, cast, session, app):
    """T23."""
    asset = an_asset(session, app.extensions["storage"], added_by=cast.grace)
    story = a_story(session, author=cast.grace)
    story.asset_id = asset.id
    session.commit()
    assert browser(cast.iris).get(f"/library/pictures/{asset.uuid}/card").status_code == 200
    assert browser(cast.ada).get(f"/library/pictures/{asset.uuid}/card").status_code == 404
