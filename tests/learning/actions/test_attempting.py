"""Sitting the quiz."""

import math
from datetime import date, timedelta

import pytest

from app.core.errors import Conflict, Invalid, NotFound
from app.core.models import Job, Outage, StoredEvent
from app.learning.actions.attempting import close_attempt, save_answer, start_attempt, submit_attempt
from app.learning.models import Answer, Attempt, Certificate, Course, Enrolment
from app.learning.rules.quiz import GRACE
from tests.conftest import NOON
from tests.factories.learners import a_lesson_done, a_reader, an_attempt, an_enrolment, right_answers
from tests.factories.learning import a_course, a_course_document, a_module_document, a_version

HOUR = timedelta(hours=1)


def save_all(session, person, course, attempt, *, at=NOON, right=True):
    for place, chosen in right_answers(attempt, course).items():
        ids = [one for one, _option in attempt.paper[place - 1]["options"]]
        given = chosen if right else [one for one in ids if one not in chosen][:1]
        save_answer(session, person_id=person.id, slug=course.slug, attempt=attempt.uuid, place=place, chosen=given, at=at)


def sit(session, person, course, *, at=NOON, right=True):
    attempt = start_attempt(session, person_id=person.id, slug=course.slug, at=at)
    save_all(session, person, course, attempt, at=at, right=right)
    return submit_attempt(session, person_id=person.id, slug=course.slug, attempt=attempt.uuid, at=at)


def test_the_quiz_opens_when_every_lesson_is_done(session, cast):
    course = a_course(session)
    enrolment = an_enrolment(session, person=cast.ada, course=course)
    with pytest.raises(Conflict, match=r"attempt\.lessons"):
        start_attempt(session, person_id=cast.ada.id, slug="principles", at=NOON)
    a_lesson_done(session, enrolment=enrolment, uuid=course.document.lessons[0].uuid)
    assert start_attempt(session, person_id=cast.ada.id, slug="principles", at=NOON).number == 1


def test_a_renewal_may_begin_with_the_quiz(session, cast):
    course = a_course(session)
    an_enrolment(session, person=cast.ada, course=course, state="completed", expires_on=date(2026, 11, 1))
    an_enrolment(session, person=cast.ada, course=course, ordinal=2)
    assert start_attempt(session, person_id=cast.ada.id, slug="principles", at=NOON).state == "open"


def test_without_enrolment_there_is_no_attempt(session, cast):
    a_course(session)
    with pytest.raises(Conflict, match=r"enrolment\.none"):
        start_attempt(session, person_id=cast.ada.id, slug="principles", at=NOON)


def test_starting_again_goes_on_with_the_open_attempt(session, cast):
    """T29: a double start makes one attempt."""
    a_reader(session, person=cast.ada, course=a_course(session))
    one = start_attempt(session, person_id=cast.ada.id, slug="principles", at=NOON)
    two = start_attempt(session, person_id=cast.ada.id, slug="principles", at=NOON + HOUR)
    assert (one.id, one.paper) == (two.id, two.paper)


def test_all_right_passes_completes_and_is_announced(session, cast):
    course = a_course(session)
    enrolment = a_reader(session, person=cast.ada, course=course)
    attempt = sit(session, cast.ada, course)
    assert (attempt.score, attempt.passed, attempt.submitted_at) == (100, True, NOON)
    assert (enrolment.state, enrolment.completed_on, enrolment.expires_on) == ("completed", date(2026, 11, 23), date(2027, 11, 23))
    names = [event.name for event in session.query(StoredEvent).order_by(StoredEvent.id)]
    assert names == ["CoursePassed", "CertificateIssued"]


def test_the_day_of_a_pass_is_the_learners_own(session, cast):
    """T86: at eleven in the evening UTC it is tomorrow in Amsterdam."""
    course = a_course(session)
    enrolment = a_reader(session, person=cast.ada, course=course)
    sit(session, cast.ada, course, at=NOON.replace(year=2028, month=2, day=28, hour=23))
    assert (enrolment.completed_on, enrolment.expires_on) == (date(2028, 2, 29), date(2029, 2, 28))


