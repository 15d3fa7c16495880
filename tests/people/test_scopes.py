"""An administrator of a department stays inside it, and below those who are trusted with more."""

import io

import pytest
from bs4 import BeautifulSoup

from app.core.clock import now
from app.people.models import Department, Person
from tests.factories.people import PASSWORD, a_grant, a_person

TAKEN = "An account has this address already. Look for it in the list of people; if you do not find it there, ask an administrator of the whole organisation."


@pytest.fixture
def local(session, cast):
    """Administers Sales and nothing else."""
    person = a_person(session, name="Local Admin", department=cast.sales)
    a_grant(session, person=person, role="admin", department=cast.sales)
    return person


def entry_of(session, person, **more):
    """A person's entry as the form holds it."""
    department = session.get(Department, person.department_id).slug
    names = ("name", "email", "job_title", "country", "locale", "timezone")
    return {**{name: getattr(person, name) for name in names}, "department": department, "manager": "", **more}


def test_a_file_changes_nobody_outside_the_department(browser, cast, session, run_jobs, local):
    """T15, T20: the row names somebody of another department, whom the form would not even show."""
    boss = a_person(session, name="The Boss", email="boss@meridian.example", department=cast.research)
    inside = browser(local)
    content = b"email,name,department\nboss@meridian.example,Renamed,sales\n"
    place = inside.post("/admin/import", {"file": (io.BytesIO(content), "p.csv")}, content_type="multipart/form-data").headers["Location"]
    run_jobs()
    assert "An account has this address already." in inside.visit(place).get_text()
    assert inside.post(f"{place}/confirm").status_code == 409
    session.refresh(boss)
    assert (boss.name, boss.department_id) == ("The Boss", cast.research.id)


@pytest.mark.parametrize("status", ["active", "invited", "left"])
@pytest.mark.parametrize("place", ["sales", "research", None])
def test_of_an_address_that_is_taken_nobody_learns_whose_it_is_nor_where(browser, cast, session, local, run_jobs, status, place):  # noqa: PLR0917
    """T19: in the form for a new person, in that of a known one and in a file, the answer is the same for everybody who may have it."""
    department = {"sales": cast.sales, "research": cast.research, None: None}[place]
    a_person(session, name="Quirina Zwaan", email="taken@meridian.example", department=department, status=status, job_title="Astronomer")
    inside = browser(local)
    new = {"name": "New", "email": "Taken@Meridian.example", "department": "sales", "country": "NL", "locale": "en", "timezone": "Europe/Amsterdam"}
    answers = [inside.post("/admin/people/new", new), inside.post(f"/admin/people/{cast.ada.uuid}", entry_of(session, cast.ada, email=new["email"]))]
    assert [answer.status_code for answer in answers] == [422, 422]
    told = [BeautifulSoup(answer.text, "html.parser").select_one("#email-error").get_text(" ", strip=True) for answer in answers]
    content = b"email,name,department\ntaken@meridian.example,New,sales\n"
    if place != "sales":  # inside, the file means this person, and changes the entry
        where = inside.post("/admin/import", {"file": (io.BytesIO(content), "p.csv")}, content_type="multipart/form-data").headers["Location"]
        run_jobs()
        answers.append(inside.get(where))
        assert TAKEN in answers[-1].text
    assert told == [TAKEN, TAKEN]
    assert not any(word in answer.text for answer in answers for word in ("Quirina", "Zwaan", "Astronomer", "Research"))


@pytest.mark.parametrize("role", ["admin", "hr"])
def test_who_is_trusted_beyond_the_department_keeps_address_and_account(browser, cast, session, local, role):
    """T20: a new address would bring its link for a password to somebody else; only lower and inside."""
    a_grant(session, person=cast.linus, role=role)
    assert cast.rosa.status == "active"  # so that it is not the last administrator who is protected here
    inside, place = browser(local), f"/admin/people/{cast.linus.uuid}"
    inside.visit(place)
    assert inside.post(place, entry_of(session, cast.linus, email="mine@evil.example")).status_code == 422
    assert inside.post(f"{place}/deactivate").status_code == 403
    assert inside.post(place, entry_of(session, cast.linus, job_title="Lead")).status_code == 303
    session.expire_all()
    assert (cast.linus.email, cast.linus.status, cast.linus.job_title) == ("linus.berg@meridian.example", "active", "Lead")
    cast.linus.status, cast.linus.left_at = "left", now()
    session.commit()
    assert inside.post(f"{place}/reactivate").status_code == 403


def test_everybody_else_inside_is_kept_by_the_departments_administrator(browser, cast, session, local):
    a_grant(session, person=cast.ada, role="author", department=cast.sales)
    inside, place = browser(local), f"/admin/people/{cast.ada.uuid}"
    assert inside.post(place, entry_of(session, cast.ada, email="ada@meridian.example")).status_code == 303
    assert inside.post(f"{place}/deactivate").status_code == 303
    assert inside.post(f"{place}/reactivate").status_code == 303


def link_for(browser, run_jobs, letters, email):
    """The link of a letter for a new password."""
    browser().post("/forgotten", {"email": email})
    run_jobs()
    return letters()[-1].split("http://socii.test", 1)[1].split()[0]


@pytest.mark.parametrize("step", ["deactivation", "address", "password"])
def test_a_link_that_was_sent_before_is_over(browser, cast, session, run_jobs, letters, step):  # noqa: PLR0917
    """T12: what was mailed dies with the account, with the address it went to, and with the password it was meant to replace."""
    noor = a_person(session, name="Noor Ali", email="noor@meridian.example", password=PASSWORD, department=cast.sales)
    link, rosa, place = link_for(browser, run_jobs, letters, noor.email), browser(cast.rosa), f"/admin/people/{noor.uuid}"
    assert browser().get(link).status_code == 200
    if step == "deactivation":
        assert rosa.post(f"{place}/deactivate").status_code == 303
        assert rosa.post(f"{place}/reactivate").status_code == 303
    elif step == "address":
        assert rosa.post(place, entry_of(session, noor, email="noor.ali@meridian.example")).status_code == 303
    else:
        new = "nine calm whales drift by"
        assert browser(noor).post("/me/password", {"old": PASSWORD, "password": new}).status_code == 303
    assert browser().get(link).status_code == 410
    assert session.get(Person, noor.id) is not None
