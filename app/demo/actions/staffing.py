"""Departments, people and roles of the make-believe organisation."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import Conflict
from app.core.who import Role, Who
from app.demo.adapters.files import organisation
from app.demo.rules import PASSWORD, duty_of
from app.people.actions.auditing import Door, audit
from app.people.actions.departments import add_department
from app.people.actions.directory import Entry, add_person, change_person
from app.people.actions.granting import appoint_first, grant_role
from app.people.actions.signing_in import store_password
from app.people.models import Person
from app.people.queries import department_by_slug, person_by_email_key, who_by_id

DOOR = Door()


def refuse_unless_empty(session: Session) -> None:
    """Raise Conflict("demo.not_empty") when anybody is here already."""
    if session.scalar(select(Person.id).limit(1)) is not None:
        raise Conflict("demo.not_empty")


def hire(session: Session, *, at: datetime) -> Who:
    """Everybody, a year ago; returns the administrator who did it."""
    began = at - timedelta(days=400)
    chief = _administrator(session, at=began)
    audit(session, "demo_loaded", at=began, by_id=chief.id, door=DOOR)
    for department in organisation()["departments"]:
        given = {"slug": department["slug"], "name": department["name"], "parent_slug": department["parent"] or ""}
        add_department(session, **given, by=chief, at=began, door=DOOR)
    for each in _from_the_top():
        _person(session, each, by=chief, at=began)
    for each in organisation()["cast"]:
        _trust(session, each, by=chief, at=began)
    for each in organisation()["people"]:
        person, duty = person_by_email_key(session, each["email"]), duty_of(each["email"], each.get("manager", ""), at=at)
        if person is not None and duty is not None:
            grant_role(session, person, Role.SPOKESPERSON, None, by=chief, at=duty.given_at, door=DOOR)
    return chief


def _administrator(session: Session, *, at: datetime) -> Who:
    first = next(each for each in organisation()["cast"] if any(role["role"] == Role.ADMIN for role in each["roles"]))
    person = appoint_first(session, email=first["email"], name=first["name"], at=at, door=DOOR)
    person.status = "active"
    session.flush()
    who = who_by_id(session, person.id)
    if who is None:
        raise Conflict("demo.not_empty")
    return who


def _from_the_top() -> list[Mapping[str, Any]]:
    """Everybody, managers before those who report to them."""
    waiting: list[Mapping[str, Any]] = [*organisation()["cast"], *organisation()["people"]]
    order: list[Mapping[str, Any]] = []
    above: set[str | None] = {None}
    while waiting and above:
        ready = [each for each in waiting if each["manager"] in above]
        order += ready
        above = {each["email"] for each in ready}
        waiting = [each for each in waiting if each not in ready]
    return order


def _person(session: Session, each: Mapping[str, Any], *, by: Who, at: datetime) -> None:
    names = ("email", "name", "job_title", "department", "country", "locale", "timezone")
    entry = Entry(**{name: each[name] for name in names}, manager=each["manager"] or "")
    person = person_by_email_key(session, each["email"])
    if person is None:
        person = add_person(session, entry, by=by, at=at, door=DOOR, invite=False)
    else:
        change_person(session, person, entry, by=by, at=at, door=DOOR)
    person.status = "active"
    if each in organisation()["cast"]:
        store_password(person, PASSWORD)


def _trust(session: Session, each: Mapping[str, Any], *, by: Who, at: datetime) -> None:
    person = person_by_email_key(session, each["email"])
    for role in each["roles"]:
        if person is not None and role["role"] != Role.ADMIN:
            department = department_by_slug(session, role["department"]) if role["department"] else None
            grant_role(session, person, Role(role["role"]), department, by=by, at=at, door=DOOR)
