"""Who answers replies: looked up by name while it is typed, chosen among several, and nothing told of anybody but name, job and department."""

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from app.library.models import Story
from app.library.rules.content import Contact, content_from
from tests.factories.library import a_story
from tests.factories.people import a_person
from tests.support.browser import offered
from tests.support.inspection import inspect_page
from tests.support.statements import counting_statements


def kept_contact(session):
    session.expire_all()
    return content_from(session.scalars(select(Story.content)).one()).replies_by


def written(browser, **fields):
    """A story begun in the editor with these fields over what it offers."""
    page = browser.visit("/hub/stories/new")
    return browser.post("/hub/stories/new", {**offered(page.select_one("form.editor")), "title_en": "A", **fields})


def test_a_search_tells_name_job_and_department_and_nothing_else(browser, cast, session):
    """T17, T22: exactly these keys; nobody who left, no address, no manager, no number."""
    ada = cast.ada
    ada.job_title = "Repairer"
    a_person(session, name="Ada Gone", status="left")
    session.commit()
    answer = browser(cast.grace).get("/hub/colleagues?q=ada")
    assert answer.json == {"said": "1 colleague", "people": [{"uuid": ada.uuid, "name": "Ada de Wit", "about": "Repairer · Sales"}]}
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_search_says_how_many_there_are_in_the_authors_language(browser, cast, session):
    for number in range(9):
        a_person(session, name=f"Jan Number{number}")
    grace = browser(cast.grace)
    assert grace.get("/hub/colleagues?q=nobody").json == {"said": "Nobody is called that.", "people": []}
    assert grace.get("/hub/colleagues").json["people"] == []
    many = grace.get("/hub/colleagues?q=jan").json
    assert (many["said"], len(many["people"])) == ("The first 8. Type more of the name to see others.", 8)
    cast.hugo.locale = "nl"
    session.commit()
    assert browser(cast.hugo).get("/hub/colleagues?q=number8").json["said"] == "1 collega"


def test_a_search_costs_two_statements_however_many_people_there_are(browser, cast, session):
    for number in range(40):
        a_person(session, name=f"Jan Number{number}")
    grace = browser(cast.grace)
    with counting_statements() as sent:
        grace.get("/hub/colleagues?q=jan+number")
    assert len(sent) == 2, "\n".join(sent)


def test_the_writer_answers_unless_somebody_else_is_named_and_no_page_shows_an_address(browser, cast, session):
    grace = browser(cast.grace)
    page = grace.visit("/hub/stories/new")
    assert page.find(id="replies_by")["value"] == "Grace van Dijk"
    assert written(grace).status_code == 303
    assert kept_contact(session) == Contact(cast.grace.uuid, "Grace van Dijk")
    story = session.scalars(select(Story)).one()
    page = grace.visit(f"/hub/stories/{story.uuid}")
    assert (page.find(id="replies_by")["value"], page.find(id="contact")["value"]) == ("Grace van Dijk", cast.grace.uuid)
    assert "@" not in page.text


@pytest.mark.parametrize("typed", ["Ada de Wit", "ada", "wit", "ada.de.wit@meridian.example"])
def test_a_name_that_only_one_colleague_has_is_enough(browser, cast, session, typed):
    ada = cast.ada
    grace = browser(cast.grace)
    assert written(grace, replies_by=typed, contact="").status_code == 303
    assert kept_contact(session) == Contact(ada.uuid, "Ada de Wit")


def test_who_was_chosen_counts_as_long_as_the_name_is_theirs(browser, cast, session):
    """The hidden field of another person is no way to put words beside a name."""
    first, second = (
        a_person(session, name="Jan de Vries", email=f"jan{number}@meridian.example", job_title=job) for number, job in ((1, "A"), (2, "B"))
    )
    grace = browser(cast.grace)
    assert written(grace, replies_by="Jan de Vries", contact=second.uuid).status_code == 303
    assert kept_contact(session).uuid == second.uuid != first.uuid
    story = session.scalars(select(Story)).one()
    page = grace.visit(f"/hub/stories/{story.uuid}")
    ada = cast.ada.uuid
    sent = {**offered(page.select_one("form.editor")), "replies_by": "Ada de Wit"}
    assert sent["contact"] == second.uuid
    assert grace.post(f"/hub/stories/{story.uuid}", sent).status_code == 303
    assert kept_contact(session).uuid == ada


def test_of_several_one_is_chosen_and_nothing_typed_is_lost(browser, cast, session):
    """Without script too: the names become options."""
    for number, job in enumerate(("Nurse", "Driver")):
        a_person(session, name="Jan de Vries", email=f"jan{number}@meridian.example", job_title=job, department=cast.research)
    grace = browser(cast.grace)
    answer = written(grace, replies_by="jan", contact="", standfirst_en="Stays here")
    assert answer.status_code == 422
    page = BeautifulSoup(answer.text, "html.parser")
    inspect_page(page, "the editor that asks which colleague")
    assert [label.get_text(" ", strip=True) for label in page.select(".finds-which label")] == [
        "Jan de Vries Nurse · Research",
        "Jan de Vries Driver · Research",
    ]
    assert "Stays here" in answer.text
    assert session.scalars(select(Story)).all() == []
    driver = page.select(".finds-which input")[1]["value"]
    assert grace.post("/hub/stories/new", {**offered(page.select_one("form.editor")), "contact": driver}).status_code == 303
    assert kept_contact(session) == Contact(driver, "Jan de Vries")


def test_a_full_name_beats_longer_ones(browser, cast, session):
    a_person(session, name="Jan")
    a_person(session, name="Jan Bakker")
    assert written(browser(cast.grace), replies_by="Jan", contact="").status_code == 303
    assert kept_contact(session).name == "Jan"


@pytest.mark.parametrize("contact", ["", "\x00", "x" * 5000, "not-a-uuid"])
def test_nobody_of_that_name_is_refused_beside_the_field(browser, cast, session, contact):
    """T12: neither strangers nor those who left answer replies."""
    a_person(session, name="Lars Weg", status="left")
    for typed in ("Lars Weg", "Zed Zebra"):
        answer = written(browser(cast.grace), replies_by=typed, contact=contact)
        assert answer.status_code == 422
        assert 'id="replies_by-error"' in answer.text
        assert f'value="{typed}"' in answer.text


def test_whoever_left_since_stays_visible_until_somebody_else_is_named(browser, cast, session):
    lars = a_person(session, name="Lars Weg")
    story = a_story(session, author=cast.grace, replies_by=Contact(lars.uuid, "Lars Weg"))
    lars.status = "left"
    session.commit()
    grace = browser(cast.grace)
    page = grace.visit(f"/hub/stories/{story.uuid}")
    assert page.find(id="replies_by")["value"] == "Lars Weg"
    answer = grace.post(f"/hub/stories/{story.uuid}", offered(page.select_one("form.editor")))
    assert answer.status_code == 422
    assert "Nobody who works here is called that" in answer.text
