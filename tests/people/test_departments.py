"""Departments: renamed everywhere at once, and removed when nothing is in them any more."""

import pytest
from sqlalchemy import select

from app.core.clock import now
from app.core.errors import Refusal
from app.core.who import Role
from app.insight.models import View
from app.library.models import Story
from app.people.actions.auditing import Door
from app.people.actions.departments import add_department, remove_department, rename_department
from app.people.actions.directory import Entry, add_person, change_person
from app.people.actions.granting import grant_role
from app.people.models import AuditEntry, Department, Person, RoleGrant
from app.people.queries import who_by_id
from app.people.queries.placing import place
from app.people.rules import Audience
from tests.factories.insight import a_time, counted
from tests.factories.learning import a_course
from tests.factories.library import a_story
from tests.factories.people import a_department, a_grant, a_person
from tests.support.bursts import burst

DOOR = Door()


@pytest.fixture
def local(session, cast):
    """Administers Sales and nothing else."""
    person = a_person(session, name="Local Admin", department=cast.research)
    a_grant(session, person=person, role="admin", department=cast.sales)
    return person


@pytest.fixture
def empty(session, cast):
    """A department below Sales with nothing in it."""
    return a_department(session, slug="sales-be", name="Lowlands", parent=cast.sales)


BELGIUM = "/admin/departments/sales-be"


def at(department):
    return f"/admin/departments/{department.slug}"


def entries(session, action):
    session.rollback()
    return list(session.scalars(select(AuditEntry).where(AuditEntry.action == action)))


def slugs(session):
    session.rollback()
    return set(session.scalars(select(Department.slug)))


def what_is_in(page):
    """Why a department cannot be removed."""
    return [" ".join(each.get_text().split()) for each in page.select("#remove li")]


def test_a_new_name_stands_everywhere_at_once(browser, cast, session, empty):
    person = a_person(session, name="Pia Peeters", department=empty)
    a_time(session, person=person, course=a_course(session), completed_on=now().date())
    story = a_story(session, author=cast.grace, state="in_review", audience=Audience(departments=(empty.path,)))
    counted(session, now())
    rosa = browser(cast.rosa)
    (way,) = (link["href"] for link in rosa.visit("/admin/departments").select("td a") if "Lowlands" in link.text)
    answer = rosa.submit(rosa.visit(way), name="  Flanders  ")
    assert (answer.status_code, answer.headers["Location"]) == (303, BELGIUM)
    pages = (
        (cast.rosa, "/admin/people?department=sales-be"),
        (cast.rosa, f"/admin/people/{person.uuid}"),
        (cast.rosa, "/admin/departments"),
        (cast.hedy, "/hr/people"),
        (cast.hedy, "/hr/completion?open=sales"),
        (cast.iris, f"/hub/reviews/{story.uuid}"),
        (person, "/me"),
    )
    for reader, path in pages:
        text = browser(reader).visit(path).text
        assert "Flanders" in text, path
        assert "Lowlands" not in text, path
    (entry,) = entries(session, "department_renamed")
    assert (entry.actor_id, entry.object_id, entry.changes) == (cast.rosa.id, empty.uuid, {"name": ["Lowlands", "Flanders"]})
    assert "Lowlands → Flanders" in rosa.visit("/admin/audit").text


def test_the_same_name_again_changes_nothing_and_no_name_is_refused(browser, cast, session, empty):
    rosa = browser(cast.rosa)
    assert rosa.submit(rosa.visit(BELGIUM)).status_code == 303
    for name in ("", " ", "\u200b"):
        assert rosa.post(BELGIUM, {"name": name}).status_code == 422
    assert entries(session, "department_renamed") == []


def test_an_empty_department_is_removed_after_a_question_and_the_log_keeps_its_name(browser, cast, session, empty):
    rosa = browser(cast.rosa)
    page = rosa.visit(BELGIUM)
    assert "Lowlands" in page.select_one("#remove dialog").text
    assert rosa.submit(page, action="/removal").headers["Location"] == "/admin/departments"
    assert "“Lowlands” is removed" in rosa.visit("/admin/departments").select_one(".flash").text
    assert slugs(session) == {"sales"}
    (entry,) = entries(session, "department_removed")
    assert entry.changes == {"name": ["Lowlands", None], "path": ["/sales/sales-be/", None]}
    log = " ".join(rosa.visit("/admin/audit").text.split())
    assert "removed a department" in log
    assert "Lowlands" in log
    assert rosa.get(BELGIUM).status_code == 404
    assert rosa.post(f"{BELGIUM}/removal").status_code == 404
    assert rosa.post("/admin/departments", {"name": "Lowlands", "slug": "sales-be", "parent": "sales"}).status_code == 303


