"""Doors for the hand: the first administrator."""

import click
from flask.cli import AppGroup

from app.core.clock import now
from app.core.errors import Refusal
from app.people.actions.auditing import Door, broken_link
from app.people.actions.granting import appoint_first
from app.people.actions.signing_in import make_invitation
from app.web.database import reading, unit_of_work
from app.web.errors import sentence
from app.web.post import absolute

commands = AppGroup("people", help="People and roles.")


@commands.command("first-administrator")
@click.argument("email")
@click.argument("name")
def first_administrator(email: str, name: str) -> None:
    """Make EMAIL (called NAME) the first administrator, and print the link with which they choose a password."""
    at = now()
    try:
        with unit_of_work() as session:
            person = appoint_first(session, email=email, name=name, at=at, door=Door())
            token = make_invitation(session, person, "invite", at=at)
    except Refusal as refusal:
        raise click.ClickException(sentence(refusal)) from refusal
    click.echo(f"Open this link within fourteen days and choose a password:\n{absolute('people.choose_password', token=token)}")


@commands.command("verify-audit")
def verify_audit() -> None:
    """Follow the audit log's chain from the first entry to the last; ends with 1 at the first entry that was altered."""
    broken = broken_link(reading())
    if broken is not None:
        raise click.ClickException(f"The chain breaks at entry {broken}: it, or the one beside it, is not as it was written, or is gone.")
    click.echo("The audit log is whole.")
