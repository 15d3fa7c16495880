"""How questions go, for those who write them (P5): of many people, and never of a few or of one."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some
from sqlalchemy import Engine, event

from app.learning.actions import tallying
from app.learning.actions.tallying import tally_quizzes
from app.learning.models import QuizTally
from app.learning.policy import may_read_key
from app.learning.rules.quiz import read_paper
from app.learning.rules.tallying import FEWEST, MANY, SETTLED, Asked, as_document, asked_from
from tests.conftest import NOON
from tests.factories.learners import an_answer, an_attempt, an_enrolment
from tests.factories.learning import a_course, a_course_document, a_module_document, an_item_document
from tests.factories.people import a_person
from tests.support.statements import counting_statements

CANARY = "Zebulon Quux"


def a_quiz(session):
    """A course with one question of three options, of which a is right."""
    return a_course(session, document=a_course_document(questions=1, modules=[a_module_document(items=[an_item_document(stem="Who speaks?")])]))


def a_sitting(session, course, *, person, option, number=1, ordinal=1, state="submitted", at=NOON):
    """A sitting in which this option was chosen; "" for none."""
    enrolment = an_enrolment(session, person=person, course=course, ordinal=ordinal)
    done = {"submitted_at": at, "score": 0, "passed": False} if state == "submitted" else {}
    attempt = an_attempt(session, enrolment=enrolment, course=course, at=at, number=number, state=state, **done)
    place = read_paper(attempt.paper, course.document)[0]
    chosen = [one for one, each in place.options if each.id == option]
    an_answer(session, attempt=attempt, place=1, chosen=chosen, at=at)
    return attempt


def many_sittings(session, course, *, right, wrong):
    for number in range(right + wrong):
        person = a_person(session, name=f"{CANARY} {number}", email=f"zebulon{number}@meridian.example")
        a_sitting(session, course, person=person, option="a" if number < right else "b")


def counted(session, course):
    session.expire_all()
    return asked_from(session.get(QuizTally, course.version_id).items)[course.document.items[0].uuid]


def test_only_the_first_sitting_of_each_person_is_counted_and_only_once(session, cast):
    course = a_quiz(session)
    a_sitting(session, course, person=cast.ada, option="a")
    a_sitting(session, course, person=cast.ada, option="b", ordinal=2)
    a_sitting(session, course, person=cast.linus, option="c", number=2)
    a_sitting(session, course, person=cast.grace, option="", at=NOON + timedelta(minutes=5))
    a_sitting(session, course, person=cast.hedy, option="a", state="open")
    for hours in (2, 2, 3):
        tally_quizzes(session, at=NOON + timedelta(hours=hours))
        session.commit()
    assert counted(session, course) == Asked(people=2, right=1, chosen={"a": 1})


def test_a_sitting_that_is_handed_in_at_this_moment_waits_for_the_next_count(session, cast):
    course = a_quiz(session)
    a_sitting(session, course, person=cast.ada, option="a")
    tally_quizzes(session, at=NOON + SETTLED - timedelta(seconds=1))
    session.commit()
    assert session.get(QuizTally, course.version_id).items == {}
    tally_quizzes(session, at=NOON + SETTLED)
    session.commit()
    assert counted(session, course).people == 1


@pytest.mark.parametrize(
    ("people", "right", "share", "options"),
    [
        (9, 5, None, False),
        (10, 5, 50, False),
        (10, 10, None, False),
        (10, 1, None, False),
        (19, 18, None, False),
        (20, 20, 100, True),
        (20, 0, 0, True),
    ],
)
def test_numbers_speak_of_ten_people_and_extremes_and_options_of_twenty(people, right, share, options):
    """P5, P8, P9."""
    asked = Asked(people, right, {"a": right, "b": people - right})
    assert asked.share == share
    assert (asked.share_of("b") is not None) is options


@given(some.integers(0, 60), some.integers(0, 60))
def test_no_share_is_ever_told_of_fewer_than_ten(people, right):
    """P5: nor one that would say what each of fewer than twenty did."""
    asked = Asked(people, min(right, people), {"a": min(right, people)})
    if asked.share is not None:
        assert people >= FEWEST
        assert people >= MANY or 1 < asked.right < people - 1
    assert asked.share_of("a") is None or people >= MANY


def test_counts_are_stored_and_read_as_they_are():
    asked = {"one": Asked(3, 2, {"a": 2, "b": 1})}
    assert asked_from(as_document(asked)) == asked


def test_authors_read_which_questions_are_hard_and_no_name(browser, cast, session):
    """P5: statistics only, of ten people or more, without a name; an option that tempts more people than what is right is marked."""
    course = a_quiz(session)
    many_sittings(session, course, right=8, wrong=14)
    an_enrolment(session, person=cast.grace, course=course, state="completed")
    tally_quizzes(session, at=NOON + timedelta(hours=2))
    session.commit()
    grace = browser(cast.grace)
    assert "1 of 1 questions have something to tell" in grace.visit("/hub/quizzes").text
    with counting_statements() as sent:
        page = grace.visit("/hub/quizzes/principles")
    assert len(sent) <= 3, sent
    text = page.get_text(" ", strip=True)
    assert "Who speaks?" in text
    assert "36 per cent knew at their first attempt, of at least 20 people" in text
    assert "Option b Chosen more often than what is right" in text
    assert CANARY not in page.decode()
    assert page.select_one("a[href='/learn/principles']")


@pytest.mark.parametrize("how", ["never began", "reads", "sits", "left while sitting", "renews"])
def test_who_has_the_quiz_ahead_reads_how_hard_questions_are_and_not_which_answer_is_right(browser, cast, session, how):
    """T26: authors take these courses too; shares of options would say it as well, since most people choose what is right."""
    course = a_quiz(session)
    many_sittings(session, course, right=14, wrong=8)
    tally_quizzes(session, at=NOON + timedelta(hours=2))
    if how == "renews":
        an_enrolment(session, person=cast.grace, course=course, state="completed")
    if how != "never began":
        state = "left" if how == "left while sitting" else "open"
        enrolment = an_enrolment(session, person=cast.grace, course=course, ordinal=2 if how == "renews" else 1, state=state)
        if "sit" in how:
            an_attempt(session, enrolment=enrolment, course=course)
    session.commit()
    page = browser(cast.grace).visit("/hub/quizzes/principles")
    text = page.get_text(" ", strip=True)
    assert "64 per cent knew" in text
    assert "open for you once you have passed its quiz" in text
    assert not page.select("details, .badge")
    assert "Option a" not in text


def test_an_open_attempt_hides_the_key_from_whoever_passed_before():
    """T26."""
    assert may_read_key(passed=True, sitting=False)
    assert not may_read_key(passed=True, sitting=True)


def test_sittings_are_read_a_few_hundred_at_a_time(session, cast, monkeypatch):
    """3b: the weekly count holds a bounded number of papers; PostgreSQL hands over everything unless it is asked for parts."""
    monkeypatch.setattr(tallying, "AT_ONCE", 4)
    course, parts = a_quiz(session), []
    many_sittings(session, course, right=6, wrong=4)

    def note(_connection, _cursor, statement, _parameters, context, _many):
        if "learning_attempt.paper" in statement:
            parts.append(context.execution_options.get("yield_per"))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        tally_quizzes(session, at=NOON + timedelta(hours=2))
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    session.commit()
    assert parts == [4]
    assert counted(session, course) == Asked(people=10, right=6, chosen={"a": 6, "b": 4})


def test_nine_people_look_like_nobody(browser, cast, session):
    """P5, P8: too few looks the same as no data."""
    course = a_quiz(session)
    grace = browser(cast.grace)
    many_sittings(session, course, right=5, wrong=4)
    tally_quizzes(session, at=NOON + timedelta(hours=2))
    session.commit()
    few = grace.visit("/hub/quizzes/principles").select_one(".empty").get_text(" ", strip=True)
    session.delete(session.get(QuizTally, course.version_id))
    session.commit()
    none = grace.visit("/hub/quizzes/principles").select_one(".empty").get_text(" ", strip=True)
    assert few == none


def test_the_hub_leads_to_the_quizzes_and_others_find_no_such_page(browser, cast, session):
    a_quiz(session)
    assert browser(cast.grace).visit("/hub/").select_one("a[href='/hub/quizzes']")
    for person in (cast.ada, cast.hedy, cast.linus, cast.rosa):
        assert browser(person).get("/hub/quizzes/principles").status_code == 404
    assert browser(cast.grace).get("/hub/quizzes/nothing").status_code == 404