def test_what_is_still_in_it_is_named_with_the_way_out(browser, cast, session, empty):
    """People who are here or have left, departments below, roles for it: each keeps it, and none is touched."""
    rosa, here = browser(cast.rosa), a_person(session, name="Pia Peeters", department=empty)
    left = a_person(session, name="Luc Laat", department=empty, status="left")
    below = a_department(session, slug="antwerp", parent=empty)
    a_grant(session, person=cast.ada, role="hr", department=empty)
    page = rosa.visit(BELGIUM)
    assert page.select_one("#remove form") is None
    people, departments, roles = what_is_in(page)
    assert "1 person who is here, 1 who has left" in people
    assert "Antwerp" in departments
    assert roles.startswith("HR, Ada de Wit")
    assert {link["href"] for link in page.select("#remove a")} == {
        "/admin/people?department=sales-be",
        at(below),
        f"/admin/people/{cast.ada.uuid}#roles",
    }
    for gone, said in ((here, "people"), (left, "people"), (below, "departments below"), (None, "roles")):
        assert rosa.post(f"{BELGIUM}/removal").headers["Location"] == f"{BELGIUM}#remove"
        assert said in rosa.visit(BELGIUM).select_one(".flash").text
        if isinstance(gone, Person):
            gone.department_id = cast.sales.id
        elif gone:
            session.delete(gone)
        else:
            session.query(RoleGrant).filter_by(department_id=empty.id).delete()
        session.commit()
    assert rosa.post(f"{BELGIUM}/removal").headers["Location"] == "/admin/departments"
    assert slugs(session) == {"sales"}


def test_a_departments_administrator_stays_inside_and_takes_no_right_by_it(browser, cast, session, empty, local):
    """T19, T20: neither another department, nor the one that their own role is for, nor the names of people elsewhere."""
    a_grant(session, person=cast.mallory, role="hr", department=empty)
    inside = browser(local)
    for path in (at(cast.research), f"{at(cast.research)}/removal"):
        assert inside.post(path, {"name": "Ours"} if path == at(cast.research) else {}).status_code == 404
    (roles,) = what_is_in(inside.visit(BELGIUM))
    assert roles == "1 role of somebody whom you do not administer: ask an administrator of the whole organisation."
    assert "Mallory" not in inside.visit(BELGIUM).text
    session.query(RoleGrant).filter_by(department_id=empty.id).delete()
    session.commit()
    assert inside.post(f"{BELGIUM}/removal").headers["Location"] == "/admin/departments"
    assert inside.post(f"{at(cast.sales)}/removal").headers["Location"] == f"{at(cast.sales)}#remove", "their own role keeps it"
    session.expire_all()
    assert [(grant.role, grant.department_id) for grant in session.query(RoleGrant).filter_by(person_id=local.id)] == [("admin", cast.sales.id)]
    assert inside.post(at(cast.sales), {"name": "Sales & service"}).status_code == 303


def test_a_role_is_not_given_everywhere_because_its_department_is_gone(browser, cast, session, empty, monkeypatch):
    """T20: removed between the page and the press, a place is refused and never read as no place."""
    monkeypatch.setattr("app.people.views.directory.place", lambda _session, _slug: None)
    assert browser(cast.rosa).post(f"/admin/people/{cast.ada.uuid}/roles", {"role": "hr", "department": "sales-be"}).status_code == 422
    assert session.query(RoleGrant).filter_by(person_id=cast.ada.id).all() == []


def test_a_story_for_a_department_that_is_gone_stays_for_nobody_when_it_is_edited(browser, cast, session, empty):
    """An audience that lost its only department by saving would be everybody."""
    story = a_story(session, author=cast.grace, audience=Audience(departments=(empty.path,)))
    rosa, grace = browser(cast.rosa), browser(cast.grace)
    rosa.post(f"{BELGIUM}/removal")
    path = f"/hub/stories/{story.uuid}"
    page = grace.visit(path)
    chosen = [option for option in page.select("[name=departments] option, [name=departments][type=checkbox]") if "sales-be" in option["value"]]
    assert len(chosen) == 1
    assert "/sales/sales-be/ (no longer there)" in page.text
    assert grace.submit(page, action=path, title_en="Another title").status_code == 303
    session.expire_all()
    kept = session.get_one(Story, story.id)
    assert kept.content["title"]["en"] == "Another title"
    assert kept.content["audience"]["departments"] == ["/sales/sales-be/"]


