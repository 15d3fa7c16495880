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
from app.insight.presenters.saved import department_of
from app.insight.presenters.words import hr_tabs
from app.insight.queries.report import ground, levels, tallies
from app.insight.queries.saved import departments_there
from app.insight.queries.telling import telling
from app.insight.views.sight import the_sight
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
    if kept and not request.args and (view := _still_there(clean_view(kept, today=today))) is not None:
        return redirect(_address(view, today), 303)
    unfolded, session, sight = opened(request.args), reading(), the_sight()
    courses = published_courses(session)
    slugs = {course.slug for course in courses}
    asked = filter_from(request.args, today=today, courses=slugs)
    base = ground(session, sight.paths, asked)
    say_what_was_left_out(not_understood(request.args, today=today, courses=slugs))
    most, after, begin = rows_for(1 if asked.course else len(courses)), request.args.get("after", ""), request.args.get("begin", "")
    shown = stretch(base, unfolded, most=most, after=after, begin=begin)
    counts, held = tallies(session, sight.paths, asked, shown.places, base.base, today=today), levels(session, sight.paths, asked, base.base)
    told, locale = telling(session, sight, [course.id for course in courses], today=today), choose_locale()
    page = report(base, counts, held, courses, asked=asked, shown=shown, unfolded=unfolded, telling=told, sight=sight, locale=locale, today=today)
    return render_template("insight/completion.html", page=page, tabs=hr_tabs("completion"))


def _still_there(view: str) -> str | None:
    """The view that was kept, unless its department is gone or out of reach by now: then the report opens as if none had been kept."""
    department = department_of(view)
    known = not department or department in departments_there(reading(), reach(the_who()), [department])
    return view if known else None


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
