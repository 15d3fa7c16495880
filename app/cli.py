"""`flask …` commands, collected from the rooms."""

from flask import Flask

from app.demo.commands import commands as demo
from app.insight.commands import commands as insight
from app.learning.commands import commands as courses
from app.people.commands import commands as people
from app.playbooks.commands import commands as policy
from app.web.commands import database, jobs


def collect(app: Flask) -> None:
    """Put every room's commands on `flask`."""
    for group in (courses, database, demo, insight, jobs, people, policy):
        app.cli.add_command(group)
