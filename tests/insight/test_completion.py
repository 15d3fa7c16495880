"""HR's report: right numbers, inside the scope, never about too few, at a fixed cost."""

from datetime import timedelta

import pytest

from app.core.clock import now
from tests.factories.insight import a_certificate, a_time, counted
from tests.factories.learning import a_course
from tests.factories.people import a_department, a_grant, a_person
from tests.support.clock import today
from tests.support.statements import counting_statements


def people(session, department, count, **more):
    """So many people of a department, named after it."""
    return [a_person(session, name=f"{department.name} {number}", department=department, **more) for number in range(count)]


def row(page, name):
    """The cells of a department's row as text, spaces joined; what a cell opens is said to screen readers only, and left out."""
    found = next(row for row in page.select("tbody tr") if row.th.get_text(" ", strip=True).startswith(name))
    shown = [
        [text for text in cell.find_all(string=True) if not text.find_parent("a") or not text.find_parent(class_="sr-only")]
        for cell in found.find_all("td")
    ]
    return ["".join(" ".join(texts).split()) for texts in shown]


def test_the_matrix_counts_a_department_with_everything_below_it(browser, cast, session):
    course = a_course(session)
    below = a_department(session, slug="sales-nl", name="Nearby", parent=cast.sales)
    for person in [*people(session, cast.sales, 10)[:4], *people(session, below, 20)[:8]]:
        a_time(session, person=person, course=course, completed_on=today())
    hedy = cast.hedy
    counted(session, now())
    page = browser(hedy).visit("/hr/completion?open=sales")
    assert row(page, "Everybody") == ["38%12"]
    assert row(page, "Sales") == ["38%12"]
    assert row(page, "Nearby") == ["40%8"]


def test_groups_under_k_look_like_no_data(browser, cast, session):
    """P8: too few and nothing are the same."""
    course = a_course(session)
    people(session, cast.sales, 30)
    few, none = a_department(session, slug="few"), a_department(session, slug="tiny")
    for person in people(session, few, 9):
        a_time(session, person=person, course=course, completed_on=today())
    people(session, none, 9)
    hedy = cast.hedy
    counted(session, now())
    page = browser(hedy).visit("/hr/completion")
    assert row(page, "Few") == row(page, "Tiny") == ["–toofew"]
    assert row(page, "Sales") == ["0%0"]


def test_a_mandatory_rate_speaks_from_five_people_on(browser, cast, session):
    """P8: k is five for mandatory courses."""
    course = a_course(session, level="spokesperson")
    hedy = cast.hedy
    crowd = people(session, cast.sales, 12)
    for person in crowd[:4]:
        a_time(session, person=person, course=course, due_on=today() + timedelta(days=9))
    counted(session, now())
    assert row(browser(hedy).visit("/hr/completion?courses=mandatory"), "Sales") == ["–toofew"]
    a_time(session, person=crowd[4], course=course, due_on=today() - timedelta(days=9))
    counted(session, now())
    assert row(browser(hedy).visit("/hr/completion?courses=mandatory"), "Sales") == ["0%0"]
    assert row(browser(hedy).visit("/hr/completion?status=overdue"), "Sales") == ["20%1"]


@pytest.mark.parametrize("more", ["&country=NL", "&on=2026-06-01"])
def test_who_is_on_the_way_by_free_choice_is_not_told_apart_by_country_or_day(browser, cast, session, more):
    """P9: two answers beside each other must not isolate anybody."""
    course = a_course(session)
    hedy = cast.hedy
    for person in people(session, cast.sales, 20):
        a_time(session, person=person, course=course)
    counted(session, now())
    assert row(browser(hedy).visit("/hr/completion?status=started"), "Sales") == ["95%20"]
    assert row(browser(hedy).visit(f"/hr/completion?status=started{more}"), "Sales") == ["–toofew"]


