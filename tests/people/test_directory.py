"""Administrators keep the directory."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup

from app.people.models import AuditEntry, Department, Invitation, Person, RoleGrant, Session
from tests.factories.people import PASSWORD, a_department, a_grant, a_person

ROLES = ["author", "reviewer", "hub", "hr", "admin", "spokesperson"]
PLACES = {"everywhere": "", "above": "sales", "own": "sales-nl", "below": "sales-nl-south", "beside": "sales-be", "elsewhere": "research"}

ENTRY = {
    "name": "Noor Ali",
    "email": "noor@meridian.example",
    "job_title": "Nurse",
    "department": "",
    "country": "NL",
    "locale": "nl",
    "timezone": "Europe/Amsterdam",
    "manager": "",
}


def test_a_person_added_by_hand_gets_a_letter_and_comes_in_with_the_link(browser, cast, session, run_jobs, letters):
    rosa = browser(cast.rosa)
    rosa.visit("/admin/people/new")
    assert rosa.post("/admin/people/new", ENTRY).status_code == 303
    run_jobs()
    (letter,) = letters()
    assert "To: noor@meridian.example" in letter
    assert "Subject: Welkom" in letter
    link = letter.split("http://socii.test", 1)[1].split()[0]
    noor = browser()
    noor.visit(link)
    assert noor.post(link, {"password": PASSWORD}).status_code == 303
    assert noor.post("/sign-in", {"email": "noor@meridian.example", "password": PASSWORD}).headers["Location"] == "/"
    assert noor.visit("/me").find("html")["lang"] == "nl"
    assert browser().get(link).status_code == 410


@pytest.mark.parametrize("twin", ["NOOR@meridian.example", " noor@meridian.example ", "noor@MERIDIAN.example", "ｎoor@meridian.example"])
def test_a_twin_of_an_address_is_refused_whatever_its_spelling(browser, cast, session, twin):
    """T2: case, width and padding make no second account."""
    a_person(session, name="Noor Ali", email="noor@meridian.example")
    answer = browser(cast.rosa).post("/admin/people/new", {**ENTRY, "email": twin})
    assert answer.status_code == 422
    assert session.query(Person).filter_by(name="Noor Ali").count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "\u200b\u200b"),
        ("name", "x" * 201),
        ("name", ("a" + "\u0301" * 40) * 30),
        ("email", "nobody"),
        ("manager", "ghost@meridian.example"),
        ("timezone", "Mars/Olympus"),
        ("country", "ZZZ"),
        ("country", "ZZ"),
        ("country", "EU"),
    ],
)
def test_a_wrong_field_keeps_what_was_typed_and_says_what_to_do(browser, cast, session, field, value):
    rosa = browser(cast.rosa)
    answer = rosa.post("/admin/people/new", {**ENTRY, field: value})
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    assert "Nurse" in answer.text


def test_a_field_that_the_form_does_not_have_is_refused(browser, cast, session):
    """T21: columns cannot be smuggled in."""
    answer = browser(cast.rosa).post("/admin/people/new", {**ENTRY, "status": "active", "password_hash": "x", "session_epoch": "9"})
    assert answer.status_code == 422
    assert session.query(Person).filter_by(email_key="noor@meridian.example").count() == 0


def test_deactivation_ends_every_session_with_the_next_request(browser, cast, session):
    """T12: a leaver is out at once, everywhere."""
    phone, desk = browser(cast.ada), browser(cast.ada)
    assert phone.get("/me").status_code == 200
    assert browser(cast.rosa).post(f"/admin/people/{cast.ada.uuid}/deactivate").status_code == 303
    for device in (phone, desk):
        assert device.get("/me").status_code == 303
    assert session.query(Session).filter_by(person_id=cast.ada.id).count() == 0
    assert session.query(AuditEntry).filter_by(action="person_deactivated").count() == 1


def test_a_leaver_gets_no_letter_and_cannot_sign_in(browser, cast, session, run_jobs, letters):
    """T12, T25: no link for a new password either."""
    a_person(session, name="Noor Ali", email="noor@meridian.example", password=PASSWORD, status="left")
    assert browser().post("/forgotten", {"email": "noor@meridian.example"}).status_code == 303
    run_jobs()
    assert letters() == []
    assert browser().post("/sign-in", {"email": "noor@meridian.example", "password": PASSWORD}).status_code == 422


def test_reactivation_brings_a_person_back(browser, cast, session):
    noor = a_person(session, name="Noor Ali", password=PASSWORD, status="left")
    assert browser(cast.rosa).post(f"/admin/people/{noor.uuid}/reactivate").status_code == 303
    session.expire_all()
    assert noor.status == "active"


def test_the_last_administrator_stays(browser, cast, session):
    """T20: neither role nor account of the last one can be taken."""
    rosa = browser(cast.rosa)
    grant = session.query(RoleGrant).filter_by(person_id=cast.rosa.id).one()
    assert rosa.post(f"/admin/people/{cast.rosa.uuid}/roles/{grant.id}/revoke").status_code == 409
    assert rosa.post(f"/admin/people/{cast.rosa.uuid}/deactivate").status_code == 409


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("giver", ["ada", "linus", "grace", "iris", "hugo", "hedy", "sanne", "mallory"])
def test_nobody_but_an_administrator_gives_a_role(browser, cast, session, giver, role):
    """T20: every role tries to give every role."""
    target = a_person(session, name="Noor Ali")
    answer = browser(getattr(cast, giver)).post(f"/admin/people/{target.uuid}/roles", {"role": role, "department": ""})
    assert answer.status_code == 404
    assert session.query(RoleGrant).filter_by(person_id=target.id).count() == 0


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("works", ["own", "below", "beside", "elsewhere"])
def test_a_departments_administrator_gives_lower_roles_inside_it_only(browser, cast, session, role, works):
    """T20: only lower, and only to who works inside and for a place inside, whatever the page offers."""
    own = a_department(session, slug="sales-nl", parent=cast.sales)
    a_department(session, slug="sales-be", parent=cast.sales)
    a_department(session, slug="sales-nl-south", parent=own)
    at = {each.slug: each for each in (cast.research, *session.query(Department))}
    local, target = a_person(session, name="Local Admin", department=own), a_person(session, name="Noor Ali", department=at[PLACES[works]])
    a_grant(session, person=local, role="admin", department=own)
    admin = browser(local)
    for where, slug in PLACES.items():
        fine = works in {"own", "below"} and where in {"own", "below"} and role != "admin"
        answer = admin.post(f"/admin/people/{target.uuid}/roles", {"role": role, "department": slug})
        assert (answer.status_code == 303) == fine, f"{role} {where}: {answer.status_code}"
        given = session.query(RoleGrant).filter_by(person_id=target.id)
        assert [grant.department_id for grant in given] == ([at[slug].id] if fine else [])
        given.delete()
        session.commit()


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("where", ["", "sales"])
def test_no_administrator_gives_themselves_a_role(browser, cast, session, role, where):
    """P6, T20: nobody has a right to others' data by being an administrator, and none is a button away."""
    local = a_person(session, name="Local Admin", department=cast.sales)
    a_grant(session, person=local, role="admin", department=cast.sales)
    for own in (cast.rosa, local):
        held, admin = session.query(RoleGrant).filter_by(person_id=own.id).count(), browser(own)
        page = admin.visit(f"/admin/people/{own.uuid}")
        assert page.find(id="grant-role") is None
        assert admin.post(f"/admin/people/{own.uuid}/roles", {"role": role, "department": where}).status_code == 403
        assert session.query(RoleGrant).filter_by(person_id=own.id).count() == held


