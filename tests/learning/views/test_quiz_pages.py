"""The quiz as a browser sees it."""

import re
from datetime import timedelta

import pytest
import time_machine

from app.learning.models import Answer, Attempt
from tests.conftest import NOON
from tests.factories.learners import a_reader, an_answer, an_attempt, right_answers
from tests.factories.learning import a_course, a_course_document, a_module_document, an_item_document


def with_canaries():
    """Feedback that gives itself away wherever it appears."""
    items = [an_item_document(objective=f"o{number}", stem=f"Stem {number}") for number in range(4)]
    for item in items:
        for option in item["options"]:
            option["feedback"] = {"en": "CANARY feedback", "nl": "CANARY feedback"}
    return [a_module_document(items=items)]


def sitting(session, person, **more):
    course = a_course(session, modules=with_canaries(), questions=3, **more)
    return course, an_attempt(session, enrolment=a_reader(session, person=person, course=course), course=course)


def test_no_byte_of_an_open_attempt_tells_the_answer(browser, cast, session):
    """T26, T27, G6: no key, no feedback, no option id of the bank and no score in any byte during an attempt."""
    course, attempt = sitting(session, cast.ada)
    ada, base = browser(cast.ada), f"/learn/principles/attempts/{attempt.uuid}"
    right = right_answers(attempt, course)
    ada.post(f"{base}/1", {"chosen": right[1]})
    wrong = next(one for one, _option in attempt.paper[1]["options"] if one not in right[2])
    ada.post(f"{base}/2", {"chosen": wrong})
    paths = [
        base,
        *(f"{base}/{place}" for place in (1, 2, 3)),
        "/learn/principles",
        "/learn/",
        "/me",
        "/me/everything",
        "/learn/principles/first-words",
    ]
    leading = [f"{base}/next"]
    paths += [*leading, "/", "/me/everything.json"]
    for path in paths:
        answer = ada.get(path)
        assert answer.status_code == (303 if path in leading else 200), path
        said = answer.text + str(answer.headers)
        assert "CANARY" not in said, path
        assert not re.search(r"correct|per cent(?! *</li>)|data-right|Worth another look", said.replace("You pass with 80 per cent", "")), path
    for place in (1, 2, 3):
        page = ada.visit(f"{base}/{place}")
        shown = [field["value"] for field in page.find_all("input", attrs={"name": "chosen"})]
        assert shown == [one for one, _option in attempt.paper[place - 1]["options"]]
        assert not set(shown) & {"a", "b", "c"}


def test_right_and_wrong_choices_look_alike_before_handing_in(browser, cast, session):
    """T26: the saved page differs by the checked box alone, whether it is right or wrong."""
    _course, attempt = sitting(session, cast.ada)
    ada, place = browser(cast.ada), f"/learn/principles/attempts/{attempt.uuid}/1"
    looks = set()
    for one, _option in attempt.paper[0]["options"]:
        ada.post(place, {"chosen": one})
        looks.add(re.sub(r'(value|content)="[^"]{40,}"', "", ada.get(place).text).replace(" checked", ""))
    assert len(looks) == 1


@pytest.mark.parametrize(
    "chosen", [["a"], ["1"], ["true"], ["１"], ["NaN"], ["[]"], ["{}"], ["1e309"], ["x" * 5000], ["a", "b"]], ids=lambda chosen: chosen[0][:8]
)
def test_what_is_no_answer_of_the_page_is_refused(browser, cast, session, chosen):
    """T30: 422, nothing kept."""
    _course, attempt = sitting(session, cast.ada)
    answer = browser(cast.ada).post(f"/learn/principles/attempts/{attempt.uuid}/1", {"chosen": chosen})
    assert answer.status_code == 422
    assert session.query(Answer).count() == 0


def test_an_unknown_field_is_refused(browser, cast, session):
    """T21: score=100 is not asked for."""
    _course, attempt = sitting(session, cast.ada)
    assert browser(cast.ada).post(f"/learn/principles/attempts/{attempt.uuid}/1", {"score": "100"}).status_code == 422


def test_skipping_is_allowed_and_the_overview_asks_before_handing_in(browser, cast, session):
    course, attempt = sitting(session, cast.ada)
    ada, base = browser(cast.ada), f"/learn/principles/attempts/{attempt.uuid}"
    assert ada.post(f"{base}/1", {}).headers["Location"].endswith("/2")
    an_answer(session, attempt=attempt, place=2, chosen=right_answers(attempt, course)[2])
    page = ada.visit(base)
    assert "1 of 3 answered" in page.text
    assert "2 questions have no answer yet" in page.find("dialog").text


