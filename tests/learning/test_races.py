"""Many at once: real threads on the real database."""

from contextlib import suppress
from datetime import timedelta
from threading import Barrier, BrokenBarrierError

from app.core.clock import now
from app.core.models import Job, StoredEvent
from app.learning.actions.attempting import save_answer, start_attempt, submit_attempt
from app.learning.actions.enrolling import enrol
from app.learning.models import Attempt, Certificate, Enrolment
from tests.factories.learners import a_reader, an_answer, an_attempt, right_answers
from tests.factories.learning import a_course
from tests.support.bursts import burst


def test_fifty_enrolments_at_once_make_one(app, session, cast):
    """T87: the unique constraint wins, and everybody gets the one that was made."""
    a_course(session)
    person_id, at = cast.ada.id, now()
    session.close()
    uuids = burst(app, lambda db, _number: enrol(db, person_id=person_id, slug="principles", on=at.date(), at=at).uuid)
    assert len(set(uuids)) == 1
    assert session.query(Enrolment).count() == 1
    assert session.query(StoredEvent).filter_by(name="Enrolled").count() == 1


def test_fifty_starts_at_once_make_one_attempt(app, session, cast):
    """T29: one attempt, one number."""
    a_reader(session, person=cast.ada, course=a_course(session))
    person_id, at = cast.ada.id, now()
    session.close()
    uuids = burst(app, lambda db, _number: start_attempt(db, person_id=person_id, slug="principles", at=at).uuid)
    assert len(set(uuids)) == 1
    assert session.query(Attempt).count() == 1


def test_fifty_submissions_at_once_make_one_grade_and_one_certificate(app, session, cast):
    """T29: one grade, one certificate, one letter, one event of each kind."""
    course = a_course(session)
    attempt = an_attempt(session, enrolment=a_reader(session, person=cast.ada, course=course), course=course)
    for place, chosen in right_answers(attempt, course).items():
        save_answer(session, person_id=cast.ada.id, slug="principles", attempt=attempt.uuid, place=place, chosen=chosen, at=now())
    session.commit()
    person_id, uuid, at = cast.ada.id, attempt.uuid, now()
    session.close()

    def submit(db, number):
        judged = submit_attempt(db, person_id=person_id, slug="principles", attempt=uuid, at=at + timedelta(seconds=number))
        return judged.score, judged.submitted_at

    assert len(set(burst(app, submit))) == 1
    assert session.query(Certificate).count() == 1
    names = sorted(name for (name,) in session.query(StoredEvent.name))
    assert names == ["CertificateIssued", "CoursePassed"]
    assert session.query(Job).filter_by(name="learning.send_certificate").count() == 1


def test_two_courses_passed_at_once_bring_their_certificate(app, session, cast):
    """T29: neither submission misses the other's pass."""
    sittings = []
    for slug in ("one", "two"):
        course = a_course(session, slug=slug)
        attempt = an_attempt(session, enrolment=a_reader(session, person=cast.ada, course=course), course=course)
        for place, chosen in right_answers(attempt, course).items():
            save_answer(session, person_id=cast.ada.id, slug=slug, attempt=attempt.uuid, place=place, chosen=chosen, at=now())
        sittings.append((slug, attempt.uuid))
    session.commit()
    person_id, at = cast.ada.id, now()
    session.close()

    def submit(db, number):
        slug, uuid = sittings[number % 2]
        return submit_attempt(db, person_id=person_id, slug=slug, attempt=uuid, at=at).passed

    assert burst(app, submit, 8) == [True] * 8
    assert session.query(Certificate).count() == 1


def test_two_courses_whose_time_ran_out_bring_their_certificate_when_both_are_opened_at_once(app, session, cast):
    """T29: whoever begins again has the late attempt judged first, and neither judgement misses the other's pass."""
    at = now()
    for slug in ("one", "two"):
        course = a_course(session, slug=slug)
        enrolment = a_reader(session, person=cast.ada, course=course)
        began = {"at": at - timedelta(hours=1), "deadline_at": at - timedelta(minutes=30)}
        attempt = an_attempt(session, enrolment=enrolment, course=course, **began)
        for place, chosen in right_answers(attempt, course).items():
            an_answer(session, attempt=attempt, place=place, chosen=chosen, at=began["at"])
    person_id, both = cast.ada.id, Barrier(2)
    session.close()

    def start(db, number):
        if number > 1:
            return True
        judged = start_attempt(db, person_id=person_id, slug=("one", "two")[number], at=at)
        with suppress(BrokenBarrierError):
            both.wait(timeout=1)  # neither is committed yet, unless one had to wait for the other
        return judged.passed

    assert burst(app, start, 8) == [True] * 8
    assert session.query(Certificate).count() == 1


def test_an_answer_and_the_submission_never_cross(app, session, cast):
    """T28, T29: an answer is either judged or refused, never kept after the grade."""
    course = a_course(session)
    attempt = an_attempt(session, enrolment=a_reader(session, person=cast.ada, course=course), course=course)
    key = right_answers(attempt, course)
    for place, chosen in key.items():
        save_answer(session, person_id=cast.ada.id, slug="principles", attempt=attempt.uuid, place=place, chosen=chosen, at=now())
    session.commit()
    person_id, uuid, at = cast.ada.id, attempt.uuid, now()
    session.close()

    def deed(db, number):
        if number == 4:
            return submit_attempt(db, person_id=person_id, slug="principles", attempt=uuid, at=at).score
        return save_answer(db, person_id=person_id, slug="principles", attempt=uuid, place=1, chosen=key[1], at=at)

    results = burst(app, deed, 16)
    assert results[4] == 100
    assert set(results) <= {100, 2, "attempt.over"}