def test_a_failed_attempt_is_followed_by_a_cooldown_and_then_by_the_next_number(session, cast):
    course = a_course(session)
    enrolment = a_reader(session, person=cast.ada, course=course)
    attempt = sit(session, cast.ada, course, right=False)
    assert (attempt.score, attempt.passed, enrolment.state) == (0, False, "open")
    with pytest.raises(Conflict, match=r"attempt\.cooldown"):
        start_attempt(session, person_id=cast.ada.id, slug="principles", at=NOON + HOUR - timedelta(seconds=1))
    assert start_attempt(session, person_id=cast.ada.id, slug="principles", at=NOON + HOUR).number == 2


def test_after_a_pass_there_is_no_further_attempt(session, cast):
    course = a_course(session)
    a_reader(session, person=cast.ada, course=course)
    sit(session, cast.ada, course)
    with pytest.raises(Conflict, match=r"attempt\.passed"):
        start_attempt(session, person_id=cast.ada.id, slug="principles", at=NOON + HOUR)


def test_handing_in_twice_gives_one_grade(session, cast):
    """T29: a double submit makes one grade."""
    course = a_course(session)
    a_reader(session, person=cast.ada, course=course)
    one = sit(session, cast.ada, course)
    two = submit_attempt(session, person_id=cast.ada.id, slug="principles", attempt=one.uuid, at=NOON + HOUR)
    assert two.submitted_at == NOON
    assert session.query(Certificate).count() == 1


def test_places_may_be_answered_in_any_order_and_changed(session, cast):
    """T28: the order of places is free; what is saved last counts."""
    course = a_course(session)
    a_reader(session, person=cast.ada, course=course)
    attempt = start_attempt(session, person_id=cast.ada.id, slug="principles", at=NOON)
    save_all(session, cast.ada, course, attempt, right=False)
    for place, chosen in reversed(right_answers(attempt, course).items()):
        save_answer(session, person_id=cast.ada.id, slug="principles", attempt=attempt.uuid, place=place, chosen=chosen, at=NOON)
    assert submit_attempt(session, person_id=cast.ada.id, slug="principles", attempt=attempt.uuid, at=NOON).score == 100


@pytest.mark.parametrize("place", [0, -1, 3, 2**31])
def test_a_place_that_is_not_on_the_paper_is_not_found(session, cast, place):
    """T28: no answers beyond the paper."""
    course = a_course(session)
    attempt = an_attempt(session, enrolment=a_reader(session, person=cast.ada, course=course), course=course)
    with pytest.raises(NotFound):
        save_answer(session, person_id=cast.ada.id, slug="principles", attempt=attempt.uuid, place=place, chosen=[], at=NOON)


@pytest.mark.parametrize("chosen", [[True], [1], ["1"], [[]], [{}], [math.nan], [1e309], ["１"], ["a"]], ids=repr)
def test_an_answer_of_another_type_is_refused_and_nothing_kept(session, cast, chosen):
    """T30: type juggling gets nowhere."""
    course = a_course(session)
    attempt = an_attempt(session, enrolment=a_reader(session, person=cast.ada, course=course), course=course)
    with pytest.raises(Invalid):
        save_answer(session, person_id=cast.ada.id, slug="principles", attempt=attempt.uuid, place=1, chosen=chosen, at=NOON)
    assert session.query(Answer).count() == 0


def test_ids_of_another_attempt_mean_nothing_here(session, cast):
    """T16, T26: option ids belong to one attempt."""
    course = a_course(session)
    mine = an_attempt(session, enrolment=a_reader(session, person=cast.ada, course=course), course=course)
    theirs = an_attempt(session, enrolment=a_reader(session, person=cast.mallory, course=course), course=course)
    with pytest.raises(Invalid, match=r"answer\.unknown"):
        save_answer(session, person_id=cast.ada.id, slug="principles", attempt=mine.uuid, place=1, chosen=right_answers(theirs, course)[1], at=NOON)


