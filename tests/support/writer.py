"""Somebody who writes just now: on SQLite nobody else can, until they are done."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.core.database import write_intent
from app.web.database import db


@contextmanager
def somebody_writing() -> Iterator[None]:
    """What is asked inside must answer without writing: a write waits eight seconds and is refused then."""
    with Session(db.engine) as session, write_intent(), session.begin():
        session.execute(text("SELECT 1"))
        yield
