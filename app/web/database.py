"""The only file that commits: doors open a unit of work here, and everything they did becomes true at once or not at all."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask, current_app, g, has_request_context, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import Session

from app.core.database import Base, has_write_intent, prepare_engine, spare_transaction, write_intent
from app.core.errors import Invalid, Refusal
from app.core.jobs import take_written
from app.core.outages import Outages
from app.web.proof import is_old

db = SQLAlchemy(model_class=Base)


def init_database(app: Flask) -> None:
    """Attach the database to `app`; opens no connection."""
    db.init_app(app)
    with app.app_context():
        prepare_engine(db.engine)
        app.extensions["outages"] = Outages(db.engine)


def reading() -> Session:
    """The request's session, for what only reads, whatever the method: what is typed and looked at waits for nobody, and nobody for it.

    Inside a unit of work it is that one's session.
    """
    current_app.extensions["outages"].settle()
    session = db.session()
    if has_request_context() and not has_write_intent():
        spare_transaction(session)
    return session


def fields_are_known() -> None:
    """Say that a form has looked at the fields of this request, and knows each."""
    g.fields_are_known = True


def _refuse_unknown_fields() -> None:
    """Raise Invalid("form.unknown") for a request that brings fields which no form has looked at: a deed without a form takes none."""
    if has_request_context() and request.method == "POST" and set(request.form) - {"csrf_token"} and not g.get("fields_are_known"):
        raise Invalid("form.unknown")


@contextmanager
def unit_of_work() -> Iterator[Session]:
    """One transaction: commits at the end, rolls back on any exception, then tells of the jobs it wrote.

    Raises Refusal("form.old") in a request whose proof does not hold: such a one may show its form again, and nothing else. In a request it
    opens for what a form has looked at, or for nothing but our token; else it raises Invalid("form.unknown").

    It never goes on in a transaction that was begun for reading: there SQLite refuses to write as soon as anybody else has, without waiting,
    and PostgreSQL may keep each statement for itself.
    """
    if is_old():
        raise Refusal("form.old")
    _refuse_unknown_fields()
    current_app.extensions["outages"].settle()
    session = db.session()
    if not has_write_intent():
        session.rollback()
    with write_intent():
        try:
            yield session
            session.commit()
        except BaseException:
            session.rollback()
            take_written(session)
            raise
    written = take_written(session)
    if written:
        current_app.extensions["delivery"].wake(written)


@contextmanager
def standalone_work(app: Flask) -> Iterator[Session]:
    """A unit of work outside any request, with an application context of its own: for job threads and commands."""
    with app.app_context(), unit_of_work() as session:
        yield session


@contextmanager
def standalone_reading(app: Flask) -> Iterator[Session]:
    """A session outside any request that writes nothing."""
    with app.app_context():
        yield reading()
