"""Whose day it is: learners, HR and the counts live in different zones, and none of them reads anything else than is true (decision 0050)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.core.ids import new_uuid
from app.insight.actions.counting import rebuild, recount
from app.insight.presenters.saved import shown_by
from tests.factories.insight import a_certificate, a_time, counted
from tests.factories.learners import a_lesson_done
from tests.factories.learning import a_course
from tests.factories.people import a_grant, a_person
from tests.insight.test_completion import people, row
from tests.insight.test_counting import cells, passed
from tests.support.clock import set_clock

LATE = datetime(2026, 11, 30, 23, 30, tzinfo=UTC)
"""Half past eleven in UTC: the first of December already in Amsterdam, and still midday in Honolulu."""
YESTERDAY, TODAY = date(2026, 11, 30), date(2026, 12, 1)
"""As it is in Amsterdam."""


@pytest.fixture
def late(monkeypatch):
    """It is late."""
    set_clock(monkeypatch, LATE)


def standing(hr):
    """Where the people of the list stand."""
    return [badge.text.strip() for badge in hr.visit("/hr/people").select("tbody .badge")]


def hr_in(session, cast, zone):
    """Somebody of HR who lives there."""
    person = a_person(session, name="Hanna Far", timezone=zone, department=cast.sales)
    a_grant(session, person=person, role="hr")
    return person


@pytest.mark.parametrize(("time", "expected"), [({}, {"choice": (1, 0, 0)}), ({"due_on": TODAY}, {"duty": (1, 0, 0)})])
def test_whoever_passes_after_their_own_midnight_is_counted_at_once_and_the_night_finds_no_drift(session, cast, time, expected):
    """An hour before UTC's midnight it is tomorrow in Amsterdam, and a pass of tomorrow is a pass."""
    course = a_course(session)
    counted(session, LATE - timedelta(hours=1))
    a_time(session, person=cast.ada, course=course, completed_on=TODAY, enrolled_at=LATE, **time)
    recount(session, department_id=cast.sales.id, country="NL", course_id=course.id, at=LATE)
    assert cells(session) == expected
    assert list(passed(session)) == [(cast.sales.id, "NL", course.id, 2026 * 12 + 11)], "in the month of whoever passed"
    night = rebuild(session, at=LATE + timedelta(minutes=35))
    assert (night.changed, night.drifted) == (0, 0)


@pytest.mark.usefixtures("late")
@pytest.mark.parametrize("zone", ["Europe/Amsterdam", "Pacific/Honolulu", "Pacific/Auckland"])
def test_a_pass_of_this_minute_is_read_by_hr_wherever_it_sits(browser, cast, session, zone):
    course = a_course(session)
    crowd = people(session, cast.sales, 20)
    for person in crowd[:12]:
        a_time(session, person=person, course=course, completed_on=TODAY, enrolled_at=LATE)
    hr = browser(hr_in(session, cast, zone))
    counted(session, LATE)
    assert row(hr.visit("/hr/completion?open="), "Sales")[0].endswith("%12")
    assert len(hr.visit("/hr/people").select("tbody th a")) == 12
    exported = hr.post("/hr/people.csv", {"view": ""})
    assert exported.get_data(as_text=True).count("2026-12-01") == 12
    own = {"Europe/Amsterdam": TODAY, "Pacific/Honolulu": YESTERDAY, "Pacific/Auckland": TODAY}[zone]
    assert exported.headers["Content-Disposition"] == f'attachment; filename="people-{own}.csv"'


def test_what_was_read_this_hour_is_in_progress_for_hr_that_lives_behind_utc(browser, cast, session, monkeypatch):
    """In Honolulu it is the evening of the thirtieth while UTC is in the first: whoever began since UTC's midnight has begun."""
    lately = LATE + timedelta(hours=6)
    set_clock(monkeypatch, lately)
    time = a_time(session, person=cast.ada, course=a_course(session), due_on=date(2027, 1, 1), enrolled_at=lately - timedelta(hours=1))
    a_lesson_done(session, enrolment=time, uuid=new_uuid(), at=lately)
    assert standing(browser(hr_in(session, cast, "Pacific/Honolulu"))) == ["In progress"]


@pytest.mark.usefixtures("late")
@pytest.mark.parametrize(("zone", "words"), [("Europe/Amsterdam", "Overdue"), ("Pacific/Honolulu", "Not started")])
def test_what_is_late_or_lapsed_is_so_on_the_readers_own_day(browser, cast, session, zone, words):
    a_time(session, person=cast.ada, course=a_course(session), due_on=YESTERDAY)
    a_certificate(session, person=cast.linus, expires_on=YESTERDAY)
    hr = browser(hr_in(session, cast, zone))
    assert standing(hr) == [words]
    assert len(hr.visit("/hr/lapsing").select("tbody th a")) == (words == "Not started")


def test_a_day_gone_by_knows_a_pass_of_that_day_though_it_began_after_utcs_midnight(browser, cast, session, monkeypatch):
    """In Los Angeles it was still the 29th when UTC began the 30th; the pass is of the 29th, and so is its beginning."""
    course = a_course(session)
    set_clock(monkeypatch, LATE)
    begun = datetime(2026, 11, 30, 4, 0, tzinfo=UTC)
    for person in people(session, cast.sales, 20, timezone="America/Los_Angeles")[:12]:
        a_time(session, person=person, course=course, completed_on=date(2026, 11, 29), enrolled_at=begun)
    hr = browser(cast.hedy)
    counted(session, LATE)
    assert row(hr.visit("/hr/completion?on=2026-11-29&open="), "Sales")[0].endswith("%12")
    assert row(hr.visit("/hr/completion?on=2026-11-28&open="), "Sales") == ["0%0"]


@pytest.mark.usefixtures("late")
def test_a_view_of_yesterday_says_so_as_soon_as_it_is_yesterday_for_whoever_saved_it(app):
    with app.test_request_context():
        assert shown_by("on=2026-11-30") == "Have completed, as of 30 November 2026"


@pytest.mark.usefixtures("late")
def test_a_record_says_of_a_certificate_the_day_on_which_it_was_earned_where_its_holder_lives(browser, cast, session):
    on_it = [{"uuid": "one", "version": 1, "title": {"en": "Principles", "nl": "Principes"}, "passed_on": "2026-12-01"}]
    a_certificate(session, person=cast.ada, expires_on=date(2027, 12, 1), issued_at=LATE, courses=on_it)
    hr = browser(cast.hedy)
    hr.post(f"/hr/people/{cast.ada.uuid}/why", {"purpose": "audit"})
    assert "1 December 2026" in hr.visit(f"/hr/people/{cast.ada.uuid}").main.text
