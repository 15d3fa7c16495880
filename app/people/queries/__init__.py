"""Reads of the people room: explicit selects that return rows, ids or frozen facts."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, bindparam, exists, select
from sqlalchemy.orm import Session as Db
from sqlalchemy.orm import aliased

from app.core.database import read_rows
from app.core.who import Grant, Role, Who
from app.people.models import Department, Person, RoleGrant, Session
from app.people.rules import after_quiet, way_to

FACTS = ("id", "uuid", "name", "email", "locale", "timezone", "theme", "country", "department_id")


def _facts() -> Select[*tuple[Any, ...]]:
    scope, report = aliased(Department), aliased(Person)
    leads = exists().where(report.manager_id == Person.id, report.status == "active")
    return (
        select(
            *(Person.id, Person.uuid, Person.name, Person.email, Person.locale, Person.timezone, Person.theme, Person.country),
            *(Person.department_id, Department.path, leads.label("leads"), RoleGrant.role, scope.path),
        )
        .select_from(Person)
        .outerjoin(Department, Department.id == Person.department_id)
        .outerjoin(RoleGrant, RoleGrant.person_id == Person.id)
        .outerjoin(scope, scope.id == RoleGrant.department_id)
        .where(Person.status == "active")
    )


# Written out once: every request asks the first of these, and putting it together costs more than running it.
_BY_ID: Final = _facts().where(Person.id == bindparam("person_id"))
_BY_SESSION: Final = (
    _facts()
    .join(Session, (Person.id == Session.person_id) & (Person.session_epoch == Session.epoch))
    .where(Session.token_digest == bindparam("token_digest"), Session.expires_at > bindparam("now"))
)


def who_of_session(session: Db, token_digest: str, *, at: datetime) -> Who | None:
    """The person behind a running session, with department and roles, in one statement; None when it is over."""
    return _who(session, _BY_SESSION, token_digest=token_digest, now=at)


def who_by_id(session: Db, person_id: int) -> Who | None:
    """An active person with the rights of this moment: for work that is done later in somebody's name."""
    return _who(session, _BY_ID, person_id=person_id)


def _who(session: Db, query: Select[*tuple[Any, ...]], **values: object) -> Who | None:
    found = read_rows(session, query, **values)
    if not found:
        return None
    first = found[0]
    grants = tuple(Grant(Role(row[11]), row[12] or "/") for row in found if row[11] is not None)
    facts: dict[str, Any] = dict(zip(FACTS, first[:9], strict=True))
    return Who(**facts, department_path=first[9] or "/", leads=bool(first[10]), grants=grants)


def person_by_email_key(session: Db, key: str) -> Person | None:
    """The person with this canonical address."""
    return session.scalar(select(Person).where(Person.email_key == key))


def departments(session: Db) -> list[Department]:
    """Every department, parents before children."""
    return list(session.scalars(select(Department).order_by(Department.path)))


def called(departments: Iterable[Department]) -> dict[str, str]:
    """What each is called with the way to it ("Sales / Netherlands"), by path; a way that is not among them is left out."""
    names = {department.path: department.name for department in departments}
    return {path: " / ".join(names[step] for step in way_to(path) if step in names) for path in names}


def names_of_departments(session: Db, paths: Iterable[str]) -> Mapping[str, str]:
    """What the departments at these paths are called, with the way to them, in one statement; none for no paths."""
    ways = sorted({step for path in paths for step in way_to(path)})
    return called(session.scalars(select(Department).where(Department.path.in_(ways)))) if ways else {}


def department_by_slug(session: Db, slug: str) -> Department | None:
    """The department with this slug."""
    return session.scalar(select(Department).where(Department.slug == slug))


def may_write_from(session: Db, person_id: int, *, at: datetime) -> datetime:
    """From when a letter that nobody waits for may go to this person: `at`, or the end of their quiet hours."""
    row = session.execute(select(Person.timezone, Person.quiet_from, Person.quiet_until).where(Person.id == person_id)).one()
    return after_quiet(at, timezone=row.timezone, quiet_from=row.quiet_from, quiet_until=row.quiet_until)
