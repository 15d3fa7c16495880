"""Answers are kept as they are chosen, and an attempt whose time is over is judged by what was kept."""

from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup

from app.core.models import Outage
from app.learning.actions.attempting import start_attempt
from app.learning.models import Answer, Attempt
from app.learning.rules.quiz import GRACE
from tests.conftest import NOON
from tests.factories.learners import a_reader, an_attempt, right_answers
from tests.factories.learning import a_course, a_course_document
from tests.support.statements import counting_statements

MINUTES = 20


def sitting(session, person, **more):
    course = a_course(session, document=a_course_document(attempt_minutes=MINUTES))
    return course, an_attempt(session, enrolment=a_reader(session, person=person, course=course), course=course, at=NOON, **more)


def kept(session):
    session.expire_all()
    return {answer.place: answer.chosen for answer in session.query(Answer)}


def test_what_is_chosen_is_kept_replaced_and_taken_back_and_judges_nothing(browser, cast, session):
    """F1: sent twice is kept once; only handing in judges."""
    course = a_course(session)
    attempt = an_attempt(session, enrolment=a_reader(session, person=cast.ada, course=course), course=course)
    ada, place = browser(cast.ada), f"/learn/principles/attempts/{attempt.uuid}/1/kept"
    ids = [one for one, _option in attempt.paper[0]["options"]]
    for chosen in (ids[0], ids[0], ids[1]):
        answer = ada.post(place, {"chosen": chosen})
        assert (answer.status_code, answer.data) == (204, b"")
        assert kept(session) == {1: [chosen]}
    assert ada.post(place).status_code == 204
    assert kept(session) == {1: []}
    sitting = session.get(Attempt, attempt.id)
    assert (sitting.state, sitting.score, sitting.passed) == ("open", None, None)


def test_keeping_an_answer_costs_four_statements_at_most(browser, cast, session):
    course = a_course(session)
    attempt = an_attempt(session, enrolment=a_reader(session, person=cast.ada, course=course), course=course)
    ada, place = browser(cast.ada), f"/learn/principles/attempts/{attempt.uuid}/1/kept"
    for option in attempt.paper[0]["options"][:2]:
        with counting_statements() as sent:
            assert ada.post(place, {"chosen": option[0]}).status_code == 204
        assert len(sent) <= 4, "\n".join(sent)


def test_right_and_wrong_are_kept_with_the_same_bytes(browser, cast, session):
    """T26."""
    course = a_course(session)
    attempt = an_attempt(session, enrolment=a_reader(session, person=cast.ada, course=course), course=course)
    ada, place = browser(cast.ada), f"/learn/principles/attempts/{attempt.uuid}/1/kept"
    answers = [ada.post(place, {"chosen": one}) for one, _option in attempt.paper[0]["options"]]
    assert len({answer.data for answer in answers}) == 1
    assert len({tuple(sorted(key for key, _value in answer.headers)) for answer in answers}) == 1


@pytest.mark.parametrize(("field", "value"), [("chosen", "a"), ("chosen", "x" * 5000), ("score", "100")])
def test_what_is_no_answer_is_refused_and_nothing_kept(browser, cast, session, field, value):
    """T21, T30."""
    course = a_course(session)
    attempt = an_attempt(session, enrolment=a_reader(session, person=cast.ada, course=course), course=course)
    answer = browser(cast.ada).post(f"/learn/principles/attempts/{attempt.uuid}/1/kept", {field: value})
    assert answer.status_code == 422
    assert kept(session) == {}


@pytest.mark.parametrize(("seconds", "status"), [(-1, 204), (0, 204), (30, 204), (31, 409)])
def test_the_servers_clock_decides_what_is_kept(browser, cast, session, seconds, status):
    """T28: at −1 s, 0 and +grace an answer is taken, at +grace+1 refused, whatever the device's clock says."""
    _course, attempt = sitting(session, cast.ada, deadline_at=NOON)
    with time_machine.travel(NOON + timedelta(seconds=seconds), tick=False):
        chosen = {"chosen": attempt.paper[0]["options"][0][0]}
        answer = browser(cast.ada).post(f"/learn/principles/attempts/{attempt.uuid}/1/kept", chosen, headers={"Accept": "application/json"})
    assert answer.status_code == status
    if status == 409:
        assert answer.json["title"].startswith("Time is up.")
        assert kept(session) == {}


