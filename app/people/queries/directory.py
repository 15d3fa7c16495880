"""Reads of the directory, for administrators: only inside the departments of their grant."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session as Db

from app.core.jobs import waiting
from app.core.text import fold
from app.core.who import Grant, Role, Who
from app.people.models import Department, Invitation, Person, RoleGrant, Upload

PAGE = 50


@dataclass(frozen=True)
class Line:
    """One person in the directory's list."""

    id: int
    uuid: str
    name: str
    email: str
    job_title: str
    department: str | None
    country: str
    status: str
    roles: tuple[str, ...]


@dataclass(frozen=True)
class GrantLine:
    """One role of a person, as the administrator sees it."""

    id: int
    role: str
    department: str | None
    granted_at: datetime


def within(scopes: Sequence[str]) -> Select[int]:
    """The ids of the departments inside any of the paths."""
    return select(Department.id).where(or_(*(Department.path.startswith(path, autoescape=True) for path in scopes)))


def may_see(query: Select[Person], who: Who) -> Select[Person]:
    """Narrow a select of persons to those whom `who` administers."""
    scopes = who.scopes(Role.ADMIN)
    if "/" in scopes:
        return query
    return query.where(Person.department_id.in_(within(scopes or ("-",))))


def people_lines(
    session: Db, who: Who, *, search: str = "", status: str = "", department: str = "", after: str = ""
) -> tuple[list[Line], str | None]:
    """A page of the directory by name, and where the next one begins; `after` is what the page before returned."""
    query = may_see(select(Person), who).order_by(Person.name_key, Person.id).limit(PAGE + 1)
    if search:
        word = fold(search)[:64]
        query = query.where(or_(Person.name_key.contains(word, autoescape=True), Person.email_key.contains(word, autoescape=True)))
    if status in {"invited", "active", "left"}:
        query = query.where(Person.status == status)
    if department:
        path = session.scalar(select(Department.path).where(Department.slug == department))
        query = query.where(Person.department_id.in_(within((path or "-",))))
    start = session.execute(select(Person.name_key, Person.id).where(Person.uuid == after)).first() if after else None
    if start is not None:
        query = query.where(or_(Person.name_key > start.name_key, (Person.name_key == start.name_key) & (Person.id > start.id)))
    people = session.scalars(query).all()
    shown = people[:PAGE]
    roles = _roles_of(session, [person.id for person in shown])
    names = department_names(session)
    lines = [
        Line(
            *(person.id, person.uuid, person.name, person.email, person.job_title),
            *(names.get(person.department_id or 0), person.country, person.status, tuple(roles.get(person.id, ()))),
        )
        for person in shown
    ]
    return lines, (shown[-1].uuid if len(people) > PAGE else None)


def _roles_of(session: Db, ids: list[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for person_id, role in session.execute(select(RoleGrant.person_id, RoleGrant.role).where(RoleGrant.person_id.in_(ids)).order_by(RoleGrant.role)):
        found.setdefault(person_id, []).append(role)
    return found


def department_names(session: Db) -> dict[int, str]:
    """Every department's name by id."""
    return {row.id: row.name for row in session.execute(select(Department.id, Department.name))}


def department_names_of(session: Db, uuids: Collection[str]) -> dict[str, str]:
    """Names of departments by outside id."""
    return {row.uuid: row.name for row in session.execute(select(Department.uuid, Department.name).where(Department.uuid.in_(uuids)))}


def file_names(session: Db, uuids: Collection[str]) -> dict[str, tuple[str, int]]:
    """Files of people by outside id: what each is called, and who brought it."""
    rows = session.execute(select(Upload.uuid, Upload.file_name, Upload.by_id).where(Upload.uuid.in_(uuids)))
    return {row.uuid: (row.file_name, row.by_id) for row in rows}


def person_for(session: Db, who: Who, uuid: str) -> Person | None:
    """The person with this outside id, if `who` administers them."""
    return session.scalar(may_see(select(Person).where(Person.uuid == uuid), who))


def hold(session: Db, person: Person) -> None:
    """Have the person for ourselves until the commit, as they are by now: of several who act on them at once each sees what the one before did.

    Rows that point at the person may be written meanwhile: whoever is deactivated may be writing an entry about somebody else.
    """
    session.execute(
        select(Person).where(Person.id == person.id).with_for_update(key_share=True).execution_options(populate_existing=True),
    ).scalar_one()


def last_letter(session: Db, person_id: int) -> datetime | None:
    """When the last letter with a first link went to a person, or when one that still waits is to go; None for none that we know of."""
    sent = session.scalar(select(func.max(Invitation.created_at)).where(Invitation.person_id == person_id, Invitation.purpose == "invite"))
    known = [at for at in (sent, waiting(session, "people.send_invitation", person=person_id)) if at is not None]
    return max(known, default=None)


def grants_of(session: Db, person_id: int) -> list[GrantLine]:
    """A person's roles."""
    rows = session.execute(
        select(RoleGrant.id, RoleGrant.role, Department.name, RoleGrant.granted_at)
        .outerjoin(Department, Department.id == RoleGrant.department_id)
        .where(RoleGrant.person_id == person_id)
        .order_by(RoleGrant.role, Department.name)
    )
    return [GrantLine(*row) for row in rows]


def rights_of(session: Db, person_id: int) -> tuple[Grant, ...]:
    """What a person is trusted with, whether they are here or not."""
    rows = session.execute(
        select(RoleGrant.role, Department.path)
        .outerjoin(Department, Department.id == RoleGrant.department_id)
        .where(RoleGrant.person_id == person_id)
    )
    return tuple(Grant(Role(role), path or "/") for role, path in rows)


def email_of(session: Db, person_id: int | None) -> str:
    """The address of a person by inside id, "" for nobody."""
    return (session.scalar(select(Person.email).where(Person.id == person_id)) or "") if person_id else ""


def upload_for(session: Db, who: Who, uuid: str) -> Upload | None:
    """A file that `who` brought."""
    return session.scalar(select(Upload).where(Upload.uuid == uuid, Upload.by_id == who.id))


@dataclass(frozen=True)
class DepartmentName:
    """A department as one chooses it from a list."""

    slug: str
    name: str
    path: str

    @property
    def depth(self) -> int:
        """How many departments it is part of."""
        return self.path.count("/") - 2


@dataclass(frozen=True)
class DepartmentLine(DepartmentName):
    """A department with how many active people are in it (not below it)."""

    people: int


def departments_of(session: Db, who: Who) -> list[DepartmentName]:
    """The departments that `who` administers, parents before children."""
    rows = session.execute(select(Department.slug, Department.name, Department.path).where(_administered(who)).order_by(Department.path))
    return [DepartmentName(*row) for row in rows]


def department_lines(session: Db, who: Who) -> list[DepartmentLine]:
    """The same with how many are in each: everybody is counted, so it is not for a list to choose from."""
    active = select(Person.department_id, func.count().label("people")).where(Person.status == "active").group_by(Person.department_id).subquery()
    rows = session.execute(
        select(Department.slug, Department.name, Department.path, func.coalesce(active.c.people, 0))
        .outerjoin(active, active.c.department_id == Department.id)
        .where(_administered(who))
        .order_by(Department.path)
    )
    return [DepartmentLine(*row) for row in rows]


def _administered(who: Who) -> ColumnElement[bool]:
    return or_(*(Department.path.startswith(path, autoescape=True) for path in who.scopes(Role.ADMIN) or ("-",)))
