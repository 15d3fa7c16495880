"""Doors for the hand: load the make-believe organisation."""

import click
from flask import current_app
from flask.cli import AppGroup

from app.core.clock import now
from app.core.errors import Conflict
from app.core.events import as_history
from app.demo.actions import staffing, studying, telling
from app.web.database import unit_of_work

commands = AppGroup("demo", help="A make-believe organisation to look around in.")


@commands.command("load")
@click.option("--if-empty", is_flag=True, help="Do nothing, without complaint, when anybody is here already.")
def load(*, if_empty: bool) -> None:
    """Load the demo organisation into an empty installation."""
    if current_app.extensions["settings"].is_production:
        raise click.ClickException("Production never holds the demo organisation.")
    at = now()
    try:
        with unit_of_work() as session, as_history():
            staffing.refuse_unless_empty(session)
            staffing.hire(session, at=at)
            studying.study(session, at=at)
            telling.tell(session, current_app.extensions["storage"], at=at)
    except Conflict:
        if not if_empty:
            raise click.ClickException("Somebody is here already: the demo organisation goes into an empty installation only.") from None
        return
    click.echo("The demo organisation is loaded.")
