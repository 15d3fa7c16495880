"""Certificates: one's own on screen and on paper, and the page where anybody may verify one."""

from typing import Final
from uuid import UUID

from flask import Response, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from limits import parse

from app.core.clock import now, today_in
from app.core.errors import Conflict, NotFound, TooMany
from app.learning.actions.printing import print_certificate
from app.learning.actions.sharing_certificates import share_certificate, stop_sharing
from app.learning.forms import DeedForm
from app.learning.presenters.certificates import Sheet, decided, printed, sheet
from app.learning.presenters.visibility import the_visibility, with_hr
from app.learning.queries.certificates import Proof, certificate_of_code, decisions_about, own_certificate
from app.web.database import reading, unit_of_work
from app.web.errors import sentence
from app.web.limits import is_spent, spend
from app.web.messages import see
from app.web.session import the_who

MISSES: Final = parse("60/minute")
"""How often one address may ask for codes that prove nothing; certificates that are looked up are never limited."""


def certificate(uuid: UUID) -> ResponseReturnValue:
    """One's own certificate, ready to print, with what was decided about it."""
    proof, page = _own(uuid)
    zone = the_who().timezone
    history, hr = decided(decisions_about(reading(), proof), zone), with_hr(proof, the_visibility(), zone)
    return render_template("learning/certificate.html", page=page, history=history, hr=hr)


def share(uuid: UUID) -> ResponseReturnValue:
    """Let HR see one's certificate by name."""
    DeedForm().sent()
    try:
        with unit_of_work() as session:
            share_certificate(session, the_who().id, str(uuid), visibility=the_visibility(), at=now())
    except Conflict as refusal:
        return _back(uuid, sentence(refusal), meaning="careful")
    return _back(uuid, _("HR sees this certificate by name from now on."))


def stop(uuid: UUID) -> ResponseReturnValue:
    """Take that back."""
    DeedForm().sent()
    with unit_of_work() as session:
        stop_sharing(session, the_who().id, str(uuid), at=now())
    return _back(uuid, _("HR no longer sees this certificate by name."))


def _back(uuid: UUID, message: str, *, meaning: str = "done") -> ResponseReturnValue:
    """To the list under Me for whoever came from there, else to the certificate."""
    if request.args.get("from") == "me":
        return see("people.me", message, meaning=meaning, anchor="certificates")
    return see("learning.certificate", message, meaning=meaning, uuid=uuid, anchor="with-hr")


def certificate_pdf(uuid: UUID) -> ResponseReturnValue:
    """The same sheet as a file to keep."""
    _proof, page = _own(uuid)
    response = Response(print_certificate(printed(page)), mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="certificate-{page.code}.pdf"'
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _own(uuid: UUID) -> tuple[Proof, Sheet]:
    who = the_who()
    proof = own_certificate(reading(), who.id, str(uuid))
    if proof is None:
        raise NotFound
    return proof, sheet(proof, today_in(who.timezone, now()), zone=who.timezone)


def verify() -> ResponseReturnValue:
    """Where a code is typed in."""
    code = "".join(request.args.get("code", "")[:40].split())
    if code.isalnum():
        return see("learning.verification", code=code)
    return _unlisted(render_template("learning/verify.html", missed=bool(code)), 404 if code else 200)


def verification(code: str) -> ResponseReturnValue:
    """What a code proves, for anybody. All codes that prove nothing get one and the same page; too many of them, none at all."""
    if is_spent(MISSES, "learning.verification"):
        raise TooMany("too_many", retry_after_seconds=60)
    proof = certificate_of_code(reading(), code)
    if proof is None:
        spend(MISSES, "learning.verification")
        return _unlisted(render_template("learning/verify.html", missed=True), 404)
    return _unlisted(render_template("learning/verification.html", page=sheet(proof, now().date(), zone="UTC")))


def _unlisted(page: str, status: int = 200) -> Response:
    """Names of people are not for search engines."""
    response = make_response(page, status)
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response
