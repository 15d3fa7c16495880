"""Writing a job: one row, in the transaction of its cause."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.clock import now
from app.core.database import insert_new, noted
from app.core.ids import new_uuid
from app.core.models import Job

_WRITTEN: Final = "jobs_written"
_history: ContextVar[bool] = ContextVar("history", default=False)


@contextmanager
def as_history() -> Iterator[None]:
    """What is done inside happened long ago: it is written down, and no job is left to wake or write to anybody."""
    token = _history.set(True)
    try:
        yield
    finally:
        _history.reset(token)


def enqueue(session: Session, name: str, *, due_at: datetime, key: str | None = None, **args: object) -> bool:
    """Write a job in the running transaction; with a `key` that is already there, nothing happens and False is returned."""
    if _history.get():
        return False
    row = {"name": name, "key": key or new_uuid(), "args": args, "due_at": due_at, "state": "due", "attempts": 0}
    made = insert_new(session, Job, [row])
    noted(session, _WRITTEN).extend((each.id, due_at) for each in made)
    return bool(made)


def take_written(session: Session) -> list[int]:
    """The ids of the jobs that `session` wrote and that are due already, told once: the door asks when they are committed, or undone."""
    at = now()
    written = noted(session, _WRITTEN)
    due = [number for number, due_at in written if due_at <= at]
    written.clear()
    return due


def waiting(session: Session, name: str, **args: int) -> datetime | None:
    """When the latest job of this name and with these arguments is due that has not been done; None when nobody waits for one."""
    alike = (Job.args[arg].as_integer() == value for arg, value in args.items())
    return session.scalar(select(func.max(Job.due_at)).where(Job.name == name, Job.state.in_(("due", "running")), *alike))