def test_whoever_gives_up_a_role_of_their_own_goes_on_under_another_id(browser, cast, session):
    """T13: a new id when rights change; elsewhere they are signed out."""
    grant = a_grant(session, person=cast.rosa, role="hr")
    rosa, elsewhere = browser(cast.rosa), browser(cast.rosa)
    before = {row.token_digest for row in session.query(Session)}
    assert rosa.post(f"/admin/people/{cast.rosa.uuid}/roles/{grant.id}/revoke").status_code == 303
    session.expire_all()
    assert before.isdisjoint({row.token_digest for row in session.query(Session)})
    assert (rosa.get("/me").status_code, elsewhere.get("/me").status_code) == (200, 303)


def test_a_new_role_counts_at_once_and_in_a_fresh_session(browser, cast, session):
    """T13: rights change, so the old session is over."""
    ada = browser(cast.ada)
    browser(cast.rosa).post(f"/admin/people/{cast.ada.uuid}/roles", {"role": "admin", "department": ""})
    assert ada.get("/admin/people").status_code == 303
    ada.sign_in(session.get(Person, cast.ada.id))
    ada.visit("/admin/people")


def test_the_directory_is_searched_filtered_and_paged(browser, cast, session):
    for number in range(60):
        a_person(session, name=f"Person {number:02}", department=cast.sales)
    rosa = browser(cast.rosa)
    page = rosa.visit("/admin/people")
    following = page.find("a", rel="next")["href"]
    assert "Person 59" in rosa.visit(following).get_text()
    assert "Person 07" in rosa.visit("/admin/people?q=person+07").get_text()
    assert "Nobody found" in rosa.visit("/admin/people?q=%25").get_text()
    rosa.visit(f"/admin/people/{cast.ada.uuid}")


