"""Delivery by message: Celery carries the ids of fresh jobs over Redis, and threads find what no message reached.

The row is the truth. A message that is lost, doubled, late, forged or about a job that somebody else has changes nothing: whoever
gets it asks the engine for that job, and the engine decides by the row. So nothing is sent again, no result is kept, and while the
broker is away the same processes go on by asking the table.
"""

import logging
import signal
import ssl
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from importlib import import_module
from time import monotonic
from typing import Any, Final

import structlog
from celery import Celery, signals
from kombu.transport import redis
from kombu.transport.virtual import Empty

from app.core.clock import now
from app.core.jobs.engine import JobEngine
from app.core.jobs.threads import Threads

PREFIX: Final = "socii:"
SWEEP_SECONDS: Final = 2
PATIENCE_SECONDS: Final = 2
REST_SECONDS: Final = 5
FORGOTTEN_SECONDS: Final = 60
log = structlog.get_logger()


class Broker:
    """Sends ids after a commit, and works on those it is sent."""

    def __init__(self, engine: JobEngine, url: str, *, prefix: str = PREFIX, sweep_seconds: float = SWEEP_SECONDS) -> None:
        """Opens no connection; `prefix` begins every key in Redis, `sweep_seconds` lie between two looks at the table."""
        self.engine = engine
        self.sweep_seconds = sweep_seconds
        self.celery = _celery(url, prefix)
        self.task = self.celery.task(name="job", shared=False, ignore_result=True)(self._receiver())
        self._sender = ThreadPoolExecutor(1, "jobs-sent")  # whoever wrote a job does not wait for the broker either
        self._rests_until = 0.0

    def wake(self, numbers: Sequence[int]) -> None:
        """Send the ids of jobs that were just committed; returns at once."""
        if numbers and monotonic() >= self._rests_until:
            with suppress(RuntimeError):  # this process is about to end, and the jobs are in the table
                self._sender.submit(self._send, numbers)

    def work(self, threads: int) -> None:
        """Deliver until somebody says SIGTERM or Ctrl+C; the jobs at work are finished first.

        Celery's own pool is one of threads: nothing forks, so that no connection to the database can cross a fork.
        """
        # What Celery asks from its beginning on for whether to end; read whole before anything can be said to it.
        consuming = import_module("celery.worker.state")
        # An exception raised by the handler could be lost in a `__del__`; a flag cannot.
        signal.signal(signal.SIGTERM, lambda *_about: setattr(consuming, "should_stop", 0))
        signals.setup_logging.connect(_set_up_logging)
        sweep = Threads(self.engine, self.sweep_seconds)
        sweep.start(threads)
        ended = 0
        try:
            worker = self.celery.Worker(
                pool="threads", concurrency=threads, quiet=True, without_gossip=True, without_mingle=True, without_heartbeat=True
            )
            worker.start()
            ended = worker.exitcode
        except KeyboardInterrupt:  # Ctrl+C before Celery listens
            pass
        finally:
            sweep.stop()
        sys.exit(ended)

    def _receiver(self) -> Any:
        def receive(number: int) -> None:
            if type(number) is int:
                self.engine.run_one(now(), number)

        return receive

    def _send(self, numbers: Sequence[int]) -> None:
        if monotonic() < self._rests_until:
            return
        try:
            with self.celery.producer_or_acquire() as producer:
                for number in numbers:
                    self.task.apply_async((number,), producer=producer, retry=False)
        except Exception as error:  # noqa: BLE001  # whatever it is, the job is in the table
            self._rests_until = monotonic() + REST_SECONDS
            log.warning("jobs_not_sent", jobs=len(numbers), error=type(error).__name__)


def _celery(url: str, prefix: str) -> Celery:
    celery = Celery("socii", broker=url, set_as_current=False)
    celery.conf.update(
        broker_transport=_Transport,
        broker_use_ssl={"ssl_cert_reqs": ssl.CERT_REQUIRED, "ssl_check_hostname": True} if url.startswith("rediss:") else None,
        broker_transport_options={
            "global_keyprefix": prefix,
            "socket_connect_timeout": PATIENCE_SECONDS,
            "socket_timeout": PATIENCE_SECONDS,
            "max_retries": 0,
            "visibility_timeout": FORGOTTEN_SECONDS,
        },
        broker_connection_timeout=PATIENCE_SECONDS,
        broker_connection_max_retries=None,
        broker_connection_retry_on_startup=True,
        worker_cancel_long_running_tasks_on_connection_loss=False,  # the row says who has a job
        worker_enable_remote_control=False,
        worker_prefetch_multiplier=1,
        task_acks_late=True,  # with the line above: nobody keeps messages waiting that another could work on
        task_default_queue="jobs",
        accept_content=["json"],
        task_serializer="json",
        result_backend=None,
    )
    return celery


class _Channel(redis.Channel):
    """A list of Redis into which anybody may have written anything: what is no message is dropped, and the worker goes on."""

    def _brpop_read(self, **options: Any) -> Any:
        try:
            return super()._brpop_read(**options)  # type: ignore[no-untyped-call]  # kombu says no types
        except (ValueError, TypeError, LookupError, AttributeError) as error:
            log.warning("message_dropped", error=type(error).__name__)
            raise Empty from error


class _Transport(redis.Transport):
    Channel = _Channel


class _Log(logging.Handler):
    """What Celery says, as our kind of line: the sentence without what it speaks of, which may be anybody's words."""

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else None
        log.warning("celery_says", said=str(record.msg).strip().partition("\n")[0], error=error)


def _set_up_logging(**_words: Any) -> None:
    for name in ("celery", "kombu"):
        logging.getLogger(name).handlers = [_Log()]
        logging.getLogger(name).propagate = False
