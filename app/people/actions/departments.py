"""Keeping the departments: adding, renaming, removing. Their short names, and with them the way to each, stay for ever."""

import re
from datetime import datetime
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session as Db

from app.core.database import insert_once
from app.core.errors import Conflict, Invalid, NotFound
from app.core.ids import new_uuid
from app.core.text import one_line
from app.core.who import Role, Who
from app.people.actions.auditing import Door, audit
from app.people.models import Department
from app.people.queries.placing import held, occupants, place
from app.people.rules import LONGEST_SLUG, WIDEST_DEPARTMENT

_SLUG: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def add_department(session: Db, *, slug: str, name: str, parent_slug: str, by: Who | None, at: datetime, door: Door) -> Department:
    """Add a department at the top or below another. Raises Invalid("department.slug" | "department.unknown"), Conflict("department.taken")."""
    if not _SLUG.fullmatch(slug) or len(slug) > LONGEST_SLUG:
        raise Invalid("department.slug", field="slug")
    parent = place(session, parent_slug) if parent_slug else None
    if parent_slug and parent is None:
        raise Invalid("department.unknown", field="parent", name=parent_slug)
    path = f"{parent.path if parent else '/'}{slug}/"
    clean = one_line(name, field="name", code_points=WIDEST_DEPARTMENT)
    if by is not None and not by.has_for(Role.ADMIN, path):
        raise NotFound
    if not insert_once(session, Department, uuid=new_uuid(), slug=slug, name=clean, parent_id=parent.id if parent else None, path=path):
        raise Conflict("department.taken", field="slug")
    department = session.scalars(select(Department).where(Department.slug == slug)).one()
    audit(session, "department_added", at=at, by_id=by.id if by else None, about=("department", department.uuid), door=door)
    return department


def rename_department(session: Db, slug: str, *, name: str, by: Who, at: datetime, door: Door) -> bool:
    """Call a department something else, everywhere at once; says whether anything changed. Raises NotFound out of scope, Invalid for no name."""
    department = _own(session, slug, by=by)
    clean = one_line(name, field="name", code_points=WIDEST_DEPARTMENT)
    if clean == department.name:
        return False
    changes = {"name": [department.name, clean]}
    department.name = clean
    audit(session, "department_renamed", at=at, by_id=by.id, about=("department", department.uuid), changes=changes, door=door)
    return True


def remove_department(session: Db, slug: str, *, by: Who, at: datetime, door: Door) -> str:
    """Remove a department in which nothing is any more, and return what it was called.

    Whoever is put into it meanwhile is waited for. Raises NotFound out of scope, Conflict("department.people" | "department.below" |
    "department.roles") for what is still in it: a role that outlived its department would count everywhere.
    """
    department = _own(session, slug, by=by)
    inside = occupants(session, department.id)
    for code, there in (("people", inside.people), ("below", inside.below), ("roles", inside.roles)):
        if there:
            raise Conflict(f"department.{code}")
    name, changes = department.name, {"name": [department.name, None], "path": [department.path, None]}
    session.execute(delete(Department).where(Department.id == department.id))
    audit(session, "department_removed", at=at, by_id=by.id, about=("department", department.uuid), changes=changes, door=door)
    return name


def _own(session: Db, slug: str, *, by: Who) -> Department:
    """The department, held until the end of the transaction; nobody is put into it meanwhile."""
    department = held(session, slug)
    if department is None or not by.has_for(Role.ADMIN, department.path):
        raise NotFound
    return department