def test_anothers_attempt_is_not_there(session, cast):
    """T15: foreign is absent."""
    course = a_course(session)
    attempt = an_attempt(session, enrolment=a_reader(session, person=cast.ada, course=course), course=course)
    about = {"person_id": cast.mallory.id, "slug": "principles", "attempt": attempt.uuid, "at": NOON}
    with pytest.raises(NotFound):
        save_answer(session, place=1, chosen=[], **about)
    with pytest.raises(NotFound):
        submit_attempt(session, **about)
    with pytest.raises(NotFound):
        submit_attempt(session, **{**about, "person_id": cast.ada.id, "slug": "other"})


def test_an_attempt_that_was_handed_in_takes_no_more_answers(session, cast):
    course = a_course(session)
    a_reader(session, person=cast.ada, course=course)
    attempt = sit(session, cast.ada, course, right=False)
    with pytest.raises(Conflict, match=r"attempt\.over"):
        save_all(session, cast.ada, course, attempt)


@pytest.mark.parametrize(("seconds", "taken"), [(-1, True), (0, True), (30, True), (31, False)])
def test_the_servers_clock_decides_about_the_deadline(session, cast, seconds, taken):
    """T28: at −1 s, 0 and +grace an attempt is taken, at +grace+1 refused."""
    course = a_course(session, document=a_course_document(attempt_minutes=10))
    a_reader(session, person=cast.ada, course=course)
    attempt = start_attempt(session, person_id=cast.ada.id, slug="principles", at=NOON)
    save_all(session, cast.ada, course, attempt)
    at = NOON + timedelta(minutes=10, seconds=seconds)
    about = {"person_id": cast.ada.id, "slug": "principles", "attempt": attempt.uuid, "at": at}
    if taken:
        save_answer(session, place=1, chosen=right_answers(attempt, course)[1], **about)
        assert submit_attempt(session, **about).score == 100
    else:
        with pytest.raises(Conflict, match=r"attempt\.late"):
            save_answer(session, place=1, chosen=[], **about)
        with pytest.raises(Conflict, match=r"attempt\.late"):
            submit_attempt(session, **about)


def test_what_was_saved_in_time_counts_when_the_time_is_over(session, cast, run_jobs):
    """L1: nobody loses an answer by the timer."""
    course = a_course(session, document=a_course_document(attempt_minutes=10))
    a_reader(session, person=cast.ada, course=course)
    attempt = start_attempt(session, person_id=cast.ada.id, slug="principles", at=NOON)
    save_all(session, cast.ada, course, attempt)
    session.commit()
    run_jobs(NOON + timedelta(minutes=10))
    assert session.get(Attempt, attempt.id).state == "open"
    session.rollback()
    run_jobs(NOON + timedelta(minutes=10) + GRACE + timedelta(seconds=1))
    assert (session.get(Attempt, attempt.id).score, session.query(Enrolment).one().state) == (100, "completed")


def test_closing_leaves_alone_what_was_handed_in_or_has_time(session, cast):
    course = a_course(session)
    attempt = an_attempt(session, enrolment=a_reader(session, person=cast.ada, course=course), course=course)
    close_attempt(session, attempt_id=attempt.id, at=NOON)
    assert attempt.state == "open"
    close_attempt(session, attempt_id=0, at=NOON)


def test_starting_after_a_lost_deadline_judges_what_was_saved(session, cast):
    course = a_course(session, document=a_course_document(attempt_minutes=10))
    a_reader(session, person=cast.ada, course=course)
    attempt = start_attempt(session, person_id=cast.ada.id, slug="principles", at=NOON)
    late = start_attempt(session, person_id=cast.ada.id, slug="principles", at=NOON + HOUR)
    assert (late.id, late.state, late.score) == (attempt.id, "submitted", 0)


