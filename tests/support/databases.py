"""A migrated database for a test worker, emptied before each test."""

import os
import shutil
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import psycopg
from alembic import command
from sqlalchemy import create_engine, text

from app.core.database import Base
from app.web.migrating import alembic_config
from tests.support.postgresql import server_address


class Database(Protocol):
    """A database with the newest schema."""

    url: str

    def empty(self) -> None:
        """Remove every row."""

    def drop(self) -> None:
        """Leave nothing behind."""


@dataclass
class Sqlite:
    """One file, copied from a migrated template."""

    file: Path

    def __post_init__(self) -> None:
        """Migrate the template once."""
        self.url = f"sqlite:///{self.file}"
        self._template = self.file.with_suffix(".template")
        command.upgrade(alembic_config(f"sqlite:///{self._template}"), "head")
        engine = create_engine(f"sqlite:///{self._template}")
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.exec_driver_sql("PRAGMA journal_mode=DELETE")
        engine.dispose()

    def empty(self) -> None:
        """Put the template in place."""
        for suffix in ("", "-wal", "-shm"):
            Path(f"{self.file}{suffix}").unlink(missing_ok=True)
        shutil.copy(self._template, self.file)

    def drop(self) -> None:
        """The temporary folder goes with the test run."""


def create_postgresql(*, like: str | None = None) -> str:
    """The address of a new database on a running server: empty, or a copy of the one at the address `like`, which nobody may be using."""
    server, name = server_address(), f"socii_test_{uuid.uuid4().hex[:12]}"
    template = f' TEMPLATE "{like.rpartition("/")[2]}"' if like else ""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"{template}')
    return server.replace("postgresql://", "postgresql+psycopg://").rsplit("/", 1)[0] + f"/{name}"


def drop_postgresql(address: str) -> None:
    """Drop a database, whoever still holds a connection."""
    with psycopg.connect(server_address(), autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{address.rpartition("/")[2]}" WITH (FORCE)')


class Postgresql:
    """A database of its own on a running server, made for this worker."""

    def __init__(self) -> None:
        """Create and migrate it."""
        self.url = create_postgresql()
        command.upgrade(alembic_config(self.url), "head")
        self._engine = create_engine(self.url)

    def empty(self) -> None:
        """Delete every row, with triggers and foreign keys at rest."""
        tables = "; ".join(f'DELETE FROM "{table.name}"' for table in Base.metadata.sorted_tables)
        with self._engine.begin() as connection:
            connection.execute(text("SET session_replication_role = replica"))
            connection.execute(text(tables))
            connection.execute(text("SET session_replication_role = DEFAULT"))

    def drop(self) -> None:
        """Leave nothing on the server."""
        self._engine.dispose()
        drop_postgresql(self.url)


def open_database(kind: str, folder: Path) -> Database:
    """The worker's database of this kind."""
    if kind == "postgresql":
        return Postgresql()
    return Sqlite(folder / f"socii-{os.getpid()}.sqlite3")
