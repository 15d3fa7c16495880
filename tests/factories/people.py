"""Makers of the people room."""

from datetime import UTC, datetime, time
from typing import Any

from sqlalchemy.orm import Session

from app.core.text import fold
from app.people.actions.naming import spell
from app.people.actions.signing_in import store_password
from app.people.models import Department, Person, RoleGrant

PASSWORD = "seven violet otters juggle"
BEGINNING = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


def a_department(session: Session, *, slug: str, name: str | None = None, parent: Department | None = None) -> Department:
    """A department, at the top or below `parent`."""
    department = Department(
        slug=slug, name=name or slug.capitalize(), parent_id=parent.id if parent else None, path=f"{parent.path if parent else '/'}{slug}/"
    )
    session.add(department)
    session.commit()
    return department


NEVER_QUIET = {"quiet_from": time(0), "quiet_until": time(0)}
"""Letters go out whatever the clock says; tests of quiet hours say their own."""


def a_person(
    session: Session,
    *,
    name: str = "Ada de Wit",
    email: str | None = None,
    department: Department | None = None,
    manager: Person | None = None,
    password: str | None = None,
    **more: Any,
) -> Person:
    """An active person in the Netherlands who reads English; with `password`, one who can sign in by the form."""
    address = email or fold(name).replace(" ", ".").replace("'", "") + "@meridian.example"
    values = {"country": "NL", "locale": "en", "timezone": "Europe/Amsterdam", "status": "active", "created_at": BEGINNING, **NEVER_QUIET, **more}
    person = Person(
        name=name,
        name_key=fold(name),
        email=address,
        email_key=address.lower(),
        department_id=department.id if department else None,
        manager_id=manager.id if manager else None,
        **values,
    )
    if password:
        store_password(person, password)
    session.add(person)
    session.flush()
    spell(session, person.id, name)
    session.commit()
    return person


def a_grant(session: Session, *, person: Person, role: str, department: Department | None = None) -> RoleGrant:
    """A role for a person, everywhere or in one department."""
    grant = RoleGrant(person_id=person.id, role=role, department_id=department.id if department else None, granted_at=BEGINNING)
    session.add(grant)
    session.commit()
    return grant
