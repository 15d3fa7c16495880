"""Runs the migrations, on the connection that the caller hands over or on the address of the settings."""

import os

from alembic import context
from sqlalchemy import create_engine

import app.core.models
import app.insight.models
import app.learning.models
import app.library.models
import app.people.models
import app.playbooks.models
import app.sharing.models  # noqa: F401  # importing the tables is what registers them
from app.core.database import Base, prepare_engine, write_intent
from config import load


def run() -> None:
    """Migrate online; each revision in a transaction of its own."""
    url = context.config.attributes.get("url") or load(os.environ).database
    engine = create_engine(url)
    prepare_engine(engine)
    with write_intent(), engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=connection.dialect.name == "sqlite",
            transaction_per_migration=True,
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


run()
