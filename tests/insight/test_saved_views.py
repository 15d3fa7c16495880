"""Views of completion under a name: one's own, on every device, and nobody else's."""

import pytest
from sqlalchemy import select

from app.core.clock import now
from app.insight.models import View
from app.insight.rules import MOST_VIEWS
from tests.factories.insight import counted
from tests.factories.people import a_grant, a_person
from tests.support.holdings import columns_without_words
from tests.support.statements import counting_statements

VIEWS = "/hr/completion/views"


def saved(session, person, name="Overdue", query="country=BE"):
    view = View(person_id=person.id, name=name, name_key=name.casefold(), query=query, saved_at=now())
    session.add(view)
    session.commit()
    return view


def names(session):
    session.rollback()
    return sorted(session.scalars(select(View.name)))


def test_a_view_is_saved_from_the_report_and_opens_it_again(browser, cast, session):
    hedy = cast.hedy
    counted(session, now())
    hr = browser(hedy)
    page = hr.visit("/hr/completion?country=BE&status=overdue&open=sales&evil=1")
    way = next(link["href"] for link in page.select("main a") if "/views/new" in link["href"])
    form = hr.visit(way)
    assert "Are late with, Belgium" in form.text
    assert hr.submit(form, name="  Late in Belgium ").headers["Location"] == VIEWS
    (row,) = browser(hedy).visit(VIEWS).select(".row")
    assert row.select_one(".row-title").text == "Late in Belgium"
    href = row.select_one(".row-title a")["href"]
    assert href == "/hr/completion?country=BE&status=overdue&open=sales"
    assert hr.get(href).status_code == 200


def test_a_view_of_everything_is_one_too(browser, cast, session):
    hr = browser(cast.hedy)
    hr.submit(hr.visit(f"{VIEWS}/new"), name="Everything")
    assert hr.visit(VIEWS).select_one(".row-title a")["href"] == "/hr/completion?open="


def test_sent_twice_it_is_kept_once_and_a_name_stands_for_one_thing(browser, cast, session):
    """A double submit creates one."""
    hr = browser(cast.hedy)
    for _twice in range(2):
        assert hr.post(f"{VIEWS}/new", {"name": "Sales", "view": "department=sales"}).status_code == 303
    answer = hr.post(f"{VIEWS}/new", {"name": "SALES", "view": "department=research"})
    assert answer.status_code == 422
    assert "has this name already" in answer.text
    assert 'value="SALES"' in answer.text
    assert names(session) == ["Sales"]


@pytest.mark.parametrize(
    ("name", "status"), [("", 422), (" \u200b ", 422), ("x" * 61, 422), ("x" * 60, 303), ("👩‍👩‍👧‍👦" * 8, 303), ("\u202eeman", 303)]
)
def test_a_name_can_be_read(browser, cast, session, name, status):
    """T74: visible, at most sixty of what a reader calls characters."""
    assert browser(cast.hedy).post(f"{VIEWS}/new", {"name": name, "view": ""}).status_code == status
    assert not any("\u202e" in each for each in names(session))


def test_thirty_views_are_enough(browser, cast, session):
    for number in range(MOST_VIEWS):
        saved(session, cast.hedy, name=f"View {number}")
    answer = browser(cast.hedy).post(f"{VIEWS}/new", {"name": "One more", "view": ""})
    assert answer.status_code == 422
    assert "You have 30 views" in answer.text
    assert len(names(session)) == MOST_VIEWS


def test_a_view_is_renamed_and_removed_after_a_question(browser, cast, session):
    saved(session, cast.hedy)
    saved(session, cast.hedy, name="Zeeland")
    hr = browser(cast.hedy)
    rename = hr.visit(VIEWS).select_one(".row-end a")["href"]
    assert hr.submit(hr.visit(rename), name="zeeland").status_code == 422
    assert hr.submit(hr.visit(rename), name="Late").status_code == 303
    assert hr.submit(hr.visit(rename), name="LATE").status_code == 303
    assert names(session) == ["LATE", "Zeeland"]
    page = hr.visit(VIEWS)
    assert "Remove the view “LATE”?" in page.text
    assert hr.submit(page, "/removal").status_code == 303
    assert names(session) == ["Zeeland"]


def test_what_is_sent_beside_the_form_changes_nothing(browser, cast, session):
    """T21: whose view it is and what it shows are not for the form to say."""
    view = saved(session, cast.hedy)
    hr = browser(cast.hedy)
    for field in ("person_id", "uuid", "query", "name_key", "saved_at", "id"):
        assert hr.post(f"{VIEWS}/{view.uuid}", {"name": "Renamed", field: "7"}).status_code == 422
        assert hr.post(f"{VIEWS}/new", {"name": "New", "view": "", field: "7"}).status_code == 422
    assert hr.post(f"{VIEWS}/new", {"name": "New", "view": "country=NL&evil=1&status=x&q=Ada"}).status_code == 303
    session.rollback()
    found = {row.name: (row.person_id, row.query) for row in session.scalars(select(View))}
    assert found == {"Overdue": (cast.hedy.id, "country=BE"), "New": (cast.hedy.id, "country=NL")}


def test_somebody_elses_view_does_not_exist(browser, cast, session):
    """T15, T17."""
    other = a_person(session, name="Hanna Other", department=cast.sales)
    a_grant(session, person=other, role="hr")
    view = saved(session, cast.hedy)
    hr = browser(other)
    for path, fields in ((f"{VIEWS}/{view.uuid}", {"name": "Mine"}), (f"{VIEWS}/{view.uuid}/removal", {})):
        assert hr.post(path, fields).status_code == 404
    assert hr.get(f"{VIEWS}/{view.uuid}").data == hr.get(f"{VIEWS}/absent").data
    assert "Overdue" not in hr.visit(VIEWS).text
    assert names(session) == ["Overdue"]
    assert hr.post(f"{VIEWS}/new", {"name": "Overdue", "view": ""}).status_code == 303, "a name is one person's own"


def test_a_view_of_a_department_out_of_reach_shows_nothing(browser, cast, session):
    """T19."""
    scoped = a_person(session, name="Hanna Scoped", department=cast.sales)
    a_grant(session, person=scoped, role="hr", department=cast.sales)
    saved(session, scoped, query="department=research")
    hr = browser(scoped)
    page = hr.visit(VIEWS)
    assert page.select(".row-title a") == []
    assert "Its department is no longer there for you" in page.text
    assert hr.get("/hr/completion?department=research").status_code == 404


def test_saved_views_stand_under_everything_we_hold(browser, cast, session):
    """P3."""
    saved(session, cast.hedy, name="Late in Belgium", query="country=BE&status=overdue")
    hr = browser(cast.hedy)
    page = hr.visit("/me/everything").text
    assert "Late in Belgium" in page
    assert "Are late with, Belgium" in page
    assert columns_without_words(hr) == set()


def test_the_list_costs_the_same_however_many_views(browser, cast, session):
    saved(session, cast.hedy)
    hr = browser(cast.hedy)
    with counting_statements() as few:
        hr.visit(VIEWS)
    for number in range(9):
        saved(session, cast.hedy, name=f"View {number}")
    with counting_statements() as many:
        hr.visit(VIEWS)
    assert len(few) == len(many) <= 3
