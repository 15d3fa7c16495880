"""Commands of the house itself: the database's schema, and running jobs by hand."""

import signal

import click
from flask import current_app
from flask.cli import AppGroup

from app.core.later import later

database = AppGroup("db", help="The database's schema.")
jobs = AppGroup("jobs", help="Jobs that wait.")


migrating = later("app.web.migrating")  # Alembic takes ten megabytes, and a server never needs it


@database.command("upgrade")
@click.argument("revision", default="head")
def upgrade(revision: str) -> None:
    """Bring the schema up to REVISION (default: the newest)."""
    migrating.upgrade(current_app.config["SQLALCHEMY_DATABASE_URI"], revision)


@database.command("downgrade")
@click.argument("revision")
def downgrade(revision: str) -> None:
    """Take the schema back to REVISION."""
    migrating.downgrade(current_app.config["SQLALCHEMY_DATABASE_URI"], revision)


@jobs.command("run")
@click.option("--once", is_flag=True, help="Run what is due and end.")
def run(*, once: bool) -> None:
    """Run jobs in this process until interrupted; with JOBS=celery it is one of Celery's workers."""
    if once:
        click.echo(f"{current_app.extensions['jobs'].run_due()} jobs run")
        return
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a server that says goodbye is heard like Ctrl+C
    current_app.extensions["delivery"].work(current_app.extensions["settings"].job_threads)
