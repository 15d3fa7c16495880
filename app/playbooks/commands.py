"""Doors for the hand: the policy is checked and published."""

from pathlib import Path

import click
from flask.cli import AppGroup
from sqlalchemy.exc import OperationalError, ProgrammingError

from app.core.authored import Tree
from app.core.clock import now
from app.core.errors import Refusal
from app.playbooks.actions import publish_policy
from app.playbooks.adapters.file import SHIPPED, read_policy
from app.playbooks.models import PolicyVersion
from app.playbooks.queries import newest_version
from app.playbooks.rules import publication_faults
from app.web.database import reading, unit_of_work
from app.web.errors import sentence

commands = AppGroup("policy", help="The public policy: check, load.")
_file = click.option("--file", type=click.Path(exists=True, dir_okay=False, path_type=Path), default=SHIPPED, help="The policy's YAML file.")


@commands.command("check")
@_file
def check(file: Path) -> None:
    """Say everything that is wrong with the policy, with its line."""
    tree = _sound_policy(file)
    click.echo(f"Version {tree.data['version']}, {len(tree.data['rules'])} rules: all is well.")


@commands.command("load")
@_file
def load(file: Path) -> None:
    """Publish the policy if its number is new."""
    tree = _sound_policy(file, to_load=True)
    try:
        with unit_of_work() as session:
            is_new = publish_policy(session, tree.data, at=now())
    except Refusal as refusal:
        click.echo(sentence(refusal), err=True)
        raise click.exceptions.Exit(1) from refusal
    click.echo(f"policy: {'published as version' if is_new else 'unchanged, version'} {tree.data['version']}")


def _sound_policy(file: Path, *, to_load: bool = False) -> Tree:
    """The policy, or the end of the command with everything that is wrong with it."""
    tree, faults = read_policy(file)
    newest = _newest(needed=to_load)
    if tree is not None and newest is not None:
        faults += publication_faults(tree, number=newest.number, published=newest.document)
    for fault in faults:
        click.echo(str(fault))
    if faults or tree is None:
        raise click.exceptions.Exit(1)
    return tree


def _newest(*, needed: bool) -> PolicyVersion | None:
    try:
        return newest_version(reading())
    except (OperationalError, ProgrammingError):
        if needed:
            raise click.UsageError("The database has no tables yet. Run `flask db upgrade` first.") from None
        click.echo("(There is no database yet, so the number is not compared with what is published.)", err=True)
        return None