def test_what_was_handed_in_takes_nothing_more(browser, cast, session):
    course = a_course(session)
    attempt = an_attempt(session, enrolment=a_reader(session, person=cast.ada, course=course), course=course)
    ada, base = browser(cast.ada), f"/learn/principles/attempts/{attempt.uuid}"
    ada.post(f"{base}/submission")
    answer = ada.post(f"{base}/1/kept", {"chosen": attempt.paper[0]["options"][0][0]}, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json["type"]) == (409, "about:blank#attempt.over")
    assert kept(session) == {}


def test_what_was_kept_and_never_handed_in_is_judged_when_time_is_over(browser, cast, session, run_jobs):
    """L1: the battery died after the last choice; nobody pressed anything."""
    course = a_course(session, document=a_course_document(attempt_minutes=MINUTES))
    a_reader(session, person=cast.ada, course=course)
    attempt = start_attempt(session, person_id=cast.ada.id, slug="principles", at=NOON)
    session.commit()
    uuid, keys = attempt.uuid, right_answers(attempt, course)
    over = NOON + timedelta(minutes=MINUTES) + GRACE + timedelta(seconds=1)
    with time_machine.travel(NOON + timedelta(minutes=1), tick=False):
        ada, base = browser(cast.ada), f"/learn/principles/attempts/{uuid}"
        for place, chosen in keys.items():
            assert ada.post(f"{base}/{place}/kept", {"chosen": chosen}).status_code == 204
    with time_machine.travel(over, tick=False):
        page = ada.visit(base)
        assert page.h1.text == "Time is up"
        assert "2 of 2 answered in time" in page.text
        assert page.find("form", action=lambda action: action and action.endswith("/submission")) is None
        assert ada.get(f"{base}/1").headers["Location"].endswith(uuid)
        late = ada.post(f"{base}/submission")
        assert "your result will be here in a moment" in ada.visit(late.headers["Location"]).text
        run_jobs(over)
        assert "2 of 2 right: 100 per cent" in ada.visit(base).text


def test_the_page_of_a_timed_attempt_carries_the_servers_own_clock(browser, cast, session):
    _course, attempt = sitting(session, cast.ada, deadline_at=NOON + timedelta(minutes=MINUTES))
    with time_machine.travel(NOON + timedelta(minutes=1), tick=False):
        ada = browser(cast.ada)
        for path in ("", "/1"):
            clock = ada.visit(f"/learn/principles/attempts/{attempt.uuid}{path}").select_one("[data-ends]")
            assert int(clock["data-ends"]) - int(clock["data-now"]) == (MINUTES - 1) * 60 * 1000
            assert "until 13:20" in clock.text
            assert '"60": "1 minute left. When time is up we hand in what you have chosen."' in clock["data-said"]


def test_without_a_limit_there_is_no_clock(browser, cast, session):
    course = a_course(session)
    attempt = an_attempt(session, enrolment=a_reader(session, person=cast.ada, course=course), course=course)
    page = browser(cast.ada).get(f"/learn/principles/attempts/{attempt.uuid}/1")
    assert BeautifulSoup(page.text, "html.parser").select_one("[data-ends]") is None


def test_the_clock_gives_back_what_an_outage_took_and_costs_a_statement_only_where_there_is_one(browser, cast, session):
    """RELIABILITY 3b: timer credited; without script the page is the truth."""
    _course, attempt = sitting(session, cast.ada, deadline_at=NOON + timedelta(minutes=MINUTES))
    path = f"/learn/principles/attempts/{attempt.uuid}"
    session.add(Outage(began_at=NOON + timedelta(minutes=2), ended_at=NOON + timedelta(minutes=7)))
    session.commit()
    with time_machine.travel(NOON + timedelta(minutes=MINUTES + 4), tick=False):
        ada = browser(cast.ada)
        ada.get(path)
        for page in (path, f"{path}/1"):
            with counting_statements() as sent:
                clock = ada.visit(page).select_one("[data-ends]")
            assert "until 13:25" in clock.text
            assert int(clock["data-ends"]) - int(clock["data-now"]) == 60 * 1000
            assert len(sent) <= 3, "\n".join(sent)
        chosen = {"chosen": attempt.paper[0]["options"][0][0]}
        assert ada.post(f"{path}/1/kept", chosen).status_code == 204
    with time_machine.travel(NOON + timedelta(minutes=MINUTES + 5) + GRACE + timedelta(seconds=1), tick=False):
        assert ada.visit(path).h1.text == "Time is up"
