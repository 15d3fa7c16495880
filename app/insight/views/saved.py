"""Views of the report under a name: the list, saving one, renaming, removing."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.clock import now, today_in
from app.core.errors import Refusal
from app.insight.actions.saving import remove_view, rename_view, save_view
from app.insight.forms import NameViewForm, RenameViewForm, clean_view
from app.insight.policy import reach
from app.insight.presenters.saved import department_of, shown_by, view_rows
from app.insight.presenters.words import hr_tabs
from app.insight.queries.saved import departments_there, view_of, views_of
from app.insight.rules import MOST_VIEWS
from app.web.database import reading, unit_of_work
from app.web.messages import see
from app.web.session import the_who


def views() -> ResponseReturnValue:
    """One's own views."""
    found = views_of(reading(), the_who().id)
    named = {slug for slug in (department_of(each.query) for each in found) if slug}
    rows = view_rows(found, departments_there(reading(), reach(the_who()), named))
    return render_template("insight/views.html", rows=rows, most=MOST_VIEWS, tabs=hr_tabs("completion"))


def new_view() -> ResponseReturnValue:
    """Give the view a name; what it shows comes from the report's own address."""
    who, at = the_who(), now()
    form = NameViewForm(view=request.query_string.decode(errors="replace")[:1000])
    query = clean_view(form.view.data or "", today=today_in(who.timezone, at))
    if form.sent():
        try:
            with unit_of_work() as session:
                save_view(session, name=form.name.data or "", query=query, by_id=who.id, at=at)
            return see("insight.views", _("The view is saved. You find it here on every device."))
        except Refusal as refusal:
            form.refuse(refusal)
    return render_template("insight/view_new.html", form=form, query=query, shows=shown_by(query)), form.status


def rename(uuid: str) -> ResponseReturnValue:
    """Call a view something else."""
    who = the_who()
    saved = view_of(reading(), who.id, uuid)
    form = RenameViewForm(name=saved.name)
    if form.sent():
        try:
            with unit_of_work() as session:
                rename_view(session, uuid, name=form.name.data or "", by_id=who.id)
            return see("insight.views", _("The view has its new name."))
        except Refusal as refusal:
            form.refuse(refusal)
    return render_template("insight/view_rename.html", form=form, saved=saved, shows=shown_by(saved.query)), form.status


def remove(uuid: str) -> ResponseReturnValue:
    """Remove a view."""
    with unit_of_work() as session:
        name = remove_view(session, uuid, by_id=the_who().id)
    return see("insight.views", _("The view “%(name)s” is removed.", name=name))
