"""The roll-ups: current a few seconds after a change, and healed every night."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from app.core.events import announce
from app.core.models import Job
from app.insight.actions.counting import rebuild, recount
from app.insight.models import CompletionCell, Headcount, LevelCell, PassedCell
from app.learning.events import CertificateIssued, CoursePassed, Enrolled, EnrolmentChanged
from app.people.events import PersonActivated, PersonAdded, PersonDeactivated, PersonMoved, PersonReactivated
from tests.conftest import NOON
from tests.factories.insight import a_certificate, a_time, counted
from tests.factories.learning import a_course
from tests.factories.people import BEGINNING, a_person
from tests.support.statements import counting_statements

TODAY = NOON.date()
LATER = NOON + timedelta(minutes=1)


def cells(session) -> dict[str, tuple[int, int, int]]:
    """What the roll-up says of each kind of cell, summed: (completed, started, waiting)."""
    session.commit()  # on SQLite a transaction sees what was there when it began
    rows = session.execute(
        select(
            CompletionCell.mandatory, func.sum(CompletionCell.completed), func.sum(CompletionCell.started), func.sum(CompletionCell.waiting)
        ).group_by(CompletionCell.mandatory)
    )
    return {("duty" if mandatory else "choice"): tuple(rest) for mandatory, *rest in rows}


@pytest.mark.parametrize(
    ("time", "expected"),
    [
        ({}, {"choice": (0, 1, 0)}),
        ({"state": "paused"}, {"choice": (0, 1, 0)}),
        ({"state": "left"}, {}),
        ({"completed_on": TODAY}, {"choice": (1, 0, 0)}),
        ({"completed_on": TODAY - timedelta(days=365), "expires_on": TODAY}, {"choice": (1, 0, 0)}),
        ({"completed_on": TODAY - timedelta(days=366), "expires_on": TODAY - timedelta(days=1)}, {}),
        ({"due_on": TODAY}, {"duty": (0, 0, 1)}),
        ({"due_on": TODAY, "done": 1}, {"duty": (0, 1, 0)}),
        ({"due_on": TODAY, "completed_on": TODAY}, {"duty": (1, 0, 0)}),
        ({"due_on": TODAY, "completed_on": TODAY - timedelta(days=400), "expires_on": TODAY - timedelta(days=35)}, {"duty": (0, 0, 1)}),
    ],
)
def test_every_standing_is_counted_once(session, cast, time, expected):
    a_time(session, person=cast.ada, course=a_course(session), **time)
    counted(session, NOON)
    assert cells(session) == expected


def test_a_renewal_under_way_does_not_take_away_the_pass_that_still_counts(session, cast):
    course = a_course(session)
    a_time(session, person=cast.ada, course=course, completed_on=TODAY - timedelta(days=340))
    a_time(session, person=cast.ada, course=course, ordinal=2, due_on=TODAY + timedelta(days=25))
    counted(session, NOON)
    assert cells(session) == {"duty": (1, 0, 0)}
    counted(session, NOON + timedelta(days=30))
    assert cells(session) == {"duty": (0, 0, 1)}


def test_people_who_left_or_never_came_in_are_not_counted(session, cast):
    course = a_course(session)
    for number, status in enumerate(("left", "invited")):
        person = a_person(session, name=f"Nobody {number}", department=cast.sales, status=status)
        a_time(session, person=person, course=course, completed_on=TODAY)
        a_certificate(session, person=person, expires_on=TODAY)
    counted(session, NOON)
    assert cells(session) == {}
    assert session.scalars(select(LevelCell)).all() == []
    assert session.scalars(select(Headcount)).all() == []


def test_certificates_are_counted_per_person_and_level(session, cast):
    a_certificate(session, person=cast.ada, expires_on=TODAY + timedelta(days=10))
    a_certificate(session, person=cast.ada, ordinal=2, expires_on=TODAY + timedelta(days=300))
    a_certificate(session, person=cast.linus, expires_on=TODAY + timedelta(days=30))
    a_certificate(session, person=cast.linus, level="professional", expires_on=TODAY - timedelta(days=1))
    counted(session, NOON)
    assert [(cell.level, cell.certified, cell.lapsing) for cell in session.scalars(select(LevelCell))] == [("enthusiast", 2, 1)]


@pytest.mark.parametrize("kind", [Enrolled, EnrolmentChanged, CoursePassed])
def test_what_a_learner_does_is_counted_seconds_later(session, cast, run_jobs, kind):
    course = a_course(session)
    a_time(session, person=cast.ada, course=course)
    announce(session, kind(cast.ada.id, course.id), at=NOON)
    session.commit()
    run_jobs(NOON)
    assert cells(session) == {}
    run_jobs(NOON + timedelta(seconds=5))
    assert cells(session) == {"choice": (0, 1, 0)}


@pytest.mark.parametrize("kind", [PersonAdded, PersonActivated, PersonDeactivated, PersonReactivated])
def test_who_comes_and_goes_is_counted(session, cast, run_jobs, kind):
    announce(session, kind(cast.ada.id), at=NOON)
    session.commit()
    run_jobs(NOON)
    run_jobs(LATER)
    assert [(cell.department_id, cell.people) for cell in session.scalars(select(Headcount))] == [(cast.sales.id, 2)]


def test_who_moves_is_taken_from_the_old_place_and_counted_in_the_new_one(session, cast, run_jobs):
    a_time(session, person=cast.ada, course=a_course(session), completed_on=TODAY)
    counted(session, NOON)
    announce(session, PersonMoved(cast.ada.id, old_department_id=cast.sales.id, old_country="NL"), at=NOON)
    cast.ada.department_id, cast.ada.country = None, "BE"
    session.commit()
    run_jobs(NOON)
    run_jobs(LATER)
    heads = {(cell.department_id, cell.country): cell.people for cell in session.scalars(select(Headcount))}
    assert heads == {(cast.sales.id, "NL"): 1, (None, "BE"): 1}
    assert [(cell.department_id, cell.country, cell.completed) for cell in session.scalars(select(CompletionCell))] == [(None, "BE", 1)]


def test_a_certificate_is_counted(session, cast, run_jobs):
    certificate = a_certificate(session, person=cast.ada, expires_on=TODAY)
    announce(session, CertificateIssued(cast.ada.id, certificate.id, "enthusiast"), at=NOON)
    session.commit()
    run_jobs(NOON)
    run_jobs(LATER)
    assert [(cell.certified, cell.lapsing) for cell in session.scalars(select(LevelCell))] == [(1, 1)]


def test_first_passes_are_counted_by_month_and_place_and_follow_who_moves(session, cast):
    """The lines of completion month by month read these: a renewal is no second pass, and who left is not counted."""
    course, other = a_course(session), a_course(session, slug="other")
    a_time(session, person=cast.ada, course=course, completed_on=date(2026, 2, 28))
    a_time(session, person=cast.ada, course=course, completed_on=date(2026, 8, 1), ordinal=2)
    a_time(session, person=cast.linus, course=course, state="left")
    a_time(session, person=cast.linus, course=course, completed_on=date(2026, 3, 1), ordinal=2)
    a_time(session, person=a_person(session, name="Gone", department=cast.sales, status="left"), course=course, completed_on=date(2026, 3, 1))
    a_time(session, person=cast.ada, course=other, completed_on=date(2025, 12, 31))
    counted(session, NOON)
    where = (cast.ada.department_id, cast.ada.country)
    assert passed(session) == {
        (*where, course.id, 2026 * 12 + 1): 1,
        (*where, course.id, 2026 * 12 + 2): 1,
        (*where, other.id, 2025 * 12 + 11): 1,
    }
    cast.linus.department_id = cast.research.id
    for department_id, course_id in ((cast.sales.id, course.id), (cast.research.id, None)):
        recount(session, department_id=department_id, country="NL", course_id=course_id, at=NOON)
    session.commit()
    assert passed(session)[cast.research.id, "NL", course.id, 2026 * 12 + 2] == 1
    assert sum(passed(session).values()) == 3


def passed(session):
    columns = (PassedCell.department_id, PassedCell.country, PassedCell.course_id, PassedCell.month, PassedCell.people)
    session.commit()
    return {tuple(row[:4]): row.people for row in session.execute(select(*columns))}


def test_many_changes_of_one_place_are_counted_once(session, cast, run_jobs):
    course = a_course(session)
    for _ in range(5):
        announce(session, Enrolled(cast.ada.id, course.id), at=NOON)
    session.commit()
    run_jobs(NOON)
    run_jobs(LATER)
    assert session.scalar(select(func.count()).select_from(Job).where(Job.name == "insight.recount")) == 1


def test_counting_twice_changes_nothing_and_costs_the_same_for_many_people(session, cast):
    course = a_course(session)
    a_time(session, person=cast.ada, course=course)
    counted(session, NOON)
    with counting_statements() as few:
        assert rebuild(session, at=NOON).changed == 0
    session.commit()
    for number in range(20):
        a_time(session, person=a_person(session, name=f"Person {number}", department=cast.sales), course=course)
    counted(session, NOON)
    with counting_statements() as many:
        assert rebuild(session, at=NOON).changed == 0
    assert len(few) == len(many)


def test_the_night_tells_drift_from_what_only_time_changed(session, cast):
    a_time(session, person=cast.ada, course=a_course(session), completed_on=TODAY - timedelta(days=365), expires_on=TODAY)
    counted(session, NOON)
    lapsed = rebuild(session, at=NOON + timedelta(days=1))
    assert (lapsed.changed, lapsed.drifted) == (1, 0)
    session.add(Headcount(department_id=cast.research.id, country="GB", people=7))
    session.commit()
    healed = rebuild(session, at=NOON + timedelta(days=1))
    assert (healed.changed, healed.drifted) == (1, 1)
    assert session.scalar(select(func.sum(Headcount.people))) == 2


def test_the_command_counts_everything(app, session, cast):
    a_time(session, person=cast.ada, course=a_course(session), completed_on=BEGINNING.date(), expires_on=date(2099, 12, 31))
    assert "cells counted" in app.test_cli_runner().invoke(args=["insight", "rebuild"]).output
    assert session.scalar(select(func.sum(CompletionCell.completed))) == 1
