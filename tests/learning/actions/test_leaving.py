"""Leaving in the middle of a quiz, and coming back: nothing is lost, and nothing is passed that was not asked (decision 0051)."""

from datetime import timedelta

import pytest

from app.core.errors import Conflict
from app.learning.actions.assigning import assign_mandatory
from app.learning.actions.attempting import close_attempt, save_answer, start_attempt, submit_attempt
from app.learning.actions.enrolling import enrol, leave
from app.learning.models import Answer, Certificate, Course, Enrolment
from app.learning.rules.quiz import GRACE
from tests.conftest import NOON
from tests.factories.learners import a_reader, right_answers
from tests.factories.learning import a_course, a_course_document, a_lesson_document, a_module_document, a_version
from tests.factories.people import a_grant

TODAY = NOON.date()
LATER = NOON + timedelta(hours=2)


@pytest.fixture
def sitting(session, cast):
    """Ada sits the quiz of a first version, has answered everything, and leaves; then a second version comes out."""

    def begin(**more):
        course = a_course(session, **more)
        a_reader(session, person=cast.ada, course=course)
        attempt = start_attempt(session, person_id=cast.ada.id, slug="principles", at=NOON)
        for place, chosen in right_answers(attempt, course).items():
            save_answer(session, person_id=cast.ada.id, slug="principles", attempt=attempt.uuid, place=place, chosen=chosen, at=NOON)
        leave(session, person_id=cast.ada.id, slug="principles", at=NOON)
        second = a_course_document(
            uuid=course.uuid,
            version=2,
            mandatory_for=list(course.document.mandatory_for),
            modules=[a_module_document(lessons=[a_lesson_document(name="new")])],
        )
        a_version(session, course=session.get(Course, course.id), document=second, number=2)
        return course, attempt

    return begin


def back(session, cast):
    return enrol(session, person_id=cast.ada.id, slug="principles", on=TODAY, at=LATER)


def test_who_comes_back_goes_on_with_the_quiz_of_the_version_that_it_asks_about(session, cast, sitting):
    """T31: an attempt, its lessons, its pass and its certificate are of one version."""
    course, attempt = sitting()
    enrolment = back(session, cast)
    assert (enrolment.state, enrolment.version_id) == ("open", course.version_id)
    assert start_attempt(session, person_id=cast.ada.id, slug="principles", at=LATER).id == attempt.id
    assert submit_attempt(session, person_id=cast.ada.id, slug="principles", attempt=attempt.uuid, at=LATER).passed
    assert (enrolment.state, enrolment.version_id) == ("completed", course.version_id)
    assert session.query(Certificate).one().courses[0]["version"] == 1


def test_a_quiz_that_was_handed_in_before_leaving_keeps_nobody_in_the_old_version(session, cast):
    course = a_course(session)
    a_reader(session, person=cast.ada, course=course)
    attempt = start_attempt(session, person_id=cast.ada.id, slug="principles", at=NOON)
    submit_attempt(session, person_id=cast.ada.id, slug="principles", attempt=attempt.uuid, at=NOON)
    leave(session, person_id=cast.ada.id, slug="principles", at=NOON)
    version = a_version(session, course=session.get(Course, course.id), document=a_course_document(uuid=course.uuid, version=2), number=2)
    assert back(session, cast).version_id == version.id


def test_a_course_that_was_left_is_neither_answered_nor_passed(session, cast, sitting):
    _course, attempt = sitting()
    with pytest.raises(Conflict, match=r"enrolment\.none"):
        submit_attempt(session, person_id=cast.ada.id, slug="principles", attempt=attempt.uuid, at=NOON)
    with pytest.raises(Conflict, match=r"enrolment\.none"):
        save_answer(session, person_id=cast.ada.id, slug="principles", attempt=attempt.uuid, place=1, chosen=[], at=NOON)
    with pytest.raises(Conflict, match=r"enrolment\.none"):
        start_attempt(session, person_id=cast.ada.id, slug="principles", at=NOON)
    assert session.query(Enrolment).one().state == "left"
    assert (attempt.state, session.query(Answer).count()) == ("open", 2)
    assert session.query(Certificate).count() == 0


@pytest.mark.parametrize("way", ["enrolling", "a duty"])
def test_time_that_ran_out_meanwhile_is_judged_after_the_return_by_what_was_saved(session, cast, run_jobs, sitting, way):
    """T28: what was saved in time counts, whether the learner comes back or a role brings them back."""
    course, attempt = sitting(attempt_minutes=30, mandatory_for=["spokesperson"])
    run_jobs(NOON + timedelta(minutes=30) + GRACE + timedelta(seconds=2))
    close_attempt(session, attempt_id=attempt.id, at=LATER, has_waited=True)
    session.commit()
    assert (attempt.state, session.query(Enrolment).one().state) == ("open", "left")
    if way == "enrolling":
        back(session, cast)
    else:
        a_grant(session, person=cast.ada, role="spokesperson")
        assign_mandatory(session, at=LATER)
    session.commit()
    run_jobs(LATER)
    run_jobs(LATER + GRACE + timedelta(seconds=1))
    enrolment = session.query(Enrolment).filter_by(person_id=cast.ada.id).one()
    assert (attempt.state, attempt.passed) == ("submitted", True)
    assert (enrolment.state, enrolment.version_id) == ("completed", course.version_id)


def test_the_page_of_an_attempt_leads_back_into_a_course_that_was_left(browser, cast, session, sitting):
    _course, attempt = sitting()
    session.commit()
    ada, address = browser(cast.ada), f"/learn/principles/attempts/{attempt.uuid}"
    assert ada.get(f"{address}/1").headers["Location"] == address
    answer = ada.get(address)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/learn/principles")
    page = ada.visit("/learn/principles")
    assert "Open its page and enrol first" in page.text
    assert ada.submit(page, action="/learn/principles/enrolments").status_code == 303
    assert ada.visit(address).select("form[action$='/submission']")
