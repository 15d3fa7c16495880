"""Tables of the people room."""

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, Text, Time, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.database import Base, Document, UtcDateTime
from app.core.ids import new_uuid


class Department(Base):
    """A node of the organisation; `path` is the way from the top ("/sales/sales-nl/")."""

    __tablename__ = "people_department"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True, default=new_uuid)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("people_department.id"))
    path: Mapped[str] = mapped_column(String(500), unique=True)


class Person(Base):
    """An employee. `email_key` is the canonical form that makes twins impossible; `email` is how it is written."""

    __tablename__ = "people_person"
    __table_args__ = (
        CheckConstraint("status IN ('invited', 'active', 'left')", name="status"),
        CheckConstraint("theme IN ('system', 'light', 'dark')", name="theme"),
        Index("ix_people_person_name_key_id", "name_key", "id"),
        Index("ix_people_person_department_id_country", "department_id", "country"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True, default=new_uuid)
    email: Mapped[str] = mapped_column(String(320))
    email_key: Mapped[str] = mapped_column(String(320), unique=True)
    name: Mapped[str] = mapped_column(String(800))
    name_key: Mapped[str] = mapped_column(String(800))
    job_title: Mapped[str] = mapped_column(String(800), default="")
    department_id: Mapped[int | None] = mapped_column(ForeignKey("people_department.id"))
    manager_id: Mapped[int | None] = mapped_column(ForeignKey("people_person.id"), index=True)
    country: Mapped[str] = mapped_column(String(2), default="")
    locale: Mapped[str] = mapped_column(String(2), default="en")
    timezone: Mapped[str] = mapped_column(String(60), default="Europe/Amsterdam")
    theme: Mapped[str] = mapped_column(String(10), default="system")
    quiet_from: Mapped[time] = mapped_column(Time, default=time(18))
    quiet_until: Mapped[time] = mapped_column(Time, default=time(8))
    status: Mapped[str] = mapped_column(String(10), default="invited")
    password_hash: Mapped[str | None] = mapped_column(String(200))
    session_epoch: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    left_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    department: Mapped[Department | None] = relationship(lazy="raise")


class NameWord(Base):
    """A word of a person's name, as `rules.name_words` makes it; the key finds people by how any part of their name begins."""

    __tablename__ = "people_name_word"

    word: Mapped[str] = mapped_column(String(40).with_variant(String(40, collation="C"), "postgresql"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people_person.id", ondelete="CASCADE"), primary_key=True, index=True)


class RoleGrant(Base):
    """A role given to a person, for one department and all below it, or for the whole organisation (no department)."""

    __tablename__ = "people_role_grant"
    __table_args__ = (
        CheckConstraint("role IN ('author', 'reviewer', 'hub', 'hr', 'admin', 'spokesperson')", name="role"),
        Index("uq_people_role_grant_once", "person_id", "role", text("coalesce(department_id, 0)"), unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people_person.id", ondelete="CASCADE"))
    role: Mapped[str] = mapped_column(String(20))
    department_id: Mapped[int | None] = mapped_column(ForeignKey("people_department.id"))
    granted_by_id: Mapped[int | None] = mapped_column(ForeignKey("people_person.id"))
    granted_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Session(Base):
    """A signed-in browser. The cookie holds a token; this row holds its digest and dies with the session."""

    __tablename__ = "people_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True, default=new_uuid)
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people_person.id", ondelete="CASCADE"), index=True)
    epoch: Mapped[int]
    device: Mapped[str] = mapped_column(String(80), default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Invitation(Base):
    """A one-time link by mail to set a password: a first one ("invite") or a new one ("reset")."""

    __tablename__ = "people_invitation"
    __table_args__ = (CheckConstraint("purpose IN ('invite', 'reset')", name="purpose"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people_person.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[str] = mapped_column(String(10))
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Throttle(Base):
    """Failed sign-ins within the running window, per account and per address; keys are digests, never names."""

    __tablename__ = "people_throttle"

    key_digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    window_began_at: Mapped[datetime] = mapped_column(UtcDateTime)
    failures: Mapped[int] = mapped_column(default=0)


class Look(Base):
    """That somebody with a right looked at a person's learning record: role, day and purpose, for the person to read."""

    __tablename__ = "people_look"
    __table_args__ = (Index("uq_people_look_once", "subject_id", "viewer_id", "purpose", "day", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    subject_id: Mapped[int] = mapped_column(ForeignKey("people_person.id", ondelete="CASCADE"))
    viewer_id: Mapped[int] = mapped_column(ForeignKey("people_person.id", ondelete="CASCADE"))
    role: Mapped[str] = mapped_column(String(20))
    purpose: Mapped[str] = mapped_column(String(40))
    day: Mapped[date] = mapped_column(Date)


class AuditEntry(Base):
    """The record of a privileged change, chained by hash within its day; rows are only ever added (a trigger sees to it)."""

    __tablename__ = "people_audit_entry"
    __table_args__ = (Index("ix_people_audit_entry_object_type_object_id", "object_type", "object_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True, default=new_uuid)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("people_person.id"), index=True)
    action: Mapped[str] = mapped_column(String(60), index=True)
    object_type: Mapped[str] = mapped_column(String(40), default="")
    object_id: Mapped[str] = mapped_column(String(80), default="")
    result: Mapped[str] = mapped_column(String(20), default="ok")
    reason: Mapped[str] = mapped_column(Text, default="")
    request_id: Mapped[str] = mapped_column(String(64), default="")
    address_class: Mapped[str] = mapped_column(String(60), default="")
    changes: Mapped[dict[str, Any]] = mapped_column(Document, default=dict)
    day: Mapped[date] = mapped_column(Date, index=True)
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64), unique=True)


class Upload(Base):
    """A file of people that an administrator brought: looked at first, taken over on their word, by a job."""

    __tablename__ = "people_upload"
    __table_args__ = (CheckConstraint("state IN ('reading', 'shown', 'refused', 'queued', 'done')", name="state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True, default=new_uuid)
    by_id: Mapped[int] = mapped_column(ForeignKey("people_person.id"), index=True)
    file_name: Mapped[str] = mapped_column(String(800))
    storage_key: Mapped[str] = mapped_column(String(200))
    state: Mapped[str] = mapped_column(String(10), default="reading")
    counts: Mapped[dict[str, int]] = mapped_column(Document, default=dict)
    faults: Mapped[list[Any]] = mapped_column(Document, default=list)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class AuditHead(Base):
    """The newest hash of the audit chain: one row, locked while an entry is added, so that the chain never forks."""

    __tablename__ = "people_audit_head"

    id: Mapped[int] = mapped_column(primary_key=True, default=1)
    hash: Mapped[str] = mapped_column(String(64), default="")
