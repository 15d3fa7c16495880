"""Quiet hours: letters that nobody waits for come when they are over."""

from datetime import UTC, date, datetime, time

import pytest
from sqlalchemy import select

from app.core.models import Job
from app.learning.actions.certifying import certify
from app.people.queries import may_write_from
from app.people.rules import after_quiet
from tests.factories.learners import an_enrolment
from tests.factories.learning import a_course
from tests.factories.people import a_person

EVENING, MORNING = time(18), time(8)


def utc(*parts: int) -> datetime:
    return datetime(2026, *parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "zone", "hours", "from_when"),
    [
        (utc(11, 23, 12, 0), "Europe/Amsterdam", (EVENING, MORNING), utc(11, 23, 12, 0)),
        (utc(11, 23, 17, 0), "Europe/Amsterdam", (EVENING, MORNING), utc(11, 24, 7, 0)),
        (utc(11, 24, 3, 0), "Europe/Amsterdam", (EVENING, MORNING), utc(11, 24, 7, 0)),
        (utc(11, 24, 7, 0), "Europe/Amsterdam", (EVENING, MORNING), utc(11, 24, 7, 0)),
        (utc(11, 23, 12, 0), "Asia/Kathmandu", (time(17, 30), MORNING), utc(11, 24, 2, 15)),
        (utc(11, 23, 12, 0), "UTC", (time(11), time(14)), utc(11, 23, 14, 0)),
        (utc(11, 23, 14, 0), "UTC", (time(11), time(14)), utc(11, 23, 14, 0)),
        (utc(11, 23, 3, 0), "UTC", (time(0), time(0)), utc(11, 23, 3, 0)),
        (utc(3, 28, 20, 0), "Europe/Amsterdam", (EVENING, MORNING), utc(3, 29, 6, 0)),
        (utc(10, 24, 20, 0), "Europe/Amsterdam", (EVENING, MORNING), utc(10, 25, 7, 0)),
    ],
)
def test_a_letter_waits_for_the_end_of_the_quiet_hours_where_its_reader_is(at, zone, hours, from_when):
    """Over midnight and within a day, and in the nights in which the clocks change."""
    assert after_quiet(at, timezone=zone, quiet_from=hours[0], quiet_until=hours[1]) == from_when


def test_the_hours_are_those_that_the_person_chose(session):
    owl = a_person(session, name="Night Owl", quiet_from=time(9), quiet_until=time(16))
    assert may_write_from(session, owl.id, at=utc(11, 23, 12, 0)) == utc(11, 23, 15, 0)


def test_a_certificate_is_issued_at_once_and_its_letter_waits(session):
    person, at = a_person(session, name="Night Owl", quiet_from=EVENING, quiet_until=MORNING), utc(11, 23, 21, 30)
    an_enrolment(session, person=person, course=a_course(session), state="completed", expires_on=date(2027, 5, 1))
    (certificate,) = certify(session, person_id=person.id, on=at.date(), at=at)
    assert certificate.issued_at == at
    assert session.scalars(select(Job.due_at).where(Job.name == "learning.send_certificate")).all() == [utc(11, 24, 7, 0)]
