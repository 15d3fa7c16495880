"""What lapses next, a page at a time."""

from datetime import timedelta

import pytest

from app.insight.queries.lapsing import PAGE
from tests.factories.insight import a_certificate, a_time
from tests.factories.learning import a_course
from tests.factories.people import a_person
from tests.support.clock import today


def rows(page):
    return [tuple(cell.get_text(" ", strip=True) for cell in row.find_all(["th", "td"])) for row in page.select(".data-table tbody tr:has(a)")]


def test_everything_that_lapses_stands_on_one_page_even_where_days_and_names_are_alike(browser, cast, session):
    """T76, SPEED 3.6: keyset pages, no row twice or missed; a person's certificate and course may end on one day."""
    course = a_course(session)
    for number in range(PAGE):
        person = a_person(session, name=f"Same Name {number % 3}", email=f"p{number}@meridian.example", department=cast.sales)
        on = today() + timedelta(days=number % 4)
        a_certificate(session, person=person, expires_on=on)
        a_time(session, person=person, course=course, completed_on=today() - timedelta(days=300), expires_on=on, mandatory_role="spokesperson")
    for number in range(7):
        person = a_person(session, name=f"Same Name {number % 3}", email=f"q{number}@meridian.example", department=cast.sales)
        a_certificate(session, person=person, expires_on=today())
    hr, path, seen, links = browser(cast.hedy), "/hr/lapsing", [], []
    while path:
        page = hr.visit(path)
        seen += rows(page)
        links += [(row.a["href"], row.find_all("td")[0].text) for row in page.select(".data-table tbody tr:has(a)")]
        path = next((link["href"] for link in page.select(".pager a[rel=next]")), None)
    assert len(seen) == len(set(links)) == 2 * PAGE + 7
    assert len(rows(hr.visit("/hr/lapsing"))) == PAGE


@pytest.mark.parametrize("after", ["x", "2026-01-01", "2026-13-01.x.y.z", "2026-01-01.%00.y.z", "....", "2026-01-01.x.y.z.a.b"])
def test_a_page_after_nonsense_is_the_first_one(browser, cast, session, after):
    a_certificate(session, person=cast.ada, expires_on=today())
    assert len(rows(browser(cast.hedy).visit(f"/hr/lapsing?after={after}"))) == 1
