"""Duties: what a role asks for, by when, and how it ends."""

from datetime import UTC, date, datetime

from app.core.events import announce
from app.core.models import StoredEvent
from app.insight.queries.standing import standings
from app.learning.actions.assigning import assign_mandatory
from app.learning.actions.publishing import publish_course
from app.learning.models import Enrolment
from app.people.events import RoleGranted, RoleRevoked
from app.web.database import unit_of_work
from tests.conftest import NOON
from tests.factories.learners import an_enrolment
from tests.factories.learning import a_course, a_course_document
from tests.factories.people import a_grant, a_person


def a_duty(session, **more):
    return a_course(session, mandatory_for=["spokesperson"], due_days=30, **more)


def granted(session, person, run_jobs, role="spokesperson"):
    announce(session, RoleGranted(person.id, role), at=NOON)
    session.commit()
    run_jobs(NOON)


def duties(session, person):
    return [(one.state, one.mandatory_role, one.due_on, one.ordinal) for one in session.query(Enrolment).filter_by(person_id=person.id)]


def test_a_role_brings_its_courses_due_from_the_day_it_was_given(session, cast, run_jobs):
    a_duty(session)
    a_course(session, slug="free")
    granted(session, cast.sanne, run_jobs)
    assert duties(session, cast.sanne) == [("open", "spokesperson", date(2026, 2, 4), 1)]


def test_the_day_is_counted_in_the_persons_own_zone(session, run_jobs):
    a_duty(session)
    person = a_person(session, name="Kiri Wood", timezone="Pacific/Auckland")
    grant = a_grant(session, person=person, role="spokesperson")
    grant.granted_at = datetime(2026, 1, 5, 20, 0, tzinfo=UTC)
    session.commit()
    granted(session, person, run_jobs)
    assert duties(session, person)[0][2] == date(2026, 2, 5)


def test_a_running_voluntary_enrolment_becomes_mandatory(session, cast, run_jobs):
    course = a_duty(session)
    an_enrolment(session, person=cast.sanne, course=course, state="paused")
    granted(session, cast.sanne, run_jobs)
    assert duties(session, cast.sanne) == [("paused", "spokesperson", date(2026, 2, 4), 1)]


def test_a_duty_brings_back_who_had_left(session, cast, run_jobs):
    an_enrolment(session, person=cast.sanne, course=a_duty(session), state="left")
    granted(session, cast.sanne, run_jobs)
    assert duties(session, cast.sanne) == [("open", "spokesperson", date(2026, 2, 4), 1)]


def test_a_pass_that_lasts_fulfils_the_duty(session, cast, run_jobs):
    an_enrolment(session, person=cast.sanne, course=a_duty(session), state="completed")
    granted(session, cast.sanne, run_jobs)
    assert duties(session, cast.sanne) == [("completed", None, None, 1)]


def test_told_twice_is_assigned_once(session, cast, run_jobs):
    a_duty(session)
    granted(session, cast.sanne, run_jobs)
    granted(session, cast.sanne, run_jobs)
    assert len(duties(session, cast.sanne)) == 1


def test_a_role_that_is_gone_again_brings_nothing(session, cast, run_jobs):
    a_duty(session)
    granted(session, cast.ada, run_jobs)
    assert duties(session, cast.ada) == []


def test_without_the_role_the_course_is_free_choice_again(session, cast, run_jobs):
    course = a_duty(session)
    an_enrolment(session, person=cast.ada, course=course, mandatory_role="spokesperson", due_on=date(2026, 12, 1))
    announce(session, RoleRevoked(cast.ada.id, "spokesperson"), at=NOON)
    session.commit()
    run_jobs(NOON)
    assert duties(session, cast.ada) == [("open", None, None, 1)]


def test_another_role_that_asks_for_the_same_takes_over(session, cast, run_jobs):
    course = a_course(session, mandatory_for=["spokesperson", "hub"], due_days=30)
    an_enrolment(session, person=cast.hugo, course=course, mandatory_role="spokesperson", due_on=date(2026, 12, 1))
    announce(session, RoleRevoked(cast.hugo.id, "spokesperson"), at=NOON)
    session.commit()
    run_jobs(NOON)
    assert duties(session, cast.hugo) == [("open", "hub", date(2026, 12, 1), 1)]


