"""A worker of Celery in a process of its own, whose jobs write a row each time they run: `python -m tests.support.labour …`.

It stands on the ground floor alone, which takes a third of the time that the whole house takes to start.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine
from sqlalchemy.orm import Session, sessionmaker

from app.core.database import prepare_engine, write_intent
from app.core.ids import new_uuid
from app.core.jobs import JobEngine
from app.core.jobs.broker import Broker
from app.core.models import StoredEvent
from config import Settings
from tests.support.server import ROOT

PATIENCE_SECONDS = 60
SWEEP_SECONDS = 1.0
LEASE = timedelta(seconds=1)


def until(condition: Callable[[], object]) -> bool:
    """Whether `condition` comes true while anybody would wait for it."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


class Labourer:
    """The worker, seen from the test that started it."""

    def __init__(self, settings: Settings, broker_url: str, prefix: str, folder: Path, *, sweep_seconds: float = SWEEP_SECONDS) -> None:
        """Start it; `folder` holds the signs it gives and waits for."""
        self.folder = folder
        command = [sys.executable, "-m", "tests.support.labour", settings.database, broker_url, prefix, str(folder), str(sweep_seconds)]
        with (folder / "labour.log").open("ab") as log:
            self.process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)  # noqa: S603  # our own words

    def has_begun(self) -> bool:
        """Whether it is in the middle of a slow job."""
        return until((self.folder / "begun").exists)

    def go_on(self) -> None:
        """Let slow jobs, this one and every later one, come to their end."""
        (self.folder / "go").touch()

    def end(self, how: signal.Signals) -> int:
        """Send the signal and return the exit code."""
        self.process.send_signal(how)
        return self.process.wait(PATIENCE_SECONDS)

    def said(self) -> str:
        """Everything it wrote."""
        return (self.folder / "labour.log").read_text(encoding="utf-8")


@contextmanager
def labour(*given: Any, **more: Any) -> Iterator[Labourer]:
    """A worker that is gone at the end, whatever happens."""
    labourer = Labourer(*given, **more)
    try:
        yield labourer
    finally:
        if labourer.process.poll() is None:
            labourer.process.kill()
            labourer.process.wait()


def _write(session: Session, args: dict[str, Any], at: datetime) -> None:
    by = threading.current_thread().name
    session.add(StoredEvent(uuid=new_uuid(), name=f"did {args['number']}", payload={"by": by, "process": os.getpid()}, at=at))


def _slow(folder: Path, session: Session, args: dict[str, Any], at: datetime) -> None:
    _write(session, args, at)
    session.flush()
    (folder / "begun").touch()
    until((folder / "go").exists)


def main(database_url: str, broker_url: str, prefix: str, folder: str, sweep_seconds: str) -> None:
    """Work until somebody says stop."""
    database = create_engine(database_url)
    prepare_engine(database)
    sessions = sessionmaker(database)

    @contextmanager
    def work() -> Iterator[Session]:
        with write_intent(), sessions.begin() as session:
            yield session

    engine = JobEngine(work, sessions, {"work": _write, "slow": partial(_slow, Path(folder))}, {}, lease=LEASE)
    Broker(engine, broker_url, prefix=prefix, sweep_seconds=float(sweep_seconds)).work(2)


if __name__ == "__main__":
    main(*sys.argv[1:])
