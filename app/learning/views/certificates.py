"""Certificates: one's own on screen and on paper, and the page where anybody may verify one."""

from typing import Final
from uuid import UUID

from flask import Response, make_response, render_template, request
from flask.typing import ResponseReturnValue
from limits import parse

from app.core.clock import now, today_in
from app.core.errors import NotFound, TooMany
from app.learning.actions.printing import print_certificate
from app.learning.presenters.certificates import Sheet, decided, printed, sheet
from app.learning.queries.certificates import Proof, certificate_of_code, decisions_about, own_certificate
from app.web.database import reading
from app.web.limits import is_spent, spend
from app.web.messages import see
from app.web.session import the_who

MISSES: Final = parse("60/minute")
"""How often one address may ask for codes that prove nothing; certificates that are looked up are never limited."""


def certificate(uuid: UUID) -> ResponseReturnValue:
    """One's own certificate, ready to print, with what was decided about it."""
    proof, page = _own(uuid)
    history = decided(decisions_about(reading(), proof), the_who().timezone)
    return render_template("learning/certificate.html", page=page, history=history)


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
