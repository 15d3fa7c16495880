"""Doors for the hand: counting everything anew."""

import click
from flask.cli import AppGroup

from app.core.clock import now
from app.insight.actions import counting
from app.web.database import unit_of_work

commands = AppGroup("insight", help="Numbers about learning.")


@commands.command("rebuild")
def rebuild() -> None:
    """Count all roll-ups anew and say how many were off."""
    with unit_of_work() as session:
        drift = counting.rebuild(session, at=now())
    click.echo(f"{drift.cells} cells counted, {drift.changed} changed, {drift.drifted} without a reason")
