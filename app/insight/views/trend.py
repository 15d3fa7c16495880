"""Completion month by month."""

from flask import render_template
from flask.typing import ResponseReturnValue

from app.core.clock import now, today_in
from app.insight.policy import reach
from app.insight.presenters.trend import trend_page
from app.insight.presenters.words import hr_tabs
from app.insight.queries.report import ground
from app.insight.queries.trend import first_passes
from app.insight.rules import Filter
from app.learning.queries.content import published_courses
from app.web.database import reading
from app.web.i18n import choose_locale
from app.web.session import the_who


def trend() -> ResponseReturnValue:
    """A line for each course, for everybody in reach: a choice of people beside it would tell single ones apart by subtraction."""
    who, session = the_who(), reading()
    today = today_in(who.timezone, now())
    people = ground(session, reach(who), Filter()).people
    passes = first_passes(session, reach(who))
    page = trend_page(people, passes, published_courses(session), locale=choose_locale(), today=today)
    return render_template("insight/trend.html", page=page, tabs=hr_tabs("completion"))