def test_a_lost_attempt_is_judged_by_the_version_that_it_was_drawn_from(session, cast):
    """T31: who left and came back reads the newest version; the paper is still the old one."""
    course = a_course(session, attempt_minutes=30)
    enrolment = a_reader(session, person=cast.ada, course=course)
    attempt = start_attempt(session, person_id=cast.ada.id, slug="principles", at=NOON)
    for place, chosen in right_answers(attempt, course).items():
        save_answer(session, person_id=cast.ada.id, slug="principles", attempt=attempt.uuid, place=place, chosen=chosen, at=NOON)
    newer = a_version(session, course=session.get(Course, course.id), document=a_course_document(version=2, modules=[a_module_document()]), number=2)
    enrolment.version_id = newer.id
    session.commit()
    late = start_attempt(session, person_id=cast.ada.id, slug="principles", at=NOON + HOUR)
    assert (late.id, late.score, late.passed) == (attempt.id, 100, True)


def limited(session, person):
    """An attempt of ten minutes from noon on, with everything answered, of which an outage took from minute nine to minute fourteen, and half an hour."""
    course = a_course(session, document=a_course_document(attempt_minutes=10))
    a_reader(session, person=person, course=course)
    attempt = start_attempt(session, person_id=person.id, slug="principles", at=NOON)
    save_all(session, person, course, attempt)
    minute = timedelta(minutes=1)
    session.add(Outage(began_at=NOON + 9 * minute, ended_at=NOON + 14 * minute))
    session.add(Outage(began_at=NOON + 10 * minute, ended_at=NOON + 12 * minute))
    session.commit()
    return course, attempt


@pytest.mark.parametrize(("seconds", "taken"), [(-1, True), (0, True), (30, True), (31, False)])
def test_the_time_of_an_outage_is_given_back_to_the_second(session, cast, seconds, taken):
    """RELIABILITY 3b: five minutes were lost, noticed twice, and come on top of ten; the grace after them is the same."""
    course, attempt = limited(session, cast.ada)
    at = NOON + timedelta(minutes=15, seconds=seconds)
    about = {"person_id": cast.ada.id, "slug": "principles", "attempt": attempt.uuid, "at": at}
    if taken:
        save_answer(session, place=1, chosen=right_answers(attempt, course)[1], **about)
        assert start_attempt(session, person_id=cast.ada.id, slug="principles", at=at).state == "open"
        assert submit_attempt(session, **about).score == 100
    else:
        with pytest.raises(Conflict, match=r"attempt\.late"):
            save_answer(session, place=1, chosen=[], **about)
        assert start_attempt(session, person_id=cast.ada.id, slug="principles", at=at).state == "submitted"


def test_an_attempt_is_closed_when_its_credited_time_is_over(session, cast, run_jobs):
    _course, attempt = limited(session, cast.ada)
    over = NOON + timedelta(minutes=15) + GRACE + timedelta(seconds=1)
    for early in (NOON + timedelta(minutes=10) + GRACE + timedelta(seconds=1), over - timedelta(seconds=1)):
        run_jobs(early)
        assert session.get(Attempt, attempt.id).state == "open"
        session.rollback()
    run_jobs(over)
    assert (session.get(Attempt, attempt.id).state, session.get(Attempt, attempt.id).score) == ("submitted", 100)
    assert {job.state for job in session.query(Job).filter(Job.name == "learning.close_attempt")} == {"done"}


@pytest.mark.parametrize("is_outage", [True, False])
def test_a_job_that_was_held_up_waits_once_for_the_outage_to_be_written_down(session, cast, run_jobs, is_outage):
    """Jobs and pages may run in different processes, and whoever is back first knows of no outage yet."""
    course = a_course(session, document=a_course_document(attempt_minutes=10))
    a_reader(session, person=cast.ada, course=course)
    attempt = start_attempt(session, person_id=cast.ada.id, slug="principles", at=NOON)
    session.commit()
    back = NOON + timedelta(minutes=25)
    run_jobs(back)
    assert session.get(Attempt, attempt.id).state == "open"
    if is_outage:
        session.add(Outage(began_at=NOON + timedelta(minutes=5), ended_at=back))
    session.commit()
    run_jobs(back + GRACE)
    assert session.get(Attempt, attempt.id).state == ("open" if is_outage else "submitted")
