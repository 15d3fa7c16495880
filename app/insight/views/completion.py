"""The completion report, and the view of it that HR keeps."""

from datetime import date, timedelta
from typing import Final

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.clock import now, today_in
from app.core.errors import Invalid
from app.insight.forms import KeepViewForm, clean_view, filter_from, not_understood, opened
from app.insight.policy import reach
from app.insight.presenters.completion import report
from app.insight.presenters.places import rows_for, stretch
from app.insight.presenters.words import hr_tabs
from app.insight.queries.report import ground, levels, tallies
from app.learning.queries.content import published_courses
from app.web.database import reading
from app.web.i18n import choose_locale
from app.web.session import the_who

VIEW_COOKIE: Final = "socii_completion"
KEPT: Final = timedelta(days=365)


def completion() -> ResponseReturnValue:
    """The matrix; without a question, the view that was kept on this device."""
    who = the_who()
    today = today_in(who.timezone, now())
    kept = request.cookies.get(VIEW_COOKIE)
    if kept and not request.args:
        return redirect(_address(kept, today), 303)
    asked, unfolded, session, paths = filter_from(request.args, today=today), opened(request.args), reading(), reach(who)
    base = ground(session, paths, asked)
    say_what_was_left_out(not_understood(request.args, today=today))
    courses = published_courses(session)
    most, after, begin = rows_for(1 if asked.course else len(courses)), request.args.get("after", ""), request.args.get("begin", "")
    shown = stretch(base, unfolded, most=most, after=after, begin=begin)
    counts = tallies(session, paths, asked, shown.places, base.base, today=today)
    held = levels(session, paths, asked, base.base)
    page = report(base, counts, held, courses, asked=asked, shown=shown, unfolded=unfolded, locale=choose_locale(), today=today)
    return render_template("insight/completion.html", page=page, tabs=hr_tabs("completion"))


def say_what_was_left_out(words: list[object]) -> None:
    """One quiet line above the page for what of its address made no sense."""
    if words:
        flash(_("The address says something about %(what)s that we cannot read. It is left out here.", what=_(" and ").join(map(str, words))), "info")


def keep_view() -> ResponseReturnValue:
    """Remember on this device what the report was asked, for the next time it is opened."""
    form = KeepViewForm()
    if not form.sent():
        raise Invalid("form.unknown")
    address = _address(form.view.data or "", today_in(the_who().timezone, now()))
    flash(_("This view is kept on this device. The report opens with it."), "done")
    response = redirect(address, 303)
    secure = current_app.extensions["settings"].https
    response.set_cookie(VIEW_COOKIE, address.partition("?")[2], max_age=KEPT, path="/hr", secure=secure, httponly=True, samesite="Lax")
    return response


def _address(query: str, today: date) -> str:
    """The report with this query, of which only what the report understands is left."""
    return f"{url_for('insight.completion')}?{clean_view(query, today=today) or 'open='}"
