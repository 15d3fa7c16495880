"""Giving and taking roles."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session as Db

from app.core.database import insert_once
from app.core.errors import Conflict, NotAllowed, NotFound
from app.core.events import announce
from app.core.text import one_line
from app.core.who import Role, Who
from app.people.actions.auditing import Door, audit
from app.people.actions.directory import refuse_last_administrator
from app.people.actions.naming import spell
from app.people.actions.signing_in import end_all_sessions, renew_session
from app.people.events import PersonAdded, RoleGranted, RoleRevoked
from app.people.models import Department, Person, RoleGrant
from app.people.queries.directory import hold
from app.people.rules import WIDEST, email_key, email_to_keep, may_grant, name_key


def grant_role(session: Db, person: Person, role: Role, department: Department | None, *, by: Who, at: datetime, door: Door) -> None:
    """Give a role; it counts from the person's next request, in a fresh session.

    Raises NotAllowed("role.self") for one's own account: what opens others' data is nobody's to take (decision 0046). NotAllowed("role.outside")
    beyond what `by` may give, Conflict("role.there") when the person has it, Conflict("person.left").
    """
    path = department.path if department else "/"
    if person.id == by.id:
        raise NotAllowed("role.self")
    if not may_grant(by, role, path):
        raise NotAllowed("role.outside")
    hold(session, person)
    if person.status == "left":
        raise Conflict("person.left")
    made = insert_once(
        session,
        RoleGrant,
        person_id=person.id,
        role=role.value,
        department_id=department.id if department else None,
        granted_by_id=by.id,
        granted_at=at,
    )
    if not made:
        raise Conflict("role.there")
    end_all_sessions(session, person)
    announce(session, RoleGranted(person_id=person.id, role=role.value), at=at)
    audit(session, "role_granted", at=at, by_id=by.id, about=("person", person.uuid), changes={"role": ["", f"{role.value} {path}"]}, door=door)


def revoke_role(session: Db, person: Person, grant_id: int, *, by: Who, at: datetime, door: Door, token: str = "") -> str | None:
    """Take a role back, at once; the sessions opened with it end. Raises NotFound, NotAllowed("role.outside"), Conflict("admin.last").

    Whoever gives up their own goes on in the session that `token` opened, under the token that is returned.
    """
    hold(session, person)
    grant = session.scalar(select(RoleGrant).where(RoleGrant.id == grant_id, RoleGrant.person_id == person.id))
    if grant is None:
        raise NotFound
    role = Role(grant.role)
    path = session.scalar(select(Department.path).where(Department.id == grant.department_id)) if grant.department_id else "/"
    if not may_grant(by, role, path or "/"):
        raise NotAllowed("role.outside")
    if role is Role.ADMIN and path == "/":
        refuse_last_administrator(session, person)
    session.execute(delete(RoleGrant).where(RoleGrant.id == grant_id))
    renewed = renew_session(session, person, token) if person.id == by.id and token else None
    if renewed is None:
        end_all_sessions(session, person)
    announce(session, RoleRevoked(person_id=person.id, role=role.value), at=at)
    audit(session, "role_revoked", at=at, by_id=by.id, about=("person", person.uuid), changes={"role": [f"{role.value} {path}", ""]}, door=door)
    return renewed


def appoint_first(session: Db, *, email: str, name: str, at: datetime, door: Door) -> Person:
    """Make the first administrator of an installation, from its command line.

    Raises Conflict("admin.there") once there is one, Conflict("admin.left") for the address of somebody who has left: no link lets them in.
    """
    holders = (
        select(Person.id).join(RoleGrant, RoleGrant.person_id == Person.id).where(RoleGrant.role == Role.ADMIN, RoleGrant.department_id.is_(None))
    )
    if session.scalar(holders.where(Person.status != "left").limit(1)) is not None:
        raise Conflict("admin.there")
    clean, key, address = one_line(name, field="name", code_points=WIDEST), email_key(email), email_to_keep(email)
    insert_once(session, Person, email=address, email_key=key, name=clean, name_key=name_key(clean), status="invited", created_at=at)
    person = session.scalars(select(Person).where(Person.email_key == key)).one()
    if person.status == "left":
        raise Conflict("admin.left")
    spell(session, person.id, person.name)
    insert_once(session, RoleGrant, person_id=person.id, role=Role.ADMIN.value, granted_at=at)
    announce(session, PersonAdded(person_id=person.id), at=at)
    audit(session, "role_granted", at=at, by_id=None, about=("person", person.uuid), changes={"role": ["", "admin /"]}, door=door)
    return person
