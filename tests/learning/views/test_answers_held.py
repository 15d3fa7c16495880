"""Answers under everything we hold: the words that were read and chosen, and nothing that the quiz keeps to itself (P3, P21, T26)."""

import pytest
from sqlalchemy import select

from app.learning.models import Course, Enrolment
from tests.conftest import NOON
from tests.factories.learners import a_reader, an_answer, an_attempt
from tests.factories.learning import a_course, a_course_document, a_module_document, a_version, an_item_document, in_both
from tests.support.holdings import columns_without_words
from tests.support.statements import counting_statements

HEADS = {"en": ("Quiz answers", "Question", "Chosen"), "nl": ("Toetsantwoorden", "Vraag", "Gekozen")}


def an_item(stem, *options, right="a"):
    """A question with these options; the first is right unless told otherwise, and each has a feedback that nobody reads here."""
    item = an_item_document(objective=stem[:12], right=right, options=len(options), stem=stem)
    for option, text in zip(item["options"], options, strict=True):
        option["text"], option["feedback"] = in_both(text), in_both(f"Feedback on {text}")
    return item


@pytest.fixture
def course(session):
    """A quiz of one question with markup in it, and one with two right answers."""
    items = [
        an_item("<p>Who <em>answers</em> &amp; when?</p>", "You &lt;do&gt;", "<strong>Nobody</strong>", "The hub"),
        an_item("<p>Which two?</p>", "This", "That", "Neither", right=("a", "b")),
    ]
    return a_course(session, modules=[a_module_document(items=items)])


def choose(session, attempt, course, words):
    """Answer each question of the paper with the options that say so."""
    stems = {item.uuid: str(item.stem["en"]) for item in course.document.items}
    for place, entry in enumerate(attempt.paper, start=1):
        item = next(item for item in course.document.items if item.uuid == entry["item"])
        texts = {option.id: str(option.text["en"]) for option in item.options}
        chosen = [one for one, option in entry["options"] if texts[option] in words[stems[item.uuid]]]
        an_answer(session, attempt=attempt, place=place, chosen=chosen)


def answers(browser):
    """The rows of the section, each as number, question and what was chosen."""
    section = next(
        section for section in browser.visit("/me/everything").find_all("section") if section.h2.text in {head[0] for head in HEADS.values()}
    )
    rows = [[cell.get_text() for cell in row.find_all("td")] for row in section.select("tbody tr")]
    return section, {row[3]: row[4] for row in rows}


@pytest.fixture
def sat(session, cast, course):
    """Ada's sitting: nobody answers, and one of the two."""
    attempt = an_attempt(session, enrolment=a_reader(session, person=cast.ada, course=course), course=course)
    first, second = (str(item.stem["en"]) for item in course.document.items)
    choose(session, attempt, course, {first: ["<strong>Nobody</strong>"], second: ["This", "Neither"]})
    return attempt


@pytest.mark.parametrize("state", ["open", "submitted"])
def test_the_words_that_were_read_and_chosen_stand_there_and_not_the_key(browser, cast, session, sat, state):
    """T26: what was not chosen, what is right and what would have been said stay with the quiz, before it is handed in and after."""
    sat.state, sat.submitted_at, sat.score, sat.passed = state, *((NOON, 0, False) if state == "submitted" else (None, None, None))
    session.commit()
    ada = browser(cast.ada)
    section, told = answers(ada)
    assert set(told) == {"Who answers & when?", "Which two?"}
    assert told["Who answers & when?"] == "Nobody"
    assert sorted(told["Which two?"].split("; ")) == ["Neither", "This"]
    archive = next(holding for holding in ada.get("/me/everything.json").json if holding["title"] == "Quiz answers")
    for text in (section.get_text(), str(archive)):
        assert not any(word in text for word in ("Feedback", "The hub", "That", "correct", "<do>"))
    assert columns_without_words(ada) == set()
    kept = {row["question"]: row for row in archive["rows"]}["Who answers & when?"]
    assert kept["chosen_name"] == ["Nobody"]
    assert len(kept["chosen"]) == 1
    assert "attempt_id" not in kept


def test_they_are_in_the_readers_language(browser, cast, session, sat):
    cast.ada.locale = "nl"
    session.commit()
    section, told = answers(browser(cast.ada))
    assert told["Who answers & when? (nl)"] == "Nobody (nl)"
    assert {head.text for head in section.find_all("th")} >= set(HEADS["nl"][1:])


def test_they_are_those_of_the_version_that_was_sat(browser, cast, session, course, sat):
    """A question keeps its uuid when its words change."""
    document = a_course_document(modules=[a_module_document(items=[an_item("<p>New words?</p>", "New", "Newer", "Newest")])])
    document["uuid"] = course.uuid
    for item, old in zip(document["modules"][0]["items"], course.document.items, strict=False):
        item["uuid"] = old.uuid
    a_version(session, course=session.scalars(select(Course)).one(), document=document, number=2)
    _section, told = answers(browser(cast.ada))
    assert set(told) == {"Who answers & when?", "Which two?"}


def test_what_was_skipped_is_empty_and_what_is_not_on_the_paper_stays_as_it_is(browser, cast, session, course):
    attempt = an_attempt(session, enrolment=a_reader(session, person=cast.ada, course=course), course=course)
    an_answer(session, attempt=attempt, place=1, chosen=[])
    an_answer(session, attempt=attempt, place=99, chosen=["k1", "k2"])
    _section, told = answers(browser(cast.ada))
    assert sorted(told.values()) == ["", "k1; k2"]
    assert told[""] == "k1; k2"


def test_nobody_elses_answers_are_there(browser, cast, session, sat):
    """P21: the archive contains nobody else."""
    assert "Nobody answers" not in browser(cast.mallory).visit("/me/everything").text
    assert "Who answers" not in browser(cast.mallory).get("/me/everything.json").text


def test_the_page_costs_the_same_however_many_sittings(browser, cast, session, course, sat):
    ada = browser(cast.ada)
    ada.get("/me/everything")
    with counting_statements() as few:
        ada.get("/me/everything")
    for number in (2, 3, 4):
        other = an_attempt(session, enrolment=session.get_one(Enrolment, sat.enrolment_id), course=course, number=number, state="submitted")
        an_answer(session, attempt=other, place=1, chosen=[other.paper[0]["options"][0][0]])
    with counting_statements() as many:
        ada.get("/me/everything")
    assert len(many) == len(few)
