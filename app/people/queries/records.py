"""Reads of what is recorded: the audit log, a person's sessions, who looked, what we hold."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session as Db
from sqlalchemy.orm import aliased

from app.people.models import AuditEntry, Department, Invitation, Look, Person, RoleGrant, Session, Upload

PAGE = 40


@dataclass(frozen=True)
class AuditLine:
    """One line of the audit log."""

    id: int
    at: datetime
    action: str
    actor: str | None
    object_type: str
    object_id: str
    person: str | None
    """What the person is called whom it is about, if it is about one who is still known."""
    result: str
    reason: str
    request_id: str
    address_class: str
    changes: dict[str, Any]


def audit_lines(
    session: Db, *, action: str = "", actor: str = "", day: date | None = None, before: int | None = None
) -> tuple[list[AuditLine], int | None]:
    """A page of the audit log, newest first, and the id before which the next one begins."""
    by, about = aliased(Person), aliased(Person)
    query = (
        select(AuditEntry, by.name, about.name)
        .outerjoin(by, by.id == AuditEntry.actor_id)
        .outerjoin(about, (AuditEntry.object_type == "person") & (about.uuid == AuditEntry.object_id))
        .order_by(AuditEntry.id.desc())
        .limit(PAGE + 1)
    )
    if action:
        query = query.where(AuditEntry.action == action)
    if actor:
        query = query.where(by.name_key.contains(actor.casefold(), autoescape=True))
    if day:
        query = query.where(AuditEntry.day == day)
    if before:
        query = query.where(AuditEntry.id < before)
    rows = session.execute(query).all()
    lines = [
        AuditLine(
            *(entry.id, entry.at, entry.action, actor_name, entry.object_type, entry.object_id, about_name),
            *(entry.result, entry.reason, entry.request_id, entry.address_class, entry.changes),
        )
        for entry, actor_name, about_name in rows[:PAGE]
    ]
    return lines, (lines[-1].id if len(rows) > PAGE else None)


@dataclass(frozen=True)
class SessionLine:
    """One running session of a person; `here` marks the one that asks."""

    uuid: str
    device: str
    created_at: datetime
    here: bool


def sessions_of(session: Db, person_id: int, *, token_digest: str, at: datetime) -> list[SessionLine]:
    """A person's running sessions, newest first."""
    rows = session.execute(
        select(Session.uuid, Session.device, Session.created_at, Session.token_digest)
        .where(Session.person_id == person_id, Session.expires_at > at)
        .order_by(Session.created_at.desc())
    )
    return [SessionLine(row.uuid, row.device, row.created_at, row.token_digest == token_digest) for row in rows]


@dataclass(frozen=True)
class LookLine:
    """That somebody looked at a person's learning record: as what, why, and on which day."""

    role: str
    purpose: str
    day: date


def looks_at(session: Db, person_id: int, *, since: date) -> list[LookLine]:
    """Who looked at a person's learning record since a day, newest first."""
    rows = session.execute(select(Look.role, Look.purpose, Look.day).where(Look.subject_id == person_id, Look.day >= since).order_by(Look.day.desc()))
    return [LookLine(*row) for row in rows]


def person_facts(session: Db, person_id: int) -> dict[str, Any]:
    """What the directory holds about one person, with names for ids."""
    manager = aliased(Person)
    person, department, manager_name = session.execute(
        select(Person, Department.name, manager.name)
        .outerjoin(Department, Department.id == Person.department_id)
        .outerjoin(manager, manager.id == Person.manager_id)
        .where(Person.id == person_id)
    ).one()
    return {
        "name": person.name,
        "email": person.email,
        "job_title": person.job_title,
        "department": department or "",
        "manager": manager_name or "",
        "country": person.country,
        "locale": person.locale,
        "timezone": person.timezone,
        "theme": person.theme,
        "quiet": f"{person.quiet_from:%H:%M}–{person.quiet_until:%H:%M}",
        "status": person.status,
        "created_at": person.created_at,
    }


def own_entries(session: Db, person_id: int) -> list[dict[str, Any]]:
    """Every audit entry by or about a person, newest first: when, what, with what outcome. Each half is found by an index of its own."""
    uuid = select(Person.uuid).where(Person.id == person_id).scalar_subquery()
    mine = (AuditEntry.actor_id == person_id) | ((AuditEntry.object_type == "person") & (AuditEntry.object_id == uuid))
    query = select(AuditEntry.at, AuditEntry.action, AuditEntry.result).where(mine).order_by(AuditEntry.id.desc())
    return [dict(row) for row in session.execute(query).mappings()]


def files_brought(session: Db, person_id: int) -> list[dict[str, Any]]:
    """The files of people that a person brought, newest first."""
    query = select(Upload.file_name.label("file"), Upload.state, Upload.created_at.label("brought_at"), Upload.done_at.label("taken_at"))
    return [dict(row) for row in session.execute(query.where(Upload.by_id == person_id).order_by(Upload.id.desc())).mappings()]


def roles_held(session: Db, person_id: int) -> list[tuple[str, str, datetime]]:
    """A person's roles: role, department's name or "", since when."""
    rows = session.execute(
        select(RoleGrant.role, Department.name, RoleGrant.granted_at)
        .outerjoin(Department, Department.id == RoleGrant.department_id)
        .where(RoleGrant.person_id == person_id)
    )
    return [(role, department or "", at) for role, department, at in rows]


def devices_held(session: Db, person_id: int) -> list[dict[str, Any]]:
    """Where a person is or was signed in, as far as it is still kept, newest first."""
    query = select(Session.device, Session.created_at.label("since"), Session.expires_at.label("until")).where(Session.person_id == person_id)
    return [dict(row) for row in session.execute(query.order_by(Session.created_at.desc())).mappings()]


def links_held(session: Db, person_id: int) -> list[dict[str, Any]]:
    """The links to choose a password that were sent to a person, newest first; not the links themselves, of which only digests are kept."""
    query = select(
        *(Invitation.purpose.label("link"), Invitation.created_at.label("sent_at"), Invitation.expires_at.label("until"), Invitation.used_at)
    ).where(Invitation.person_id == person_id)
    return [dict(row) for row in session.execute(query.order_by(Invitation.id.desc())).mappings()]


def holds_demo(session: Db) -> bool:
    """Whether the make-believe organisation was ever loaded here."""
    return session.scalar(select(AuditEntry.id).where(AuditEntry.action == "demo_loaded").limit(1)) is not None