def test_a_role_still_held_elsewhere_keeps_its_duties(session, cast, run_jobs):
    course = a_duty(session)
    an_enrolment(session, person=cast.sanne, course=course, mandatory_role="spokesperson", due_on=date(2026, 12, 1))
    announce(session, RoleRevoked(cast.sanne.id, "spokesperson"), at=NOON)
    session.commit()
    run_jobs(NOON)
    assert duties(session, cast.sanne)[0][1] == "spokesperson"


def test_a_course_that_becomes_mandatory_is_assigned_from_today(session, cast):
    course = a_duty(session)
    assert cast.sanne
    assert cast.ada
    assign_mandatory(session, course_id=course.id, at=NOON)
    assign_mandatory(session, at=NOON)
    assert duties(session, cast.sanne) == [("open", "spokesperson", date(2026, 12, 23), 1)]
    assert duties(session, cast.ada) == []


def test_a_duty_comes_up_again_sixty_days_before_the_pass_ends(session, cast):
    course = a_duty(session)
    an_enrolment(session, person=cast.sanne, course=course, state="completed", expires_on=date(2027, 1, 10))
    assign_mandatory(session, at=NOON)
    assert duties(session, cast.sanne)[1] == ("open", "spokesperson", date(2027, 1, 10), 2)


def test_who_has_left_has_no_duties(session, cast):
    a_duty(session)
    cast.sanne.status = "left"
    session.commit()
    assign_mandatory(session, at=NOON)
    assert duties(session, cast.sanne) == []


def revoked(session, person, run_jobs, role="spokesperson"):
    announce(session, RoleRevoked(person.id, role), at=NOON)
    session.commit()
    run_jobs(NOON)


def test_a_pass_that_a_role_asked_for_is_free_choice_without_the_role(session, cast, run_jobs):
    """P1: when it lapses, nobody may read that something is overdue which nobody asks for any more."""
    done = {"state": "completed", "mandatory_role": "spokesperson", "due_on": date(2026, 2, 4), "expires_on": date(2026, 11, 1)}
    an_enrolment(session, person=cast.ada, course=a_duty(session), **done)
    revoked(session, cast.ada, run_jobs)
    assert duties(session, cast.ada) == [("completed", None, None, 1)]
    found = session.execute(standings(NOON.date()).where(Enrolment.person_id == cast.ada.id)).all()
    assert found == []


def test_a_course_that_asks_no_role_any_more_gives_its_duties_back(session, cast, run_jobs):
    """The version in force decides, not the one that somebody began with."""
    course = a_duty(session)
    an_enrolment(session, person=cast.sanne, course=course, mandatory_role="spokesperson", due_on=date(2026, 12, 1))
    kept = an_enrolment(session, person=cast.hugo, course=course, mandatory_role="spokesperson", due_on=date(2026, 12, 1))
    document = {**a_course_document(mandatory_for=["hub"], due_days=30), "uuid": course.uuid, "version": 2, "source": {"changed": True}}
    with unit_of_work() as work:
        publish_course(work, document, pictures=(), storage=None, at=NOON)
    run_jobs(NOON)
    assert duties(session, cast.sanne) == [("open", None, None, 1)]
    assert (kept.mandatory_role, kept.due_on) == ("hub", date(2026, 12, 1))
    with unit_of_work() as work:
        publish_course(work, {**document, "mandatory_for": [], "version": 3, "source": {}}, pictures=(), storage=None, at=NOON)
    run_jobs(NOON)
    assert duties(session, cast.hugo) == [("open", None, None, 1)]


def test_a_renewal_under_way_is_not_due_before_the_pass_ends(session, cast, run_jobs):
    course = a_duty(session)
    an_enrolment(session, person=cast.sanne, course=course, state="completed", expires_on=date(2026, 3, 1))
    an_enrolment(session, person=cast.sanne, course=course, ordinal=2)
    granted(session, cast.sanne, run_jobs)
    assert duties(session, cast.sanne)[1] == ("open", "spokesperson", date(2026, 3, 1), 2)


def test_free_choice_is_left_alone(session, cast):
    an_enrolment(session, person=cast.ada, course=a_course(session))
    assign_mandatory(session, at=NOON)
    assert session.query(StoredEvent).count() == 0