def test_saved_and_kept_views_outlive_their_department(browser, cast, session, empty):
    view = View(person_id=cast.hedy.id, name="Belgians", name_key="belgians", query="department=sales-be", saved_at=now())
    session.add(view)
    session.commit()
    counted(session, now())
    hr, rosa = browser(cast.hedy), browser(cast.rosa)
    hr.post("/hr/completion/view", {"view": "department=sales-be"})
    assert hr.get("/hr/completion").status_code == 303
    assert [link["href"] for link in hr.visit("/hr/completion/views").select(".row-title a")] == ["/hr/completion?department=sales-be"]
    rosa.post(f"{BELGIUM}/removal")
    page = hr.visit("/hr/completion/views")
    assert page.select(".row-title a") == []
    assert "Its department is no longer there for you" in page.text
    hr.visit("/hr/completion")
    hr.visit(f"/hr/completion/views/{view.uuid}")
    assert hr.get("/hr/completion?department=sales-be").status_code == 404
    assert hr.post(f"/hr/completion/views/{view.uuid}/removal").status_code == 303


def test_a_file_that_names_a_removed_department_is_refused_row_by_row(session, cast, empty):
    rosa = who_by_id(session, cast.rosa.id)
    remove_department(session, "sales-be", by=rosa, at=now(), door=DOOR)
    with pytest.raises(Refusal):
        add_person(session, Entry(email="new@x.example", name="New", department="sales-be"), by=rosa, at=now(), door=DOOR)
    session.rollback()


def put(db, number, *, by, person_id):
    """One of the ways to put something into a department."""
    ways = (
        lambda: add_person(db, Entry(email=f"p{number}@x.example", name="Pia", department="sales-be"), by=by, at=now(), door=DOOR, invite=False),
        lambda: change_person(
            db, db.get(Person, person_id), Entry(email="noor@x.example", name="Noor", department="sales-be"), by=by, at=now(), door=DOOR
        ),
        lambda: add_department(db, slug=f"below-{number}", name="Below", parent_slug="sales-be", by=by, at=now(), door=DOOR),
        lambda: grant_role(db, db.get(Person, person_id), Role.HR, there(db), by=by, at=now(), door=DOOR),
    )
    return ways[number // 2 % 4]()


def there(db):
    """The department as the view of roles finds it."""
    found = place(db, "sales-be")
    if found is None:
        raise Refusal("role.unknown")
    return found


@pytest.mark.parametrize("round_", range(3))
def test_of_those_who_remove_it_and_put_things_into_it_at_once_one_side_wins(app, session, cast, empty, round_):
    """T87: never somebody in a department that is gone, a role without its place, or an error."""
    rosa, department_id = who_by_id(session, cast.rosa.id), empty.id
    person_id = a_person(session, name="Noor", email="noor@x.example").id
    session.close()

    def deed(db, number):
        if number % 2 == round_ % 2:
            return bool(remove_department(db, "sales-be", by=rosa, at=now(), door=DOOR))
        put(db, number, by=rosa, person_id=person_id)
        return "put"

    became = burst(app, deed, 16)
    session.expire_all()
    removed = session.get(Department, department_id) is None
    inside = (
        session.query(Person).filter_by(department_id=department_id).count() + session.query(RoleGrant).filter_by(department_id=department_id).count()
    )
    inside += session.query(Department).filter_by(parent_id=department_id).count()
    assert became.count(True) == int(removed)
    assert (inside == 0) if removed else inside > 0
    assert session.query(RoleGrant).filter_by(person_id=person_id, department_id=None).count() == 0
    refusals = {answer for answer in became if answer not in {True, "put"}}
    assert refusals <= {"department.unknown", "role.unknown", "not_found", "department.people", "department.below", "department.roles", "role.there"}


def test_renaming_and_removing_at_once_end_in_order(app, session, cast, empty):
    rosa = who_by_id(session, cast.rosa.id)
    session.close()

    def deed(db, number):
        if number == 5:
            return remove_department(db, "sales-be", by=rosa, at=now(), door=DOOR)
        return rename_department(db, "sales-be", name=f"Name {number}", by=rosa, at=now(), door=DOOR)

    became = burst(app, deed, 8)
    assert set(became) <= {True, "not_found", became[5]}
    assert slugs(session) == {"sales"}
