"""Tables of the ground floor: the outbox of events, the jobs that wait, and when the database was away."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base, Document, UtcDateTime
from app.core.ids import new_uuid


class StoredEvent(Base):
    """A fact that was announced, written in the transaction that made it true."""

    __tablename__ = "core_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True, default=new_uuid)
    name: Mapped[str] = mapped_column(String(80))
    payload: Mapped[dict[str, Any]] = mapped_column(Document)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class Job(Base):
    """Work that waits; the row is the truth and an engine only delivers it.

    A claim is one UPDATE with a lease; a lease that ran out is due again, so a killed process loses nothing.
    """

    __tablename__ = "core_job"
    __table_args__ = (
        CheckConstraint("state IN ('due', 'running', 'done', 'dead')", name="state"),
        Index("ix_core_job_order", "state", "due_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    key: Mapped[str] = mapped_column(String(200), unique=True, default=new_uuid)
    args: Mapped[dict[str, Any]] = mapped_column(Document, default=dict)
    state: Mapped[str] = mapped_column(String(10), default="due")
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(default=0)
    lease: Mapped[str | None] = mapped_column(String(36))
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    error: Mapped[str | None] = mapped_column(Text)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Outage(Base):
    """A time in which a process could not reach the database, as it wrote down afterwards; those of several processes overlap."""

    __tablename__ = "core_outage"
    __table_args__ = (CheckConstraint("began_at < ended_at", name="order"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    began_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
