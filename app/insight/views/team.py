"""The manager's page."""

from flask import render_template
from flask.typing import ResponseReturnValue

from app.core.clock import now, today_in
from app.insight.presenters.team import team_page
from app.insight.queries.team import team as read_team
from app.learning.queries.content import published_courses
from app.web.database import reading
from app.web.i18n import choose_locale
from app.web.session import the_who


def team() -> ResponseReturnValue:
    """The totals of everybody below, and of nobody alone."""
    who, session = the_who(), reading()
    found = read_team(session, who.id, today=today_in(who.timezone, now()))
    return render_template("insight/team.html", page=team_page(found, published_courses(session), locale=choose_locale()))
