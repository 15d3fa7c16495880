"""Work that must happen after the answer: a table of jobs, an engine that runs them, and two ways to bring it to the next one.

`enqueue` writes in the caller's transaction, so that a job exists exactly when its cause does. A handler runs inside a unit of work
in which the job is also marked done: what it writes to the database happens once, however often it is delivered. What must leave the
house (a letter) it returns as an errand, which is done after the commit, so that no transaction waits for a server of somebody else.

`table` writes jobs, `engine` runs them, `threads` and `broker` say when there is one. `broker` is read only where Celery is asked for.
"""

from app.core.jobs.engine import ATTEMPTS, KEEP_DONE, LEASE, Errand, Handler, JobEngine, Work, backoff
from app.core.jobs.table import as_history, enqueue, take_written, waiting
from app.core.jobs.threads import Threads

__all__ = [
    "ATTEMPTS",
    "KEEP_DONE",
    "LEASE",
    "Errand",
    "Handler",
    "JobEngine",
    "Threads",
    "Work",
    "as_history",
    "backoff",
    "enqueue",
    "take_written",
    "waiting",
]
