"""Views of the people room that have to do with signing in."""

from datetime import timedelta
from typing import Final

from flask import current_app, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from limits import RateLimitItemPerMinute

from app.core.clock import now
from app.core.crypto import digest
from app.core.errors import Invalid, Refusal, TooMany
from app.people.actions.auditing import Door
from app.people.actions.signing_in import ask_for_link, invited_person, note_failure, set_password
from app.people.actions.signing_in import sign_in as open_session
from app.people.actions.signing_in import sign_out as close_session
from app.people.errors import WrongSignIn
from app.people.forms import ChoosePasswordForm, ForgottenForm, SignInForm
from app.people.queries import who_of_session
from app.people.rules import ADDRESS_FAILURES, WINDOW
from app.web.database import reading, unit_of_work
from app.web.door import address, address_class, device, request_id
from app.web.limits import is_spent, spend
from app.web.messages import see, see_path
from app.web.safe import local_path
from app.web.session import begin_session, current_token, current_who, end_session

ASKING: Final = RateLimitItemPerMinute(ADDRESS_FAILURES, WINDOW.seconds // 60)
"""How often one address may ask for letters with links, whoever they are for."""


def this_door() -> Door:
    """What the audit log keeps of where a change came in."""
    return Door(request_id(), address_class())


def sign_in() -> ResponseReturnValue:
    """Sign in with address and password, and go on to where the person was going."""
    onward = local_path(request.args.get("next")) or "/"
    if current_who() is not None:
        return see_path(onward)
    form = SignInForm()
    if form.sent():
        try:
            _open(form)
            return see_path(onward)
        except Refusal as refusal:
            form.refuse(refusal)
            return _sign_in_page(form), refusal.status, retry_after(refusal)
    return _sign_in_page(form), form.status


def _open(form: SignInForm) -> None:
    settings, at = current_app.extensions["settings"], now()
    tried = {"email": form.email.data or "", "address": address()}
    try:
        with unit_of_work() as session:
            life = timedelta(hours=settings.session_hours)
            opened = open_session(session, **tried, password=form.password.data or "", device=device(), life=life, at=at, door=this_door())
    except WrongSignIn:
        with unit_of_work() as session:
            note_failure(session, **tried, at=at, door=this_door())
        raise
    who = who_of_session(reading(), digest(opened.token), at=at)
    if who is not None:
        begin_session(opened.token, who)


def _sign_in_page(form: SignInForm) -> str:
    return render_template("people/sign_in.html", form=form, personas=current_app.extensions["personas"], onward=request.full_path.rstrip("?"))


def retry_after(refusal: Refusal) -> dict[str, str]:
    """The header that says when to come back, if the refusal knows."""
    return {"Retry-After": str(refusal.data["retry_after_seconds"])} if "retry_after_seconds" in refusal.data else {}


def sign_out() -> ResponseReturnValue:
    """End this session; the browser forgets the lessons and stories that it could keep (decision 0011), and Back shows nothing any more."""
    token = current_token()
    if token:
        with unit_of_work() as session:
            close_session(session, token)
    end_session()
    answer = make_response(see("people.sign_in", _("You are signed out.")))
    answer.headers["Clear-Site-Data"] = '"cache"'  # what it may keep, it may keep while somebody is signed in
    return answer


def forgotten() -> ResponseReturnValue:
    """Ask for a link; the answer is the same for every address."""
    form = ForgottenForm()
    if form.sent():
        if is_spent(ASKING, "people.forgotten"):
            raise TooMany("too_many", retry_after_seconds=int(WINDOW.total_seconds()))
        spend(ASKING, "people.forgotten")
        with unit_of_work() as session:
            ask_for_link(session, email=form.email.data or "", at=now())
        return see("people.sign_in", _("If we know that address, an e-mail with a link is on its way. The link works for an hour."))
    return render_template("people/forgotten.html", form=form), form.status


def choose_password(token: str) -> ResponseReturnValue:
    """Follow a link from a letter and choose a password."""
    form = ChoosePasswordForm()
    if form.sent():
        try:
            with unit_of_work() as session:
                org = current_app.extensions["settings"].org_name
                set_password(session, token, form.password.data or "", org_name=org, at=now(), door=this_door())
            end_session()
            return see("people.sign_in", _("Your password is set. Sign in with it."))
        except Invalid as refusal:
            form.refuse(refusal)
    person = invited_person(reading(), token, at=now())
    if person is None:
        return render_template("people/link_over.html"), 410
    return render_template("people/choose_password.html", form=form, name=person.name), form.status
