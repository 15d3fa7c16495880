"""What other rooms ask: levels, certificates, the card to continue."""

from datetime import date

import pytest

from app.learning.queries.levels import level_steps, levels_held, valid_certificate
from app.learning.queries.progress import continue_card
from tests.conftest import NOON
from tests.factories.learners import a_certificate, a_lesson_done, a_reader, an_attempt, an_enrolment
from tests.factories.learning import a_course, a_lesson_document, a_module_document
from tests.support.statements import counting_statements

TODAY = NOON.date()


@pytest.mark.parametrize(
    ("more", "level", "found"),
    [
        ({}, "enthusiast", True),
        ({}, "professional", False),
        ({"level": "professional"}, "enthusiast", True),
        ({"expires_on": TODAY}, "enthusiast", True),
        ({"expires_on": date(2026, 11, 22)}, "enthusiast", False),
        ({"revoked_at": NOON}, "enthusiast", False),
    ],
)
def test_only_a_running_certificate_of_the_level_or_above_counts(session, cast, more, level, found):
    a_certificate(session, person=cast.ada, **more)
    assert (valid_certificate(session, cast.ada.id, level=level, on=TODAY) is not None) is found
    assert (level in levels_held(session, cast.ada.id, on=TODAY)) is found
    assert levels_held(session, cast.mallory.id, on=TODAY) == frozenset()


def test_the_path_says_what_is_missing(session, cast):
    one, two = a_course(session, slug="one", place=1), a_course(session, slug="two", place=2)
    a_course(session, slug="three", level="professional")
    an_enrolment(session, person=cast.ada, course=one, state="completed")
    an_enrolment(session, person=cast.ada, course=two, state="completed", expires_on=date(2026, 1, 1))
    steps = level_steps(session, cast.ada.id, on=TODAY)
    assert [(step.level, step.state) for step in steps] == [("enthusiast", "current"), ("professional", "next"), ("spokesperson", "next")]
    assert [(course.slug, course.again) for course in steps[0].missing] == [("two", True)]
    assert [course.slug for course in steps[1].missing] == ["two", "three"]
    a_certificate(session, person=cast.ada)
    steps = level_steps(session, cast.ada.id, on=TODAY)
    assert [step.state for step in steps] == ["done", "current", "next"]
    assert steps[0].until == date(2099, 12, 31)


def test_the_card_leads_to_the_first_lesson_that_is_not_done(session, cast):
    lessons = [a_lesson_document(name=name, minutes=4) for name in ("one", "two", "three")]
    course = a_course(session, modules=[a_module_document(lessons=lessons)], minutes=20)
    enrolment = an_enrolment(session, person=cast.ada, course=course)
    a_lesson_done(session, enrolment=enrolment, uuid=lessons[0]["uuid"])
    card = continue_card(session, cast.ada.id)
    assert (card.lesson_name, card.number, card.count, card.minutes_left, card.done_share) == ("two", 2, 3, 16, 33)
    assert continue_card(session, cast.mallory.id) is None


def test_the_card_leads_to_the_quiz_when_all_is_read(session, cast):
    course = a_course(session)
    enrolment = a_reader(session, person=cast.ada, course=course)
    card = continue_card(session, cast.ada.id)
    assert (card.is_quiz, card.sitting, card.done_share) == (True, None, 100)
    attempt = an_attempt(session, enrolment=enrolment, course=course)
    assert continue_card(session, cast.ada.id).sitting == attempt.uuid


def test_the_card_is_of_the_course_last_busy_with_and_never_of_a_paused_one(session, cast):
    busy, idle = a_course(session, slug="busy"), a_course(session, slug="idle")
    enrolment = an_enrolment(session, person=cast.ada, course=busy)
    an_enrolment(session, person=cast.ada, course=idle)
    an_enrolment(session, person=cast.ada, course=a_course(session, slug="aside"), state="paused", enrolled_at=NOON)
    a_lesson_done(session, enrolment=enrolment, uuid=busy.document.lessons[0].uuid, at=NOON)
    ada_id = cast.ada.id
    assert continue_card(session, ada_id).slug == "busy"
    with counting_statements() as sent:
        continue_card(session, ada_id)
    assert len(sent) == 1


def test_a_level_whose_certificate_was_revoked_says_that_nothing_is_missing_but_the_proof(session, cast):
    an_enrolment(session, person=cast.ada, course=a_course(session), state="completed", expires_on=date(2027, 5, 1))
    certificate = a_certificate(session, person=cast.ada)
    assert not level_steps(session, cast.ada.id, on=NOON.date())[0].lacks_proof
    certificate.revoked_at = NOON
    session.commit()
    assert level_steps(session, cast.ada.id, on=NOON.date())[0].lacks_proof
