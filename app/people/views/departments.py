"""Views for administrators: the departments, and one of them."""

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.clock import now
from app.core.errors import Conflict, NotFound, Refusal
from app.people.actions.departments import add_department, remove_department, rename_department
from app.people.forms import DepartmentForm, RenameDepartmentForm
from app.people.presenters.directory import department_choices, inside_of
from app.people.queries.directory import department_lines
from app.people.queries.placing import department_for, occupants
from app.people.views.signing_in import this_door
from app.web.database import reading, unit_of_work
from app.web.errors import sentence
from app.web.messages import see
from app.web.session import the_who


def departments() -> ResponseReturnValue:
    """The departments, and a form to add one."""
    lines = department_lines(reading(), the_who())
    form = DepartmentForm()
    form.parent.choices = department_choices(lines, top=_("The whole organisation"))
    if form.sent():
        try:
            with unit_of_work() as session:
                given = {"slug": form.slug.data or "", "name": form.name.data or "", "parent_slug": form.parent.data or ""}
                add_department(session, **given, by=the_who(), at=now(), door=this_door())
            return see("people.departments", _("The department is added."))
        except Refusal as refusal:
            form.refuse(refusal)
    return render_template("people/departments.html", lines=lines, form=form), form.status


def department(slug: str) -> ResponseReturnValue:
    """One department: what it is called, and whether it can be removed."""
    who, session = the_who(), reading()
    found = department_for(session, who, slug)
    if found is None:
        raise NotFound
    form = RenameDepartmentForm(name=found.name)
    if form.sent():
        try:
            with unit_of_work() as session:
                changed = rename_department(session, slug, name=form.name.data or "", by=who, at=now(), door=this_door())
            message = _("The department has its new name.") if changed else _("Nothing was changed.")
            return see("people.department", message, slug=slug)
        except Refusal as refusal:
            form.refuse(refusal)
    inside = inside_of(occupants(session, found.id), who)
    return render_template("people/department.html", department=found, inside=inside, form=form), form.status


def remove(slug: str) -> ResponseReturnValue:
    """Remove a department in which nothing is any more."""
    try:
        with unit_of_work() as session:
            name = remove_department(session, slug, by=the_who(), at=now(), door=this_door())
    except Conflict as refusal:
        return see("people.department", sentence(refusal), meaning="careful", slug=slug, anchor="remove")
    return see("people.departments", _("The department “%(name)s” is removed.", name=name))
