"""The demo organisation behind the production server: loaded once by the real commands, then copied for each story that is told in it."""

import fcntl
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tests.support.server import ROOT, Server

PREPARE = "from tools.run import prepare; prepare()"
DATABASE = "socii.sqlite3"
SETTINGS = {"SOCII_DEMO": "1", "JOBS": "thread"}


def load_once(folder: Path) -> Path:
    """Schema, courses, policy and the demo organisation in `folder`; whoever comes second waits for the first."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "loading").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "loaded").exists():
            done = subprocess.run(
                [sys.executable, "-c", PREPARE], cwd=ROOT, env=Server(folder, **SETTINGS).environ, capture_output=True, text=True, check=False
            )
            assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
            with closing(sqlite3.connect(folder / DATABASE)) as whole:
                whole.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            (folder / "loaded").touch()
    return folder


class House:
    """A copy of the demo organisation that one story may change as it likes."""

    def __init__(self, template: Path, folder: Path) -> None:
        """Copy everything; nothing is served before `open`."""
        shutil.copytree(template, folder, ignore=shutil.ignore_patterns("loading", "loaded", "*-wal", "*-shm"))
        self.folder = folder
        self.server = Server(folder, **SETTINGS)
        self.address = self.server.address

    def change(self, statement: str, *values: object) -> None:
        """What no page does: let time pass, or give everybody another language."""
        with closing(sqlite3.connect(self.folder / DATABASE, timeout=10)) as database, database:
            database.execute(statement, values)

    def ask(self, question: str, *values: object) -> list[tuple[object, ...]]:
        """Look behind the pages."""
        with closing(sqlite3.connect(self.folder / DATABASE, timeout=10)) as database:
            return database.execute(question, values).fetchall()

    @contextmanager
    def open(self) -> Iterator["House"]:
        """Serve it, and end that by the process's own id."""
        try:
            self.server.start()
            yield self
        finally:
            self.server.stop()
