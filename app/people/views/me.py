"""Views of what is one's own: profile, password, sessions, and everything held about oneself."""

from flask import Response, current_app, json, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.clock import now, today_in
from app.core.crypto import digest
from app.core.errors import Refusal
from app.core.who import Who
from app.people.actions import profile
from app.people.actions.signing_in import note_failure
from app.people.errors import WrongPassword
from app.people.forms import ChangePasswordForm, ProfileForm
from app.people.models import Person
from app.people.presenters.me import everything_document, everything_sections, look_lines
from app.people.queries.records import LookLine, looks_at, person_facts, sessions_of
from app.people.rules import LOOKS_KEPT
from app.people.views.signing_in import retry_after, this_door
from app.web.database import reading, unit_of_work
from app.web.door import address
from app.web.messages import see
from app.web.session import begin_session, current_token, the_who


def me() -> ResponseReturnValue:
    """The page Me: who I am here, where I am signed in, and the way to everything that is mine."""
    who, at = the_who(), now()
    running = sessions_of(reading(), who.id, token_digest=digest(current_token() or ""), at=at)
    return render_template("people/me.html", who=who, facts=person_facts(reading(), who.id), sessions=running)


def settings() -> ResponseReturnValue:
    """Language, time zone, quiet hours and appearance."""
    person = reading().get_one(Person, the_who().id)
    form = ProfileForm(obj=person)
    if form.sent():
        with unit_of_work() as session:
            mine = session.get_one(Person, the_who().id)
            profile.change_profile(mine, **{name: value for name, value in form.data.items() if name != "csrf_token"})
        return see("people.me", _("Your settings are saved."))
    return render_template("people/settings.html", form=form), form.status


def password() -> ResponseReturnValue:
    """Change one's own password."""
    form = ChangePasswordForm()
    if form.sent():
        try:
            _change(form)
            return see("people.me", _("Your password is changed. You are signed out everywhere else."))
        except Refusal as refusal:
            form.refuse(refusal)
            return render_template("people/password.html", form=form), refusal.status, retry_after(refusal)
    return render_template("people/password.html", form=form), form.status


def _change(form: ChangePasswordForm) -> None:
    """A wrong password counts with those at the sign-in page: whoever sits at an open browser may not try more of them here."""
    org, at, who = current_app.extensions["settings"].org_name, now(), the_who()
    given = {"old": form.old.data or "", "new": form.password.data or "", "token": current_token() or ""}
    try:
        with unit_of_work() as session:
            mine = session.get_one(Person, who.id)
            token = profile.change_password(session, mine, **given, address=address(), org_name=org, at=at, door=this_door())
    except WrongPassword:
        with unit_of_work() as session:
            note_failure(session, email=who.email, address=address(), at=at, door=this_door())
        raise
    begin_session(token, who)


def end_session(uuid: str) -> ResponseReturnValue:
    """Sign out on another device."""
    with unit_of_work() as session:
        profile.end_session(session, the_who().id, uuid)
    return see("people.me", _("That device is signed out."), anchor="sessions")


def everything() -> ResponseReturnValue:
    """Everything we hold about the person who asks, room by room, and who looked at it."""
    who = the_who()
    return render_template(
        "people/everything.html",
        sections=everything_sections(reading(), who.id, current_app.extensions["holdings"]),
        looks=look_lines(_looks(who)),
    )


def everything_json() -> ResponseReturnValue:
    """The same as a file that other software reads."""
    who = the_who()
    document = everything_document(reading(), who.id, current_app.extensions["holdings"], _looks(who))
    body = json.dumps(document, ensure_ascii=False, indent=2, default=str)
    return Response(body, mimetype="application/json", headers={"Content-Disposition": "attachment; filename=socii-about-me.json"})


def _looks(who: Who) -> list[LookLine]:
    """Who looked in the last twelve months."""
    return looks_at(reading(), who.id, since=today_in(who.timezone, now()) - LOOKS_KEPT)
