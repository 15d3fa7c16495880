"""Views for administrators: people and roles."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.clock import now
from app.core.errors import Invalid, NotFound, Refusal
from app.core.who import Role
from app.people.actions import directory, granting
from app.people.forms import GrantForm, PersonForm
from app.people.models import Person
from app.people.presenters.directory import (
    country_choices,
    department_choices,
    entry_from,
    filled,
    role_choices,
    status_chips,
)
from app.people.queries.directory import departments_of, email_of, grants_of, people_lines, person_for
from app.people.queries.placing import place
from app.people.views.signing_in import this_door
from app.web.database import reading, unit_of_work
from app.web.messages import see
from app.web.session import begin_session, current_token, the_who


def people() -> ResponseReturnValue:
    """The directory: search, filter, page."""
    who, asked = the_who(), request.args
    chosen = {"search": asked.get("q", ""), "status": asked.get("status", ""), "department": asked.get("department", "")}
    lines, after = people_lines(reading(), who, **chosen, after=asked.get("after", ""))
    return render_template("people/directory.html", lines=lines, after=after, chosen=chosen, chips=status_chips(chosen))


def add_person() -> ResponseReturnValue:
    """Add somebody by hand; the letter with the link goes out at once."""
    form = _person_form(PersonForm())
    if form.sent():
        try:
            with unit_of_work() as session:
                person = directory.add_person(session, entry_from(form), by=the_who(), at=now(), door=this_door())
                uuid, name = person.uuid, person.name
            return see("people.person", _("%(name)s is added. An e-mail with a link is on its way.", name=name), uuid=uuid)
        except Refusal as refusal:
            form.refuse(refusal)
    return render_template("people/person_new.html", form=form), form.status


def person(uuid: str) -> ResponseReturnValue:
    """One person: entry, roles, and whether they may come in."""
    found = _person(uuid)
    form = _person_form(PersonForm(data=filled(reading(), found, email_of(reading(), found.manager_id))))
    if form.sent():
        try:
            with unit_of_work() as session:
                changed = directory.change_person(session, _person(uuid), entry_from(form), by=the_who(), at=now(), door=this_door())
            return see("people.person", _("The details are saved.") if changed else _("Nothing was changed."), uuid=uuid)
        except Refusal as refusal:
            form.refuse(refusal)
    grant_form = _grant_form(GrantForm(formdata=None))
    grants = grants_of(reading(), found.id)
    return render_template(
        "people/person.html", person=found, form=form, grants=grants, grant_form=grant_form, own=found.id == the_who().id
    ), form.status


def grant(uuid: str) -> ResponseReturnValue:
    """Give a role."""
    _person(uuid)
    form = _grant_form(GrantForm())
    if not form.sent():
        raise Invalid("role.unknown")
    with unit_of_work() as session:
        department = place(session, form.department.data) if form.department.data else None
        if form.department.data and department is None:
            raise Invalid("role.unknown")  # removed a moment ago: without a place the role would count everywhere
        granting.grant_role(session, _person(uuid), Role(form.role.data), department, by=the_who(), at=now(), door=this_door())
    return see("people.person", _("The role is given. It counts from the next page on."), uuid=uuid, anchor="roles")


def revoke(uuid: str, grant_id: int) -> ResponseReturnValue:
    """Take a role back; whoever gives up their own may not be let in here any more."""
    who, token = the_who(), current_token() or ""
    with unit_of_work() as session:
        renewed = granting.revoke_role(session, _person(uuid), grant_id, by=who, at=now(), door=this_door(), token=token)
    if renewed is not None:
        begin_session(renewed, who)
        return see("people.me", _("The role is taken back."))
    return see("people.person", _("The role is taken back."), uuid=uuid, anchor="roles")


def deactivate(uuid: str) -> ResponseReturnValue:
    """Let somebody go: out everywhere, at once."""
    with unit_of_work() as session:
        directory.deactivate(session, _person(uuid), by=the_who(), at=now(), door=this_door())
    return see("people.person", _("Deactivated: every session has ended, and nothing more is sent."), uuid=uuid)


def reactivate(uuid: str) -> ResponseReturnValue:
    """Have somebody back."""
    with unit_of_work() as session:
        directory.reactivate(session, _person(uuid), by=the_who(), at=now(), door=this_door())
    return see("people.person", _("Welcome back: the account works again."), uuid=uuid)


def invite(uuid: str) -> ResponseReturnValue:
    """Send the letter with the link once more."""
    with unit_of_work() as session:
        directory.invite_again(session, _person(uuid), by=the_who(), at=now(), door=this_door())
    return see("people.person", _("A new e-mail is on its way; the link in the earlier one no longer works."), uuid=uuid)


def _person(uuid: str) -> Person:
    found = person_for(reading(), the_who(), uuid)
    if found is None:
        raise NotFound
    return found


def _person_form(form: PersonForm) -> PersonForm:
    form.department.choices = department_choices(departments_of(reading(), the_who()), top=_("None"))
    form.country.choices = country_choices()
    return form


def _grant_form(form: GrantForm) -> GrantForm:
    form.role.choices = role_choices()
    form.department.choices = department_choices(departments_of(reading(), the_who()), top=_("Everywhere"))
    return form
