"""What lapses next, and the list of certificates."""

from datetime import timedelta

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.core.clock import now, today_in
from app.insight.forms import filter_from
from app.insight.presenters.lapsing import certificates_page, days_from, lapsing_page
from app.insight.presenters.words import CERTIFICATE_STATES, hr_tabs, titles_by_slug
from app.insight.queries import lapsing as queries
from app.insight.queries.persons import require_department
from app.insight.views.sight import the_sight
from app.learning.queries.content import published_courses
from app.web.database import reading
from app.web.i18n import choose_locale
from app.web.session import the_who
from app.web.words import row_number


def lapsing() -> ResponseReturnValue:
    """Certificates and mandatory courses that end soon, by month and by name."""
    session, sight = reading(), the_sight()
    today = today_in(the_who().timezone, now())
    asked, days = filter_from(request.args, today=today), days_from(request.args.get("days"))
    require_department(session, sight.paths, asked.department)
    by_day = queries.lapses_by_day(session, sight, asked, today=today)
    until, after = today + timedelta(days=days), request.args.get("after", "")
    found, following = queries.lapses(session, sight, asked, today=today, until=until, after=after)
    names = titles_by_slug(published_courses(session), choose_locale())
    page = lapsing_page(by_day, found, asked=asked, days=days, following=following, names=names, sight=sight, today=today)
    return render_template("insight/lapsing.html", page=page, tabs=hr_tabs("lapsing"))


def certificates() -> ResponseReturnValue:
    """Every certificate, found by name or code."""
    sight, asked = the_sight(), request.args
    today = today_in(the_who().timezone, now())
    search, state = asked.get("q", "").strip()[:64], asked.get("state", "")
    state = state if state in CERTIFICATE_STATES else ""
    before = row_number(asked, "before")
    found, following = queries.certificates(reading(), sight, today=today, search=search, state=state, before=before)
    page = certificates_page(found, following, search=search, state=state, sight=sight, today=today)
    return render_template("insight/certificates.html", page=page, tabs=hr_tabs("certificates"))
