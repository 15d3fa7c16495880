"""Delivery by asking: threads that look for a due job every so often, and at once when this process wrote one."""

import threading
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

import structlog

from app.core.clock import now
from app.core.jobs.engine import JobEngine

POLL_SECONDS: Final = 0.5
log = structlog.get_logger()


class Threads:
    """Daemon threads of this process that run what is due, write the timetable's slots and forget what is long done."""

    def __init__(self, engine: JobEngine, poll_seconds: float = POLL_SECONDS) -> None:
        """Nothing runs before `start` or `work`."""
        self.engine = engine
        self.poll_seconds = poll_seconds
        self._wake = threading.Event()
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []

    def start(self, threads: int) -> None:
        """Begin to deliver."""
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

    def work(self, threads: int) -> None:
        """Deliver until this process is interrupted."""
        self.start(threads)
        try:
            self._stop.wait()
        except KeyboardInterrupt:
            self.stop()

    def wake(self, _numbers: Sequence[int]) -> None:
        """Say that jobs were written, so that nobody waits for the next poll."""
        self._wake.set()

    def _loop(self) -> None:
        planned = pruned = datetime.min.replace(tzinfo=now().tzinfo)
        while not self._stop.is_set():
            try:
                at = now()
                if at - planned > timedelta(seconds=20):
                    self.engine.plan(at)
                    planned = at
                if at - pruned > timedelta(hours=1):
                    self.engine.prune(at)
                    pruned = at
                if self.engine.any_due(at) and self.engine.run_one(at):
                    continue
            except Exception as error:  # noqa: BLE001  # the database may be away for a while; the loop must outlive it
                log.warning("jobs_wait", error=type(error).__name__)
                self._stop.wait(2)
            self._wake.wait(self.poll_seconds)
            self._wake.clear()
            if self._stop.is_set():
                self._wake.set()  # whoever was busy when it was said would not hear of it