def test_who_leaves_in_the_middle_goes_on_elsewhere(browser, cast, session):
    course, attempt = sitting(session, cast.ada)
    browser(cast.ada).post(f"/learn/principles/attempts/{attempt.uuid}/1", {"chosen": right_answers(attempt, course)[1]})
    phone = browser(cast.ada)
    page = phone.visit("/learn/principles")
    onward = page.find("a", href=f"/learn/principles/attempts/{attempt.uuid}/next")
    assert onward.text == "Go on with the quiz"
    assert phone.get(onward["href"]).headers["Location"].endswith(f"/attempts/{attempt.uuid}/2"), "the first without an answer"
    page = phone.visit(f"/learn/principles/attempts/{attempt.uuid}/1")
    assert [box["value"] for box in page.find_all("input", checked=True)] == right_answers(attempt, course)[1]


def test_going_on_when_nothing_is_left_to_answer_leads_to_handing_in_and_then_to_the_result(browser, cast, session):
    course, attempt = sitting(session, cast.ada)
    ada, base = browser(cast.ada), f"/learn/principles/attempts/{attempt.uuid}"
    for place, chosen in right_answers(attempt, course).items():
        ada.post(f"{base}/{place}", {"chosen": chosen})
    assert ada.get(f"{base}/next").headers["Location"].endswith(base)
    ada.post(f"{base}/submission")
    assert ada.get(f"{base}/next").headers["Location"].endswith(base)


def test_the_result_teaches_and_says_when_the_next_attempt_opens(browser, cast, session):
    _course, attempt = sitting(session, cast.ada)
    with time_machine.travel(NOON, tick=False):
        ada, base = browser(cast.ada), f"/learn/principles/attempts/{attempt.uuid}"
    wrong = {place: next(one for one, option in attempt.paper[place - 1]["options"] if option == "b") for place in (1, 2)}
    with time_machine.travel(NOON, tick=False):
        for place, chosen in wrong.items():
            ada.post(f"{base}/{place}", {"chosen": chosen})
        ada.post(f"{base}/submission")
        page = ada.visit(base)
        assert page.text.count("CANARY feedback") == 5
        assert "0 of 3 right: 0 per cent. You pass with 80." in page.text
        assert page.text.index("CANARY") < page.text.index("0 of 3 right")
        assert "You can try again in 60 minutes." in page.text
        assert page.select_one("#score time")["title"] == "23 November 2026, 14:00:00 CET"
        assert "First words" in page.text
        assert ada.visit("/learn/principles").select_one("#quiz time")["title"] == "23 November 2026, 14:00:00 CET"
        assert ada.visit("/learn/principles").select_one(".course-now time")["title"] == "23 November 2026, 14:00:00 CET"
        answer = ada.post("/learn/principles/attempts")
        assert "short break" in ada.visit(answer.headers["Location"].split("#")[0]).text
    with time_machine.travel(NOON + timedelta(hours=1), tick=False):
        assert ada.post("/learn/principles/attempts").headers["Location"].endswith("/1")


def test_after_handing_in_the_questions_lead_to_the_result(browser, cast, session):
    _course, attempt = sitting(session, cast.ada)
    ada, base = browser(cast.ada), f"/learn/principles/attempts/{attempt.uuid}"
    first = ada.post(f"{base}/submission")
    again = ada.post(f"{base}/submission")
    assert first.headers["Location"] == again.headers["Location"]
    assert ada.get(f"{base}/1").headers["Location"].endswith(attempt.uuid)
    answer = ada.post(f"{base}/1", {"chosen": attempt.paper[0]["options"][0][0]})
    assert answer.status_code == 303
    assert "handed in" in ada.visit(answer.headers["Location"]).text
    session.expire_all()
    assert session.get(Attempt, attempt.id).score == 0


def test_a_late_submission_says_what_becomes_of_it(browser, cast, session):
    """T28: the server's clock rules."""
    course = a_course(session, document=a_course_document(attempt_minutes=10))
    attempt = an_attempt(session, enrolment=a_reader(session, person=cast.ada, course=course), course=course, deadline_at=NOON)
    with time_machine.travel(NOON - timedelta(minutes=5), tick=False):
        ada = browser(cast.ada)
        assert "until" in ada.visit(f"/learn/principles/attempts/{attempt.uuid}/1").text
    with time_machine.travel(NOON + timedelta(minutes=5), tick=False):
        answer = ada.post(f"/learn/principles/attempts/{attempt.uuid}/submission")
        assert "Time is up" in ada.visit(answer.headers["Location"].split("#")[0]).text
