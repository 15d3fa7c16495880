"""Doors for the hand: load the make-believe organisation."""

from dataclasses import replace
from datetime import datetime, timedelta
from secrets import token_bytes

import click
from flask import current_app
from flask.cli import AppGroup

from app.core.clock import now
from app.core.errors import Conflict
from app.core.jobs import as_history
from app.demo.actions import spreading, staffing, studying, telling
from app.demo.presenters import SENTENCES
from app.insight.actions.counting import rebuild
from app.learning.actions.tallying import tally_quizzes
from app.library.rules.targets import Links
from app.sharing.actions.counting import DayKeys, note_click
from app.sharing.rules.drafts import House
from app.web.database import unit_of_work
from app.web.errors import learn_sentences, sentence

commands = AppGroup("demo", help="A make-believe organisation to look around in.")

learn_sentences(SENTENCES)


@commands.command("load")
@click.option("--if-empty", is_flag=True, help="Do nothing, without complaint, when anybody is here already.")
def load(*, if_empty: bool) -> None:
    """Load the demo organisation into an empty installation."""
    if current_app.extensions["settings"].is_production:
        raise click.ClickException("Production never holds the demo organisation.")
    at, storage = now(), current_app.extensions["storage"]
    try:
        with unit_of_work() as session, as_history():
            staffing.refuse_unless_empty(session)
            staffing.hire(session, at=at)
            studying.study(session, at=at)
            tally_quizzes(session, at=at)
            telling.tell(session, storage, at=at)
            made = spreading.spread(session, house=_house(), at=at)
            rebuild(session, at=at)
    except Conflict as refusal:
        if if_empty:
            return
        raise click.ClickException(sentence(refusal)) from refusal
    doorway = replace(current_app.extensions["doorway"], keys=_keys_of_the_past(at))
    spreading.read_on(lambda link, environ, moment: note_click(doorway, link, environ, request="demo", at=moment), made, at=at)
    click.echo("The demo organisation is loaded.")


def _keys_of_the_past(at: datetime) -> DayKeys:
    """Make-believe readers come on days whose keys are long gone: they are told apart by one that is gone when this ends."""
    return DayKeys("", dict.fromkeys((at.date() - timedelta(days=days) for days in range(400)), token_bytes(32)))


def _house() -> House:
    settings = current_app.extensions["settings"]
    return House(settings.org_name, settings.base_url.rstrip("/"), Links((settings.host, *settings.hosts), settings.link_targets))
