"""Completion month by month: true where many passed, silent where few did."""

from datetime import date, timedelta
from itertools import pairwise
from random import Random

import pytest

from app.core.clock import now
from app.insight.rules import BEHAVIOUR_K, month_ends, trend
from tests.factories.insight import a_time, counted
from tests.factories.learning import a_course
from tests.factories.people import a_department, a_grant, a_person
from tests.support.clock import today
from tests.support.statements import counting_statements

ENDS = month_ends(date(2026, 11, 27))


def test_twelve_months_that_are_over_end_with_the_last_one():
    assert (ENDS[0], ENDS[2], ENDS[3], ENDS[-1]) == (date(2025, 11, 30), date(2026, 1, 31), date(2026, 2, 28), date(2026, 10, 31))
    assert month_ends(date(2024, 3, 1))[-1] == date(2024, 2, 29)
    assert len(ENDS) == 12


@pytest.mark.parametrize(
    ("passes", "people", "shares"),
    [
        ({}, 100, ()),
        ({ENDS[0]: 9}, 100, ()),
        ({ENDS[0]: 10}, 19, ()),
        ({ENDS[0]: 10}, 20, (50,) * 12),
        ({ENDS[0]: 10, ENDS[5]: 9}, 100, (10,) * 12),
        ({ENDS[0]: 10, ENDS[5]: 9, ENDS[6]: 1}, 100, (10,) * 6 + (20,) * 6),
        ({date(2026, 10, 1): 30}, 100, (0,) * 11 + (30,)),
        ({date(2026, 11, 1): 30}, 100, ()),
    ],
)
def test_a_line_rises_by_groups_only(passes, people, shares):
    """P8: k is ten, and twenty for a line."""
    assert trend(passes, people=people, ends=ENDS) == shares


def test_no_two_months_ever_differ_by_fewer_than_ten():
    """P9: over random pasts, the counts behind two months are the same or ten apart."""
    for seed in range(500):
        draw = Random(seed)
        passes = {ENDS[0] + timedelta(days=draw.randrange(340)): draw.randrange(1, 12) for _ in range(draw.randrange(40))}
        exact = trend(passes, people=100, ends=ENDS)  # a per cent is a person here
        assert len(exact) in {0, 12}
        steps = [after - before for before, after in pairwise(exact)]
        assert all(step == 0 or step >= BEHAVIOUR_K for step in steps), seed


def test_the_page_shows_a_line_and_its_numbers_for_everybody_in_reach(browser, cast, session):
    course, other = a_course(session), a_course(session, slug="seldom")
    crowd = [a_person(session, name=f"P {number}", department=cast.sales) for number in range(40)]
    ends = month_ends(today())
    for number, person in enumerate(crowd[:20]):
        a_time(session, person=person, course=course, completed_on=ends[0] if number < 10 else ends[6])
    a_time(session, person=crowd[0], course=other, completed_on=ends[3])
    for person in crowd[:10]:
        a_time(session, person=person, course=course, completed_on=ends[9], ordinal=2)
    for person in crowd[20:29]:
        a_time(session, person=person, course=course, state="left")
        a_time(session, person=person, course=course, completed_on=ends[9], ordinal=2)
    scoped = a_person(session, name="Hanna Scoped", department=cast.sales)
    a_grant(session, person=scoped, role="hr", department=cast.sales)
    far = a_department(session, slug="far")
    for number in range(20):
        a_time(session, person=a_person(session, name=f"F {number}", department=far), course=course, completed_on=ends[0])
    counted(session, now())
    page = browser(scoped).visit("/hr/completion/trend?department=far&country=NL")
    people = int(page.select_one(".lead").text.split("Of the ")[1].split()[0])
    assert 41 <= people < 60, "of Sales and of nobody else"
    line, silent = (link.find_parent("tr") for link in page.select("tbody th a"))
    shares = [cell.text for cell in line.select(".figures td")]
    assert shares == [str(100 * 10 // people)] * 6 + [str(100 * 20 // people)] * 6
    assert line.svg["aria-label"] == "Per cent who passed Principles, by month"
    assert "too few" in silent.text
    assert silent.svg is None


def test_a_line_costs_four_statements_however_many_people(browser, cast, session):
    course = a_course(session)
    hr = browser(cast.hedy)
    counted(session, now())
    hr.visit("/hr/completion/trend")
    for number in range(12):
        a_time(session, person=a_person(session, name=f"P {number}"), course=course, completed_on=today() - timedelta(days=60))
    with counting_statements() as sent:
        hr.visit("/hr/completion/trend")
    assert len(sent) <= 4
