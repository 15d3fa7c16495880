"""Certificates: issued once for each level reached."""

from datetime import date

from app.core.ids import CODE_LENGTH, is_code
from app.learning.actions.certifying import certify
from app.learning.models import Certificate
from tests.conftest import NOON
from tests.factories.learners import a_certificate, an_enrolment
from tests.factories.learning import a_course
from tests.factories.people import a_person

TODAY = NOON.date()


def passed(session, person, course, until, **more):
    return an_enrolment(session, person=person, course=course, state="completed", expires_on=until, **more)


def issued(session, person):
    certify(session, person_id=person.id, on=TODAY, at=NOON)
    return {(one.level, one.ordinal): one.expires_on for one in session.query(Certificate).filter_by(person_id=person.id)}


def test_a_certificate_waits_for_every_course_of_its_level_and_ends_with_the_first_pass(session, cast):
    one, two = a_course(session, slug="one"), a_course(session, slug="two")
    passed(session, cast.ada, one, date(2027, 5, 1))
    assert issued(session, cast.ada) == {}
    passed(session, cast.ada, two, date(2027, 3, 1))
    assert issued(session, cast.ada) == {("enthusiast", 1): date(2027, 3, 1)}
    assert issued(session, cast.ada) == {("enthusiast", 1): date(2027, 3, 1)}


def test_a_pass_that_ran_out_proves_nothing(session, cast):
    passed(session, cast.ada, a_course(session), date(2026, 11, 22))
    assert issued(session, cast.ada) == {}


def test_a_higher_level_rests_on_the_lower_ones(session, cast):
    low, high = a_course(session, slug="low"), a_course(session, slug="high", level="professional")
    passed(session, cast.ada, high, date(2027, 5, 1))
    assert issued(session, cast.ada) == {}
    passed(session, cast.ada, low, date(2027, 3, 1))
    assert issued(session, cast.ada) == {("enthusiast", 1): date(2027, 3, 1), ("professional", 1): date(2027, 3, 1)}


def test_renewed_passes_bring_a_new_certificate_that_lasts_longer(session, cast):
    one, two = a_course(session, slug="one"), a_course(session, slug="two")
    passed(session, cast.ada, one, date(2026, 12, 1))
    passed(session, cast.ada, two, date(2026, 12, 15))
    issued(session, cast.ada)
    passed(session, cast.ada, two, date(2027, 11, 23), ordinal=2)
    assert len(issued(session, cast.ada)) == 1
    passed(session, cast.ada, one, date(2027, 11, 20), ordinal=2)
    assert issued(session, cast.ada)[("enthusiast", 2)] == date(2027, 11, 20)


def test_a_withdrawn_certificate_does_not_come_back_by_itself(session, cast):
    passed(session, cast.ada, a_course(session), date(2027, 5, 1))
    a_certificate(session, person=cast.ada, expires_on=date(2027, 5, 1), revoked_at=NOON)
    assert issued(session, cast.ada) == {("enthusiast", 1): date(2027, 5, 1)}


def test_codes_are_random_and_long_enough_to_defy_guessing(session, cast):
    """T64: ten letters of base 58 from the system's random numbers, never derived."""
    course = a_course(session)
    people = [a_person(session, name=f"Person {number}") for number in range(30)]
    for person in people:
        passed(session, person, course, date(2027, 5, 1))
        issued(session, person)
    codes = {code for (code,) in session.query(Certificate.code)}
    assert len(codes) == 30
    assert all(is_code(code) and len(code) == CODE_LENGTH for code in codes)
    assert all(len({code[place] for code in codes}) > 8 for place in range(CODE_LENGTH))


def test_the_certificate_keeps_name_and_courses_as_they_were(session, cast):
    course = a_course(session)
    passed(session, cast.ada, course, date(2027, 5, 1), completed_on=date(2026, 11, 20))
    (certificate,) = certify(session, person_id=cast.ada.id, on=TODAY, at=NOON)
    assert certificate.name == "Ada de Wit"
    assert certificate.courses == [
        {"uuid": course.uuid, "version": 1, "title": {"en": "Principles", "nl": "Principles (nl)"}, "passed_on": "2026-11-20"}
    ]