def test_a_day_gone_by_is_counted_as_it_was(browser, cast, session):
    course = a_course(session)
    crowd = people(session, cast.sales, 20)
    hedy = cast.hedy
    a_time(session, person=crowd[0], course=course, completed_on=today() - timedelta(days=40))
    a_time(session, person=crowd[1], course=course, completed_on=today() - timedelta(days=20))
    a_time(session, person=crowd[2], course=course, completed_on=today() - timedelta(days=40), expires_on=today() - timedelta(days=10))
    crowd[3].status, crowd[3].left_at = "left", now() - timedelta(days=5)
    a_time(session, person=crowd[3], course=course, completed_on=today() - timedelta(days=40))
    counted(session, now())
    hr = browser(hedy)
    assert row(hr.visit("/hr/completion"), "Sales") == ["10%2"]
    assert row(hr.visit(f"/hr/completion?on={today() - timedelta(days=30)}"), "Sales") == ["14%3"]
    assert row(hr.visit(f"/hr/completion?on={today() - timedelta(days=15)}"), "Sales") == ["19%4"]


def test_filters_narrow_the_numbers(browser, cast, session):
    course = a_course(session)
    hedy = cast.hedy
    for person in people(session, cast.sales, 12, country="BE")[:6]:
        a_time(session, person=person, course=course, completed_on=today())
    people(session, cast.research, 12)
    counted(session, now())
    hr = browser(hedy)
    assert row(hr.visit("/hr/completion?country=BE"), "Everybody") == ["50%6"]
    assert row(hr.visit("/hr/completion?department=research"), "Research") == ["0%0"]


def test_the_four_numbers(browser, cast, session):
    course, hedy = a_course(session, level="spokesperson"), cast.hedy
    a_time(session, person=cast.ada, course=course, due_on=today() - timedelta(days=1))
    a_certificate(session, person=cast.ada, expires_on=today() + timedelta(days=300))
    a_certificate(session, person=cast.linus, expires_on=today() + timedelta(days=29))
    counted(session, now())
    stats = [stat.get_text(strip=True) for stat in browser(hedy).visit("/hr/completion").select(".stat-number")]
    assert stats == ["2", "0", "1", "1"]


def test_a_scoped_hr_sees_nothing_of_others_in_any_number(browser, cast, session):
    """T19, P4: 0 rows and 0 counts of others, and their departments do not exist."""
    course = a_course(session)
    scoped = a_person(session, name="Hanna Scoped", department=cast.sales)
    a_grant(session, person=scoped, role="hr", department=cast.sales)
    people(session, cast.sales, 12)
    for person in people(session, cast.research, 30):
        a_time(session, person=person, course=course, completed_on=today())
        a_certificate(session, person=person, expires_on=today())
    counted(session, now())
    hr = browser(scoped)
    page = hr.visit("/hr/completion")
    assert row(page, "Everybody") == row(page, "Sales") == ["0%0"]
    assert "Research" not in page.text
    assert [stat.get_text(strip=True) for stat in page.select(".stat-number")] == ["0", "0", "0", "0"]
    hidden, absent = hr.get("/hr/completion?department=research"), hr.get("/hr/completion?department=nowhere")
    assert hidden.status_code == absent.status_code == 404
    assert hidden.data == absent.data


@pytest.mark.parametrize(
    "query",
    ["?department=';DROP--", "?department=" + "x" * 5000, "?country=%27%20OR%201=1", "?status=1;--", "?courses[]=x", "?on=9999-99-99", "?on=0001-01-01",
     "?open=" + ",".join(map(str, range(500))), "?department=%00", "?on=2999-01-01", "?course=%E2%80%AE"],
)  # fmt: skip
def test_nonsense_in_the_address_is_ignored_or_refused_without_a_word_of_the_database(browser, cast, query):
    """T55: 4xx or ignored, no error text."""
    for path in ("/hr/completion", "/hr/people", "/hr/lapsing"):
        answer = browser(cast.hedy).get(path + query)
        assert answer.status_code in {200, 400, 404, 414}
        assert not any(word in answer.text for word in ("sqlalchemy", "sqlite", "psycopg", "Traceback"))


def test_the_report_costs_five_statements_whatever_the_rows(browser, cast, session):
    course = a_course(session)
    hr = browser(cast.hedy)
    people(session, cast.sales, 3)
    counted(session, now())
    hr.get("/hr/completion?open=")
    with counting_statements() as few:
        hr.get("/hr/completion?open=sales")
    for number in range(12):
        department = a_department(session, slug=f"below-{number}", parent=cast.sales)
        a_time(session, person=a_person(session, name=f"P {number}", department=department), course=course)
    counted(session, now())
    with counting_statements() as many:
        hr.get("/hr/completion?open=sales")
    assert len(few) == len(many) <= 5


