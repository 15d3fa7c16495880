"""Running a job: the claim, the handler and its errand, the failure; at least once, and with one effect."""

import random
import threading
import traceback
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import structlog
from cronsim import CronSim
from sqlalchemy import ColumnElement, ScalarSelect, delete, func, select, update
from sqlalchemy.orm import Session

from app.core.clock import now
from app.core.ids import new_uuid
from app.core.jobs.table import enqueue
from app.core.models import Job, StoredEvent

LEASE: Final = timedelta(seconds=15)
ATTEMPTS: Final = 8
KEEP_DONE: Final = timedelta(days=7)

Errand = Callable[[], None]
"""What a job has to carry out of the house: done once what the job wrote is kept, with no transaction open, and again if it fails."""
Handler = Callable[[Session, dict[str, Any], datetime], Errand | None]
Work = Callable[[], AbstractContextManager[Session]]
_DUE: Final = (Job.state == "due",)
log = structlog.get_logger()


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

    def __init__(self, work: Work, reading: Work, handlers: Mapping[str, Handler], timetable: Mapping[str, str], *, lease: timedelta = LEASE) -> None:
        """`work` opens a unit of work, `reading` a session that writes nothing; `timetable` maps a handler to a cron line in UTC.

        `lease` is how long a job is left to an engine of which nothing is heard.
        """
        self.work = work
        self.reading = reading
        self.handlers = dict(handlers)
        self.timetable = dict(timetable)
        self.lease = lease

    def run_due(self, at: datetime | None = None) -> int:
        """Run everything that is due until nothing is; returns how many ran. For tests and the command line."""
        count = 0
        while self.run_one(at or now()):
            count += 1
        return count

    def any_due(self, at: datetime) -> bool:
        """Whether there is something to claim: a look that locks nothing."""
        with self.reading() as session:
            return session.scalar(select(func.coalesce(_first(at, *_lost(at)), _first(at, *_DUE)))) is not None

    def run_one(self, at: datetime, number: int | None = None) -> bool:
        """Claim and run the next due job, or the one with this id; False when there is none, or somebody else has it or had it."""
        claim = self._claim(at, number)
        if claim is None:
            return False
        try:
            errand = self._handle(claim, at)
            if errand is not None:
                with _Heartbeat(self.work, claim, self.lease):
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
                    update(Job).where(Job.id == claim.id).values(state="running", done_at=None, lease_until=now() + self.lease),
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

    def _claim(self, at: datetime, number: int | None = None) -> Claim | None:
        """Take one job, in one statement; what was lost comes first, since it has waited longest and is never much.

        Both halves read an index in its order and stop at the first row that nobody else has locked, however many wait behind it.
        """
        one = () if number is None else (Job.id == number,)
        found, lease = func.coalesce(_first(at, *_lost(at), *one, lock=True), _first(at, *_DUE, *one, lock=True)), new_uuid()
        with self.work() as session:
            row = session.execute(
                update(Job)
                .where(Job.id == found)
                .values(state="running", lease=lease, lease_until=at + self.lease, attempts=Job.attempts + 1)
                .returning(Job.id, Job.name, Job.args, Job.attempts),
                execution_options={"synchronize_session": False},
            ).one_or_none()
            return Claim(row.id, row.name, row.args, lease, row.attempts) if row else None

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


def _lost(at: datetime) -> tuple[ColumnElement[bool], ...]:
    """Jobs whose engine has not been heard of for the length of a lease."""
    return (Job.state == "running", Job.lease_until < at, Job.attempts < ATTEMPTS)


def _first(at: datetime, *which: ColumnElement[bool], lock: bool = False) -> ScalarSelect[int]:
    first = select(Job.id).where(*which, Job.due_at <= at).order_by(Job.due_at, Job.id).limit(1)
    return (first.with_for_update(skip_locked=True) if lock else first).scalar_subquery()


class _Heartbeat(threading.Thread):
    """Renews a lease while the errand of its job is out, so that a long one is not taken for a lost one.

    Before that nobody can take the job: the transaction in which its handler writes holds its row.
    """

    def __init__(self, work: Work, claim: Claim, lease: timedelta) -> None:
        super().__init__(name=f"lease-{claim.id}", daemon=True)
        self._work, self._claim, self._lease = work, claim, lease
        self._over = threading.Event()

    def __enter__(self) -> None:
        self.start()

    def __exit__(self, *_error: object) -> None:
        self._over.set()

    def run(self) -> None:
        while not self._over.wait(self._lease.total_seconds() / 3):
            try:
                with self._work() as session:
                    session.execute(
                        update(Job).where(Job.id == self._claim.id, Job.lease == self._claim.lease).values(lease_until=now() + self._lease),
                        execution_options={"synchronize_session": False},
                    )
            except Exception as error:  # noqa: BLE001  # a missed beat is made good by the next
                log.info("lease_not_renewed", job=self._claim.id, error=type(error).__name__)
