"""Work that must happen after the answer: a table of jobs, and an engine that delivers them at least once.

`enqueue` writes in the caller's transaction, so that a job exists exactly when its cause does. A handler runs inside a unit of work
in which the job is also marked done: what it writes to the database happens once, however often it is delivered. What must leave the
house (a letter) it returns as an errand, which is done after the commit, so that no transaction waits for a server of somebody else.
"""

import random
import threading
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import structlog
from cronsim import CronSim
from sqlalchemy import ColumnElement, delete, func, or_, select, update
from sqlalchemy.orm import Session

from app.core.clock import now
from app.core.database import insert_once
from app.core.ids import new_uuid
from app.core.models import Job, StoredEvent

LEASE: Final = timedelta(seconds=15)
ATTEMPTS: Final = 8
KEEP_DONE: Final = timedelta(days=7)
POLL_SECONDS: Final = 0.5

Errand = Callable[[], None]
"""What a job has to carry out of the house: done once what the job wrote is kept, with no transaction open, and again if it fails."""
Handler = Callable[[Session, dict[str, Any], datetime], Errand | None]
Work = Callable[[], AbstractContextManager[Session]]
log = structlog.get_logger()


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
    return insert_once(session, Job, name=name, key=key or new_uuid(), args=args, due_at=due_at, state="due", attempts=0)


def waiting(session: Session, name: str, **args: int) -> datetime | None:
    """When the latest job of this name and with these arguments is due that has not been done; None when nobody waits for one."""
    alike = (Job.args[arg].as_integer() == value for arg, value in args.items())
    return session.scalar(select(func.max(Job.due_at)).where(Job.name == name, Job.state.in_(("due", "running")), *alike))


@dataclass(frozen=True)
class Claim:
    """A job that this engine may run until the lease ends."""

    id: int
    name: str
    args: dict[str, Any]
    lease: str
    attempts: int


def backoff(attempts: int) -> timedelta:
    """How long a job waits after `attempts` failures: 2, 4, 8 … seconds up to an hour, with a little jitter."""
    return timedelta(seconds=min(2**attempts, 3600) * random.uniform(0.8, 1.2))  # noqa: S311  # jitter, not a secret