def test_a_manager_circle_is_refused(browser, cast, session):
    answer = browser(cast.rosa).post(
        f"/admin/people/{cast.linus.uuid}",
        {
            "name": "Linus Berg",
            "email": cast.linus.email,
            "job_title": "",
            "department": "sales",
            "country": "NL",
            "locale": "en",
            "timezone": "Europe/Amsterdam",
            "manager": cast.ada.email,
        },
    )
    assert answer.status_code == 422
    assert "is already above" in answer.text


def test_departments_are_added_below_others(browser, cast, session):
    rosa = browser(cast.rosa)
    rosa.visit("/admin/departments")
    assert cast.sales.path == "/sales/"
    assert rosa.post("/admin/departments", {"name": "Netherlands", "slug": "sales-nl", "parent": "sales"}).status_code == 303
    assert "Netherlands" in rosa.visit("/admin/departments").get_text()
    assert rosa.post("/admin/departments", {"name": "Again", "slug": "sales-nl", "parent": ""}).status_code == 422
    assert rosa.post("/admin/departments", {"name": "Bad", "slug": "Sales NL", "parent": ""}).status_code == 422


def test_an_invitation_is_sent_again_once_in_five_minutes(browser, cast, session, run_jobs, letters):
    """Four presses are one letter, and the page says when it went out and from when another may."""
    noor = a_person(session, name="Noor Ali", status="invited")
    rosa, place = browser(cast.rosa), f"/admin/people/{noor.uuid}/invite"
    assert rosa.post(place).status_code == 303
    again = rosa.post(place)
    assert again.status_code == 429
    assert 0 < int(again.headers["Retry-After"]) <= 301
    run_jobs()
    assert rosa.post(place).status_code == 429
    assert len(letters()) == 1
    sent = session.query(Invitation).one()
    refused = BeautifulSoup(rosa.post(place).text, "html.parser").main.get_text()
    here = sent.created_at.astimezone(ZoneInfo("Europe/Amsterdam"))
    assert f"went out at {here:%H:%M}" in refused
    assert f"from {here + timedelta(minutes=5):%H:%M} on" in refused
    sent.created_at -= timedelta(minutes=5)
    session.commit()
    assert rosa.post(place).status_code == 303
    run_jobs()
    assert len(letters()) == 2
    assert session.query(AuditEntry).filter_by(action="person_invited").count() == 2


def test_whoever_was_just_added_is_not_written_to_twice(browser, cast, session, run_jobs, letters):
    rosa = browser(cast.rosa)
    place = rosa.post("/admin/people/new", ENTRY).headers["Location"]
    assert rosa.post(f"{place}/invite").status_code == 429
    run_jobs()
    assert len(letters()) == 1


def test_a_name_that_folds_to_more_than_its_column_takes_is_kept(browser, cast, session):
    """T89: one letter may fold to eighteen."""
    assert browser(cast.rosa).post("/admin/people/new", {**ENTRY, "name": "\ufdfa" * 100}).status_code == 303
    assert len(session.query(Person).filter_by(email_key="noor@meridian.example").one().name_key) == 800


def test_the_first_administrator_is_not_one_who_has_left(app, session):
    """The link that the command prints would let nobody in."""
    noor = a_person(session, name="Noor Ali", status="left")
    answer = app.test_cli_runner().invoke(args=["people", "first-administrator", noor.email, "Noor Ali"])
    assert answer.exit_code == 1
    assert "has left" in answer.output
    assert (session.query(RoleGrant).count(), session.query(Invitation).count()) == (0, 0)
    assert app.test_cli_runner().invoke(args=["people", "first-administrator", "rosa@meridian.example", "Rosa"]).exit_code == 0
