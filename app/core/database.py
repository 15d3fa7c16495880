"""The ground floor of the data: one declarative base, the column types, and how an engine is set up.

SQLite and PostgreSQL both work; what differs between them is settled here and nowhere else.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from time import monotonic
from typing import Any, Final, cast
from weakref import WeakKeyDictionary

from sqlalchemy import JSON, CompoundSelect, DateTime, Engine, MetaData, Select, Table, event
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.engine import Connection, Dialect, ExceptionContext
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.orm import DeclarativeBase, Session, SessionTransaction
from sqlalchemy.types import TypeDecorator, TypeEngine

NAMING: Final = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The one base of every table; never `db.Model`."""

    metadata = MetaData(naming_convention=NAMING)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, stored in UTC; a naive one is a programming error and refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn any aware moment into UTC (SQLite keeps it without a zone)."""
        if value is None:
            return None
        if value.tzinfo is None:
            msg = "a naive datetime has no place in the database"
            raise ValueError(msg)
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  # SQLAlchemy calls it so
        """Hand back an aware UTC moment from either database."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


RESTED_SECONDS: Final = 2
_NOTES: Final = "notes"
_MARKS: Final = "notes_before"

Document: TypeEngine[Any] = JSON().with_variant(JSONB(), "postgresql")
"""A column that holds one JSON document."""

_writing: ContextVar[bool] = ContextVar("writing", default=False)


@contextmanager
def write_intent() -> Iterator[None]:
    """Transactions begun inside take SQLite's write lock at once, so that none fails half-way for want of it."""
    token = _writing.set(True)
    try:
        yield
    finally:
        _writing.reset(token)


def has_write_intent() -> bool:
    """Whether transactions begun now will write."""
    return _writing.get()


def prepare_engine(engine: Engine) -> None:
    """Give a new engine its settings: WAL, foreign keys and explicit BEGIN on SQLite; time-outs on PostgreSQL."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "connect", _prepare_postgresql)
        event.listen(engine, "checkin", _put_back)
        event.listen(engine, "checkout", _take_out)


def tell_of_failures(engine: Engine, hear: Callable[[ExceptionContext], None]) -> None:
    """Have `hear` told of everything that goes wrong between us and the database, refused statements included."""
    event.listen(engine, "handle_error", hear)


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=8000", "foreign_keys=ON", "cache_size=-16000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if _writing.get() else "BEGIN")


def _prepare_postgresql(connection: Any, _record: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = '60s'")
        cursor.execute("SET lock_timeout = '5s'")
        cursor.execute("SET jit = off")  # compiling our statements takes longer than running them: 2.9 of 6.3 s for the largest
        cursor.execute("SET idle_in_transaction_session_timeout = '60s'")
    connection.commit()


def _put_back(_connection: Any, record: Any) -> None:
    record.info["since"] = monotonic()


def _take_out(connection: Any, record: Any, _proxy: object) -> None:
    """A connection that has rested is asked whether it still lives; one that just worked need not be: asking costs as much as a query."""
    if monotonic() - record.info.get("since", 0) < RESTED_SECONDS:
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        connection.rollback()
    except connection.OperationalError as error:
        raise DisconnectionError from error  # the pool opens another one


def spare_transaction(session: Session) -> None:
    """Let what `session` reads from here on be statements by themselves, each seeing what is committed at its moment.

    PostgreSQL shows a transaction nothing else under READ COMMITTED, but asks for two more messages to begin and end it. SQLite keeps
    its transactions: there they give several statements one picture, and cost nothing.
    """
    if not session.in_transaction() and session.get_bind().dialect.name == "postgresql":
        session.connection(execution_options={"isolation_level": "AUTOCOMMIT"})


def read_rows(session: Session, query: Select[*tuple[Any, ...]] | CompoundSelect[*tuple[Any, ...]], **values: object) -> Sequence[Any]:
    """The rows of a select of columns that was written out once, with `values` for its parameters.

    What `session.execute` says too, at a third of its cost: nothing is looked after that only objects need.
    """
    return session.connection().execute(query, values).all()


def insert_once(session: Session, table: type[Base], **values: object) -> bool:
    """Insert a row unless a unique constraint already has one like it; says whether this call made it.

    What is done twice counts once: this is how, in one statement, whoever comes first.
    """
    return bool(insert_new(session, table, [values]))


def insert_new(session: Session, table: type[Base], rows: Sequence[Mapping[str, object]]) -> list[Any]:
    """Insert those of `rows` that no unique constraint has one like; returns the primary keys of those that this call made.

    Two who insert the same rows must do so in the same order, so that they cannot wait for each other.
    """
    insert = sqlite_insert if session.get_bind().dialect.name == "sqlite" else postgresql_insert
    columns = cast("Table", table.__table__)
    made = session.execute(insert(columns).on_conflict_do_nothing().returning(*columns.primary_key.columns), rows)
    return list(made)


def noted(session: Session, name: str) -> list[Any]:
    """What is noted in a session beside its rows, under a name. What was noted since a savepoint goes with it when it is rolled back."""
    notes: dict[str, list[Any]] = session.info.setdefault(_NOTES, {})
    return notes.setdefault(name, [])


def _mark_notes(session: Session, transaction: SessionTransaction) -> None:
    """Remember how much was noted when a savepoint is set."""
    if transaction.nested:
        marks = session.info.setdefault(_MARKS, WeakKeyDictionary())
        marks[transaction] = {name: len(notes) for name, notes in session.info.get(_NOTES, {}).items()}


def _drop_notes(session: Session, transaction: SessionTransaction) -> None:
    """Forget what was noted since the savepoint that is rolled back."""
    if transaction.nested:
        before = session.info[_MARKS][transaction]
        for name, notes in session.info.get(_NOTES, {}).items():
            del notes[before.get(name, 0) :]


event.listen(Session, "after_transaction_create", _mark_notes)
event.listen(Session, "after_soft_rollback", _drop_notes)
