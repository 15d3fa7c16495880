"""Writing a job: one row, in the transaction of its cause."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Final
from weakref import WeakKeyDictionary

from sqlalchemy import func, select
from sqlalchemy.orm import Session, SessionTransaction

from app.core.clock import now
from app.core.database import at_savepoints, insert_new
from app.core.ids import new_uuid
from app.core.models import Job

_WRITTEN: Final = "jobs_written"
_BEFORE: Final = "jobs_written_before"
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
    session.info.setdefault(_WRITTEN, []).extend((each.id, due_at) for each in made)
    return bool(made)


def take_written(session: Session) -> list[int]:
    """The ids of the jobs that `session` wrote and that are due already, told once: the door asks when they are committed, or undone."""
    at = now()
    return [number for number, due_at in session.info.pop(_WRITTEN, ()) if due_at <= at]


def _remember(session: Session, transaction: SessionTransaction) -> None:
    """How many jobs a session had written when a savepoint was set."""
    session.info.setdefault(_BEFORE, WeakKeyDictionary())[transaction] = len(session.info.get(_WRITTEN, ()))


def _forget(session: Session, transaction: SessionTransaction) -> None:
    """Jobs that were written since a savepoint are gone with it: nobody is told of what is not there."""
    del session.info.get(_WRITTEN, [])[session.info[_BEFORE][transaction] :]


at_savepoints(_remember, _forget)


def waiting(session: Session, name: str, **args: int) -> datetime | None:
    """When the latest job of this name and with these arguments is due that has not been done; None when nobody waits for one."""
    alike = (Job.args[arg].as_integer() == value for arg, value in args.items())
    return session.scalar(select(func.max(Job.due_at)).where(Job.name == name, Job.state.in_(("due", "running")), *alike))
