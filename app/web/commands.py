"""Commands of the house itself: the database's schema, and running jobs by hand."""

import time
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup

from config import HERE

database = AppGroup("db", help="The database's schema.")
jobs = AppGroup("jobs", help="Jobs that wait.")


def alembic_config(url: str) -> Any:
    """Alembic's settings for the database at `url`."""
    from alembic.config import Config  # noqa: PLC0415  # ten megabytes that a server never needs

    config = Config()
    config.set_main_option("script_location", str(HERE / "migrations"))
    config.set_main_option("path_separator", "os")
    config.attributes["url"] = url
    return config


@database.command("upgrade")
@click.argument("revision", default="head")
def upgrade(revision: str) -> None:
    """Bring the schema up to REVISION (default: the newest)."""
    from alembic import command  # noqa: PLC0415  # as above

    command.upgrade(alembic_config(current_app.config["SQLALCHEMY_DATABASE_URI"]), revision)


@database.command("downgrade")
@click.argument("revision")
def downgrade(revision: str) -> None:
    """Take the schema back to REVISION."""
    from alembic import command  # noqa: PLC0415  # as above

    command.downgrade(alembic_config(current_app.config["SQLALCHEMY_DATABASE_URI"]), revision)


@jobs.command("run")
@click.option("--once", is_flag=True, help="Run what is due and end.")
def run(*, once: bool) -> None:
    """Run jobs in this process until interrupted."""
    engine = current_app.extensions["jobs"]
    if once:
        click.echo(f"{engine.run_due()} jobs run")
        return
    engine.start(current_app.extensions["settings"].job_threads)
    try:
        while True:
            time.sleep(60)
    except KeyboardInterrupt:
        engine.stop()
