"""The application that a WSGI server runs: `granian --interface wsgi wsgi:app`. Each worker imports it for itself, after the fork."""

import ctypes
import gc
import os
import signal
from multiprocessing import parent_process
from multiprocessing.util import Finalize
from typing import Final

if parent_process() is not None:
    # A worker that is told to end before it serves obeys at once: the server's own way of saying so is set up only later, and would be missed.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    # Ctrl+C reaches the server and its workers alike; a worker that is told twice, by the terminal and by the server, hangs until it is killed.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})

from app.factory import create_app, refuse_demo  # takes a second or two, in which one may change one's mind
from config import load

M_TRIM_THRESHOLD: Final = -1
M_ARENA_MAX: Final = -8
"""What glibc's `mallopt` calls them (malloc.h)."""

settings = load(os.environ)
app = create_app(settings)

if settings.is_production:
    refuse_demo(app)

if (mallopt := getattr(ctypes.CDLL(None), "mallopt", None)) is not None:
    # Threads that take turns need no heap each, and what a busy minute took is given back: a tenth less memory, where the library is glibc.
    mallopt(M_ARENA_MAX, 1)
    mallopt(M_TRIM_THRESHOLD, 128 * 1024)

gc.collect()
gc.freeze()  # what the house is made of stays: from here on only what requests leave is looked at

if "FLASK_RUN_FROM_CLI" not in os.environ:
    app.extensions["doorway"].start()  # whoever runs the jobs: the journal of clicks stands on this machine

if settings.jobs == "thread" and "FLASK_RUN_FROM_CLI" not in os.environ:
    # A command of `flask …` imports this file too, and must not begin to deliver jobs behind its own back.
    threads = app.extensions["delivery"]
    threads.start(settings.job_threads)
    Finalize(None, threads.stop, exitpriority=100)  # unlike atexit, this also runs when a forked worker ends