def test_thirty_eight_departments_and_eleven_courses_keep_to_forty_kilobytes(browser, cast, session):
    """LOOK: HTML ≤ 40 kB, with names and addresses as long as they are in life."""
    courses = [a_course(session, slug=f"social-media-principles-for-managers-{number}") for number in range(11)]
    hedy, top = cast.hedy, a_department(session, slug="customer-operations", name="Customer Operations")
    people(session, cast.sales, 20)
    for number in range(36):
        below = a_department(session, slug=f"customer-operations-{number:02}", name=f"Customer Operations Benelux {number:02}", parent=top)
        crowd = people(session, below, 10)
        a_time(session, person=crowd[0], course=courses[number % 11], completed_on=today())
    counted(session, now())
    answer = browser(hedy).get("/hr/completion?open=customer-operations&courses=voluntary&status=completed&country=NL")
    assert answer.text.count("<tr>") == 40, "thirty-eight, everybody and a head"
    assert answer.text.count("</b></td>") >= 36 * 11
    assert len(answer.data) <= 40_000


def test_a_row_leads_to_its_people_where_they_may_be_named(browser, cast, session):
    """Click or Enter; a number leads to the same list, narrowed to its course."""
    course, hedy = a_course(session), cast.hedy
    a_time(session, person=people(session, cast.sales, 20)[0], course=course, completed_on=today())
    counted(session, now())
    hr = browser(hedy)
    page = hr.visit("/hr/completion?country=NL")
    hrefs = [link["href"] for link in page.select("tbody small a")]
    assert hrefs[0] == "/hr/people?country=NL&status=completed"
    assert "/hr/people?department=sales&country=NL&status=completed" in hrefs
    assert [head.get("data-course") for head in page.select("thead th")] == [None, course.slug]
    for href in hrefs:
        hr.visit(href)
    assert hr.visit("/hr/completion?status=waiting").select("tbody small a") == []


def test_a_kept_view_opens_again_on_this_device(browser, cast, session):
    people(session, cast.sales, 12, country="BE")
    hr = browser(cast.hedy)
    counted(session, now())
    page = hr.visit("/hr/completion?country=BE&open=sales")
    answer = hr.submit(page, action="/hr/completion/view")
    assert answer.status_code == 303
    assert hr.get("/hr/completion").headers["Location"] == "/hr/completion?country=BE&open=sales"
    assert hr.post("/hr/completion/view", {"view": "on=x&evil=1"}).headers["Location"] == "/hr/completion?open="


def test_the_report_speaks_dutch(browser, cast, session):
    hedy = cast.hedy
    hedy.locale = "nl"
    session.commit()
    counted(session, now())
    assert browser(hedy).visit("/hr/completion").h1.text.strip() == "Voortgang"


def test_only_hr_may_open_the_reports(browser, cast):
    """T15: for everybody else these pages do not exist."""
    hr_pages = ("/hr/completion", "/hr/people", "/hr/lapsing", "/hr/certificates", f"/hr/people/{cast.ada.uuid}")
    for name, person in cast.everybody().items():
        for path in hr_pages:
            status = browser(person).get(path).status_code
            assert status in ({200, 303} if name == "hedy" else {404}), (name, path)
        for path in ("/hr/completion.csv", "/hr/people.csv", "/hr/lapsing.csv", "/hr/completion/view", f"/hr/people/{cast.ada.uuid}/why"):
            if name != "hedy":
                assert browser(person).post(path, {"view": ""}).status_code == 404, (name, path)


@pytest.mark.parametrize(
    ("query", "word"),
    [("on=2026-13-45", "the day"), ("status=foo", "the status"), ("country=XX", "the country"), ("courses=all", "the kind of courses")],
)
def test_what_an_address_says_that_cannot_be_read_is_named_and_left_out(browser, cast, session, query, word):
    people(session, cast.sales, 6)
    counted(session, now())
    for path in ("/hr/completion", "/hr/people"):
        page = browser(cast.hedy).visit(f"{path}?{query}")
        assert word in page.select_one(".flash-quiet").text
        assert "Nobody here yet" not in page.main.text
    assert not browser(cast.hedy).visit("/hr/completion?country=NL").select(".flash")
