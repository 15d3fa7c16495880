"""HR's report by course and status: on the page, on every way onwards, and in the file that takes the page along."""

from datetime import timedelta

import pytest

from app.core.clock import now
from app.insight.presenters.places import MOST_ROWS
from tests.factories.insight import a_time, counted
from tests.factories.learning import a_course
from tests.factories.people import a_department, a_person
from tests.insight.test_completion import people, row
from tests.insight.test_exports import table
from tests.support.clock import today

ASKED = "course=duty&status=started&courses=mandatory&country=NL&department=sales"


@pytest.fixture
def crowded(session, cast):
    """Two courses; of thirty people in two departments some did, began, or are late with the duty, and some chose the other one."""
    chosen, duty = a_course(session, slug="chosen"), a_course(session, slug="duty", level="spokesperson")
    below = a_department(session, slug="sales-nl", name="Nearby", parent=cast.sales)
    crowd = people(session, below, 30)
    for number, person in enumerate(crowd[:12]):
        due_on = today() + timedelta(days=-1 if number < 3 else 9)
        a_time(session, person=person, course=duty, due_on=due_on, completed_on=today() if number in {10, 11} else None, done=number < 5)
    for person in crowd[:14]:
        a_time(session, person=person, course=chosen, completed_on=today())
    a_time(session, person=crowd[14], course=chosen)
    hedy = cast.hedy
    counted(session, now())
    return hedy


def heads(page):
    """The courses at the top of the matrix."""
    return [head["data-course"] for head in page.select("thead th[data-course]")]


def word(page, name):
    """What a word of the sentence says now."""
    return page.select_one(f"select[name={name}] option[selected]").get("value")


def test_the_report_is_about_one_course_where_one_is_asked_for(browser, crowded):
    hr = browser(crowded)
    assert heads(hr.visit("/hr/completion?open=")) == ["chosen", "duty"]
    page = hr.visit("/hr/completion?course=duty")
    assert heads(page) == ["duty"]
    assert word(page, "course") == "duty"
    assert row(page, "Sales") == ["6%2"]
    assert row(hr.visit("/hr/completion?course=duty&courses=mandatory"), "Sales") == ["16%2"]
    late = next(stat for stat in page.select(".stat") if "overdue" in stat.text)
    assert late.select_one(".stat-number").text.strip() == "3"
    assert "course=duty" in late.a["href"]
    other = next(stat for stat in hr.visit("/hr/completion?course=chosen").select(".stat") if "overdue" in stat.text)
    assert other.select_one(".stat-number").text.strip() == "0"


def test_what_was_asked_stays_through_show_folding_paging_and_saving(browser, crowded):
    """Every form and link of the page that shows it again, or takes it along, says all of it."""
    hr = browser(crowded)
    page = hr.visit(f"/hr/completion?{ASKED}&open=sales-nl")
    shown = {name: word(page, name) for name in ("course", "status", "courses", "country", "department")}
    assert shown == dict(part.split("=") for part in ASKED.split("&"))
    sent = {field["name"]: field["value"] for field in page.select("#folds input")}
    assert sent == {**shown, "open": "sales-nl"}
    for view in (
        page.select_one("form[action='/hr/completion.csv'] input[name=view]")["value"],
        page.select_one("a[href^='/hr/completion/views/new']")["href"],
    ):
        assert all(part in view for part in ASKED.split("&"))
    opened = hr.visit("/hr/completion?" + "&".join(f"{name}={value}" for name, value in sent.items()) + "&fold=sales-nl")
    assert heads(opened) == ["duty"]
    assert all(f"{name}={value}" in opened.select_one("tbody small a")["href"] for name, value in shown.items() if name != "department")


def test_the_pages_of_many_departments_stay_with_the_course(browser, cast, session):
    course = a_course(session)
    a_course(session, slug="other")
    for number in range(60):
        a_person(session, name=f"P {number}", department=a_department(session, slug=f"d-{number:02}"))
    hedy = cast.hedy
    counted(session, now())
    hr = browser(hedy)
    first = hr.visit(f"/hr/completion?course={course.slug}")
    assert len(first.select("tbody tr")) == 1 + MOST_ROWS
    begin = {field["name"]: field["value"] for field in first.select_one("form:has([name=begin])").select("input[type=hidden]")}
    assert begin == {"course": course.slug}
    second = hr.visit(first.select_one(".pager a[rel=next]")["href"])
    assert heads(second) == [course.slug]
    assert "course=" in second.select_one(".pager a[rel=prev]")["href"]


def test_a_course_that_is_not_there_is_left_out_and_the_page_says_so(browser, crowded):
    hr = browser(crowded)
    page = hr.visit("/hr/completion?course=nothing")
    assert "the course" in page.select_one(".flash-quiet").text
    assert heads(page) == ["chosen", "duty"]
    assert len({line[3] for line in table(hr.post("/hr/completion.csv", {"view": "course=nothing"}))}) == 2


def test_the_file_holds_the_course_that_the_page_shows(browser, crowded):
    hr = browser(crowded)
    every, one = (table(hr.post("/hr/completion.csv", {"view": view})) for view in ("", "course=duty"))
    assert {line[3] for line in every} == {"Chosen", "Duty"}
    assert {line[3] for line in one} == {"Duty"}
    assert one == [line for line in every if line[3] == "Duty"]


@pytest.mark.parametrize(
    ("view", "last", "whole"),
    [
        ("course=duty", ["Mandatory for", "Mandatory, done", "Mandatory, overdue", "Voluntary for", "Voluntary, completed"], ["12", "2", "3", "19", "0"]),
        ("course=duty&status=started", ["Mandatory for", "Mandatory, in progress", "Voluntary for", "Voluntary, in progress"], ["12", "5", "19", "0"]),
        ("course=duty&status=waiting", ["Mandatory for", "Mandatory, not started", "Voluntary for", "Voluntary, not begun"], ["12", "5", "19", "19"]),
        ("course=duty&status=overdue", ["Mandatory for", "Mandatory, overdue"], ["12", "3"]),
        ("course=chosen&status=started", ["Mandatory for", "Mandatory, in progress", "Voluntary for", "Voluntary, in progress"], ["", "", "31", "1"]),
        ("course=chosen&status=started&country=NL", ["Mandatory for", "Mandatory, in progress", "Voluntary for", "Voluntary, in progress"], [""] * 4),
        ("course=duty&status=started&courses=mandatory", ["Mandatory for", "Mandatory, in progress", "Voluntary for", "Voluntary, in progress"],
         ["12", "5", "", ""]),
        ("courses=mandatory", ["Mandatory for", "Mandatory, done", "Mandatory, overdue", "Voluntary for", "Voluntary, completed"],
         ["12", "2", "3", "", ""]),
    ],
)  # fmt: skip
def test_the_file_counts_the_status_that_the_page_shows(browser, crowded, view, last, whole):
    """P8, P9: and stays silent where the page does: who is on the way by free choice is not told apart by country."""
    answer = browser(crowded).post("/hr/completion.csv", {"view": view})
    head = answer.get_data(as_text=True).splitlines()[0].replace('"', "")
    assert head.endswith(",".join(last))
    assert table(answer)[0][4:] == whole


def test_a_view_with_a_course_says_so_where_views_are_listed(browser, crowded):
    hr = browser(crowded)
    page = hr.visit("/hr/completion/views/new?course=duty&status=overdue")
    assert "Are late with, duty" in page.main.text