class JobEngine:
    """Runs due jobs with the handlers it was given; several engines on one database share the work."""

    def __init__(self, work: Work, reading: Work, handlers: Mapping[str, Handler], timetable: Mapping[str, str]) -> None:
        """`work` opens a unit of work, `reading` a session that writes nothing; `timetable` maps a handler to a cron line in UTC."""
        self.work = work
        self.reading = reading
        self.handlers = dict(handlers)
        self.timetable = dict(timetable)
        self._wake = threading.Event()
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []

    def start(self, threads: int = 2) -> None:
        """Begin to deliver in daemon threads of this process."""
        for number in range(threads):
            thread = threading.Thread(target=self._loop, name=f"jobs-{number}", daemon=True)
            thread.start()
            self._threads.append(thread)

    def stop(self) -> None:
        """Ask the threads to end and wait for the job each is in."""
        self._stop.set()
        self._wake.set()
        for thread in self._threads:
            thread.join(timeout=10)

    def wake(self) -> None:
        """Say that there may be new work, so that nobody waits for the next poll."""
        self._wake.set()

    def run_due(self, at: datetime | None = None) -> int:
        """Run everything that is due until nothing is; returns how many ran. For tests and the command line."""
        count = 0
        while self.run_one(at or now()):
            count += 1
        return count

    def run_one(self, at: datetime) -> bool:
        """Claim and run the next due job; False when there is none."""
        claim = self._claim(at)
        if claim is None:
            return False
        try:
            errand = self._handle(claim, at)
            if errand is not None:
                with _Heartbeat(self.work, claim):
                    errand()
                with self.work() as session:
                    self._finish(session, claim, at)
        except Exception as error:  # noqa: BLE001  # whatever a handler raises is kept in the row and tried again
            self._fail(claim, error, at)
        return True

    def _handle(self, claim: Claim, at: datetime) -> Errand | None:
        """Let the handler write, and mark the job done in the same transaction; with an errand still to run it goes on instead."""
        with self.work() as session:
            if not self._finish(session, claim, at):
                return None
            errand = self.handlers[claim.name](session, claim.args, at)
            if errand is not None:
                session.execute(
                    update(Job).where(Job.id == claim.id).values(state="running", done_at=None, lease_until=now() + LEASE),
                    execution_options={"synchronize_session": False},
                )
            return errand

    def plan(self, at: datetime) -> None:
        """Write the latest slot of each line of the timetable as a job; the key `name:slot` makes it one.

        A job that took its process with it every time it was tried is dead too: nobody else could have said so.
        """
        lost = select(Job.id).where(Job.state == "running", Job.lease_until < at, Job.attempts >= ATTEMPTS)
        with self.work() as session:
            session.execute(
                update(Job)
                .where(Job.id.in_(lost.with_for_update(skip_locked=True)))  # whose row is locked is still at work
                .values(state="dead", lease=None, lease_until=None, error="its process ended every time"),
                execution_options={"synchronize_session": False},
            )
            for name, cron in self.timetable.items():
                slot = next(CronSim(cron, at, reverse=True))
                enqueue(session, name, key=f"{name}:{slot.isoformat()}", due_at=slot)

    def prune(self, at: datetime) -> None:
        """Forget finished jobs and delivered events after a week."""
        with self.work() as session:
            session.execute(delete(Job).where(Job.state == "done", Job.done_at < at - KEEP_DONE))
            session.execute(delete(StoredEvent).where(StoredEvent.at < at - KEEP_DONE * 4))

    def _claim(self, at: datetime) -> Claim | None:
        due = select(Job.id).where(_ready(at)).order_by(Job.due_at, Job.id).limit(1)
        with self.work() as session:
            number = session.scalar(due.with_for_update(skip_locked=True))
            if number is None:
                return None
            lease = new_uuid()
            row = session.execute(
                update(Job)
                .where(Job.id == number)
                .values(state="running", lease=lease, lease_until=at + LEASE, attempts=Job.attempts + 1)
                .returning(Job.id, Job.name, Job.args, Job.attempts),
                execution_options={"synchronize_session": False},
            ).one()
            return Claim(row.id, row.name, row.args, lease, row.attempts)

    def _finish(self, session: Session, claim: Claim, at: datetime) -> bool:
        mine = session.execute(
            update(Job).where(Job.id == claim.id, Job.lease == claim.lease).values(state="done", done_at=at, lease_until=None).returning(Job.id),
            execution_options={"synchronize_session": False},
        )
        return mine.first() is not None

    def _fail(self, claim: Claim, error: Exception, at: datetime) -> None:
        dead = claim.attempts >= ATTEMPTS
        log.warning("job_failed", job=claim.id, name=claim.name, attempts=claim.attempts, dead=dead, error=type(error).__name__)
        with self.work() as session:
            session.execute(
                update(Job)
                .where(Job.id == claim.id, Job.lease == claim.lease)
                .values(
                    state="dead" if dead else "due",
                    due_at=at + backoff(claim.attempts),
                    lease=None,
                    lease_until=None,
                    error="".join(traceback.format_exception_only(error))[:2000],
                ),
                execution_options={"synchronize_session": False},
            )

    def _loop(self) -> None:
        planned = pruned = datetime.min.replace(tzinfo=now().tzinfo)
        while not self._stop.is_set():
            try:
                at = now()
                if at - planned > timedelta(seconds=20):
                    self.plan(at)
                    planned = at
                if at - pruned > timedelta(hours=1):
                    self.prune(at)
                    pruned = at
                if self._any_due(at) and self.run_one(at):
                    continue
            except Exception as error:  # noqa: BLE001  # the database may be away for a while; the loop must outlive it
                log.warning("jobs_wait", error=type(error).__name__)
                self._stop.wait(2)
            self._wake.wait(POLL_SECONDS)
            self._wake.clear()

    def _any_due(self, at: datetime) -> bool:
        with self.reading() as session:
            return session.scalar(select(Job.id).where(_ready(at)).limit(1)) is not None


def _ready(at: datetime) -> ColumnElement[bool]:
    """Jobs that are due, and those whose engine has not been heard of for the length of a lease."""
    lost = (Job.state == "running") & (Job.lease_until < at) & (Job.attempts < ATTEMPTS)
    return or_(Job.state == "due", lost) & (Job.due_at <= at)


class _Heartbeat(threading.Thread):
    """Renews a lease while the errand of its job is out, so that a long one is not taken for a lost one.

    Before that nobody can take the job: the transaction in which its handler writes holds its row.
    """

    def __init__(self, work: Work, claim: Claim) -> None:
        super().__init__(name=f"lease-{claim.id}", daemon=True)
        self._work, self._claim = work, claim
        self._over = threading.Event()

    def __enter__(self) -> None:
        self.start()

    def __exit__(self, *_error: object) -> None:
        self._over.set()

    def run(self) -> None:
        while not self._over.wait(LEASE.total_seconds() / 3):
            try:
                with self._work() as session:
                    session.execute(
                        update(Job).where(Job.id == self._claim.id, Job.lease == self._claim.lease).values(lease_until=now() + LEASE),
                        execution_options={"synchronize_session": False},
                    )
            except Exception as error:  # noqa: BLE001  # a missed beat is made good by the next
                log.info("lease_not_renewed", job=self._claim.id, error=type(error).__name__)
