"""Reads of the people room: explicit selects that return rows, ids or frozen facts."""

from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session as Db
from sqlalchemy.orm import aliased

from app.core.who import Grant, Role, Who
from app.people.models import Department, Person, RoleGrant, Session


def who_of_session(session: Db, token_digest: str, *, at: datetime) -> Who | None:
    """The person behind a running session, with department and roles, in one statement; None when it is over."""
    scope = aliased(Department)
    report = aliased(Person)
    leads = exists().where(report.manager_id == Person.id, report.status == "active")
    rows = session.execute(
        select(
            *(Person.id, Person.uuid, Person.name, Person.email, Person.locale, Person.timezone, Person.theme, Person.country),
            *(Person.department_id, Department.path, leads.label("leads"), RoleGrant.role, RoleGrant.department_id, scope.path),
        )
        .select_from(Session)
        .join(Person, (Person.id == Session.person_id) & (Person.session_epoch == Session.epoch))
        .outerjoin(Department, Department.id == Person.department_id)
        .outerjoin(RoleGrant, RoleGrant.person_id == Person.id)
        .outerjoin(scope, scope.id == RoleGrant.department_id)
        .where(Session.token_digest == token_digest, Session.expires_at > at, Person.status == "active")
    ).all()
    if not rows:
        return None
    first = rows[0]
    grants = tuple(Grant(Role(role), path or "/") for *_, role, _department, path in rows if role is not None)
    return Who(*first[:9], first[9] or "/", bool(first[10]), grants)


def person_by_email_key(session: Db, key: str) -> Person | None:
    """The person with this canonical address."""
    return session.scalar(select(Person).where(Person.email_key == key))


def person_by_uuid(session: Db, uuid: str) -> Person | None:
    """The person with this outside id."""
    return session.scalar(select(Person).where(Person.uuid == uuid))


def departments(session: Db) -> list[Department]:
    """Every department, parents before children."""
    return list(session.scalars(select(Department).order_by(Department.path)))
