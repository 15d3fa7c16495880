"""The demo organisation behind the production server: loaded once by the real commands, then copied for each story that is told in it."""

import fcntl
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, CursorResult, NullPool, create_engine

from tests.support.databases import create_postgresql, drop_postgresql
from tests.support.server import ROOT, Server

PREPARE = "from tools.run import prepare; prepare()"
DATABASE = "socii.sqlite3"
ADDRESS = "address"
"""The file that says where the database of a folder is, when it does not stand in the folder itself."""
SETTINGS = {"SOCII_DEMO": "1", "JOBS": "thread"}


def load_once(folder: Path, *, kind: str = "sqlite") -> Path:
    """Schema, courses, policy and the demo organisation in `folder`; whoever comes second waits for the first.

    With the kind "postgresql" the database stands on a server until `forget`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "loading").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "loaded").exists():
            if kind == "postgresql":
                (folder / ADDRESS).write_text(create_postgresql())
            server = Server(folder, DATABASE_URL=_address(folder), **SETTINGS)
            done = subprocess.run([sys.executable, "-c", PREPARE], cwd=ROOT, env=server.environ, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
            if kind == "sqlite":
                with closing(sqlite3.connect(folder / DATABASE)) as whole:
                    whole.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            (folder / "loaded").touch()
    return folder


def forget(folder: Path) -> None:
    """Leave nothing of what `load_once` put there on a server."""
    if (folder / ADDRESS).exists():
        drop_postgresql(_address(folder))


def _address(folder: Path) -> str:
    named = folder / ADDRESS
    return named.read_text() if named.exists() else f"sqlite:///{folder / DATABASE}"


class House:
    """A copy of the demo organisation that one story may change as it likes."""

    def __init__(self, template: Path, folder: Path) -> None:
        """Copy everything; nothing is served before `open`."""
        shutil.copytree(template, folder, ignore=shutil.ignore_patterns("loading", "loaded", ADDRESS, "*-wal", "*-shm"))
        if (template / ADDRESS).exists():
            (folder / ADDRESS).write_text(create_postgresql(like=_address(template)))
        self.folder = folder
        self.server = Server(folder, DATABASE_URL=_address(folder), **SETTINGS)
        self.address = self.server.address
        is_file = _address(folder).startswith("sqlite")
        self._engine = create_engine(
            _address(folder), poolclass=NullPool, connect_args={"timeout": 10} if is_file else {"options": "-c timezone=UTC"}
        )
        self._hold = "BEGIN IMMEDIATE" if is_file else "LOCK TABLE people_person IN ACCESS EXCLUSIVE MODE"

    def change(self, statement: str, *values: object) -> None:
        """What no page does: let time pass, or give everybody another language. Each ? in `statement` stands for one of `values`."""
        with self._engine.begin() as connection:
            self._execute(connection, statement, values)

    def ask(self, question: str, *values: object) -> list[tuple[Any, ...]]:
        """Look behind the pages."""
        with self._engine.connect() as connection:
            return [tuple(row) for row in self._execute(connection, question, values)]

    def _execute(self, connection: Connection, statement: str, values: tuple[object, ...]) -> CursorResult[Any]:
        mark = "?" if self._engine.dialect.name == "sqlite" else "%s"
        return connection.exec_driver_sql(statement.replace("?", mark), values)

    @contextmanager
    def busy(self) -> Iterator[None]:
        """Somebody else holds what every sign-in needs, and does not let go."""
        with self._engine.connect() as connection:
            connection.exec_driver_sql(self._hold)
            yield
            connection.rollback()

    @contextmanager
    def open(self) -> Iterator["House"]:
        """Serve it, and end that by the process's own id."""
        try:
            self.server.start()
            yield self
        finally:
            self.server.stop()
            forget(self.folder)
