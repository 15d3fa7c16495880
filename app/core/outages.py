"""When the database was away: noticed by each process that wanted it, written down by each once it is back, and read as one.

Whoever is judged by the clock gets back the time in which we could not be reached. An outage begins with the first request or job that found the
database away, and ends with the first connection after it; what several processes wrote down overlaps and counts once.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from threading import Event, Lock, Thread
from time import sleep
from typing import Final

import structlog
from sqlalchemy import Engine, insert, select, text
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.orm import Session

from app.core.clock import now
from app.core.database import tell_of_failures
from app.core.models import Outage

Span = tuple[datetime, datetime]
"""From when until when."""
SHORTEST: Final = timedelta(seconds=1)
"""What is over sooner was a connection that broke, and no outage."""
EVERY_SECONDS: Final = 0.2
PATIENCE_SECONDS: Final = 0.5
log = structlog.get_logger()


class Outages:
    """One process's watch over its database."""

    def __init__(self, engine: Engine) -> None:
        """Opens nothing and starts nothing: that is left for the first failure. A file is never away as a server is, so SQLite is not watched."""
        self._engine = engine
        self._since: datetime | None = None
        self._noting = Lock()
        self._over = Event()
        if engine.dialect.name == "postgresql":
            tell_of_failures(engine, self._hear)

    def settle(self) -> None:
        """Where an outage is known, wait a moment for its end to be written down, so that nobody is judged without it."""
        if self._since is not None:
            self._over.wait(PATIENCE_SECONDS)

    def _hear(self, context: ExceptionContext) -> None:
        """A statement that was refused tells nothing; a connection that was lost, or could not be made, does."""
        if not context.is_disconnect and (context.connection is not None or not isinstance(context.sqlalchemy_exception, OperationalError)):
            return
        with self._noting:
            if self._since is not None:
                return
            self._since = now()
            self._over.clear()
        log.error("database_away")
        Thread(target=self._watch, name="outage", daemon=True).start()

    def _watch(self) -> None:
        while not self._is_written():
            sleep(EVERY_SECONDS)
        self._since = None
        self._over.set()

    def _is_written(self) -> bool:
        since = self._since
        if since is None:
            return True
        try:
            with self._engine.begin() as connection:
                connection.execute(text("SELECT 1"))
                ended_at = now()
                if ended_at - since >= SHORTEST:
                    connection.execute(insert(Outage).values(began_at=since, ended_at=ended_at))
        except SQLAlchemyError:
            return False
        log.info("database_back", seconds=round((ended_at - since).total_seconds(), 1))
        return True


def outages_since(session: Session, since: datetime) -> list[Span]:
    """What was written down of outages that were not over at `since`."""
    rows = session.execute(select(Outage.began_at, Outage.ended_at).where(Outage.ended_at > since).order_by(Outage.began_at))
    return [(row.began_at, row.ended_at) for row in rows]


def merged(spans: Iterable[Span]) -> Sequence[Span]:
    """The same time in spans that neither overlap nor touch, the earliest first."""
    found: list[Span] = []
    for began_at, ended_at in sorted(spans):
        if found and began_at <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], ended_at))
        elif began_at < ended_at:
            found.append((began_at, ended_at))
    return found
