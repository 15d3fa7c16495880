"""Reads of departments, for whoever changes them or puts something into them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session as Db

from app.core.who import Role, Who
from app.people.models import Department, Person, RoleGrant


@dataclass(frozen=True)
class Occupants:
    """What is in a department itself: people who are here, people who have left, departments directly below (short name, name), holders of roles for it.

    A holder is (role, outside id, name, path of where they work).
    """

    here: int
    left: int
    below: Sequence[tuple[str, str]]
    roles: Sequence[tuple[str, str, str, str]]

    @property
    def people(self) -> int:
        """Everybody, those who have left too: their entry says where they worked."""
        return self.here + self.left

    @property
    def is_empty(self) -> bool:
        """Whether it may be removed."""
        return not (self.people or self.below or self.roles)


def department_for(session: Db, who: Who, slug: str) -> Department | None:
    """The department with this short name, if `who` administers it."""
    department = session.scalar(select(Department).where(Department.slug == slug))
    return department if department is not None and who.has_for(Role.ADMIN, department.path) else None


def place(session: Db, slug: str) -> Department | None:
    """The department with this short name for something that is put into it: it is not removed before the commit, and waits for a removal."""
    return session.scalar(select(Department).where(Department.slug == slug).with_for_update(read=True, key_share=True))


def held(session: Db, slug: str) -> Department | None:
    """The department with this short name, for ourselves until the commit."""
    return session.scalar(select(Department).where(Department.slug == slug).with_for_update().execution_options(populate_existing=True))


def occupants(session: Db, department_id: int) -> Occupants:
    """What is in a department."""
    people = select(Person.status, func.count()).where(Person.department_id == department_id).group_by(Person.status)
    counts = {status: int(count) for status, count in session.execute(people)}
    left = counts.pop("left", 0)
    below = session.execute(select(Department.slug, Department.name).where(Department.parent_id == department_id).order_by(Department.name))
    roles = session.execute(
        select(RoleGrant.role, Person.uuid, Person.name, func.coalesce(Department.path, "/"))
        .join(Person, Person.id == RoleGrant.person_id)
        .outerjoin(Department, Department.id == Person.department_id)
        .where(RoleGrant.department_id == department_id)
        .order_by(RoleGrant.role, Person.name_key)
    )
    return Occupants(sum(counts.values()), left, [(row.slug, row.name) for row in below], [(*row,) for row in roles])
