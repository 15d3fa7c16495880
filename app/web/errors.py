"""Refusals become sentences and status codes here, and nowhere else: as a page, a fragment or problem+json."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from urllib.parse import unquote, urlsplit

import structlog
from flask import Flask, current_app, g, jsonify, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnection
from werkzeug.exceptions import HTTPException, SecurityError

from app.core.errors import NotFound, Refusal
from app.core.who import Who
from app.web.i18n import clock, put_into
from app.web.messages import see_path
from app.web.proof import hold_as_old
from app.web.safe import local_path, path_of_ours
from app.web.session import current_who

log = structlog.get_logger()
MEGABYTE: Final = 1024 * 1024
_sentences: dict[str, Any] = {
    "not_found": lazy_gettext("This page does not exist, or is not meant for you."),
    "text.empty": lazy_gettext("Write something that can be seen."),
    "text.long": lazy_gettext("Keep it to %(longest)s characters at most."),
    "text.marks": lazy_gettext("A letter carries more marks than anybody can read. Take some of them away."),
    "form.unknown": lazy_gettext("The form sent a field that it does not have. Reload the page and try again."),
    "form.origin": lazy_gettext("The form was sent from another address. Open the page here and try again."),
    "form.old": lazy_gettext("The page was open too long. Your text is still here; send it again."),
    "form.again": lazy_gettext("The page was open too long. It is fresh now: press the button once more."),
    "form.over": lazy_gettext("The page was open too long. Go back, load it anew and send it again."),
    "form.large": lazy_gettext("That is too large to send: at most %(most)s MB can be sent here."),
    "too_many": lazy_gettext("Too many tries. Wait a few minutes and try again."),
    "unavailable": lazy_gettext("We cannot reach our own data at present. Nothing is lost; try again in a minute."),
}
_STATUS_SENTENCES: dict[int, Any] = {
    400: lazy_gettext("The request makes no sense to us. Go back and try again."),
    405: lazy_gettext("This address cannot be opened like that. Go back and use the button on the page."),
    413: lazy_gettext("That is too large to send."),
    414: lazy_gettext("That address is too long."),
    429: lazy_gettext("Too many tries. Wait a few minutes and try again."),
    500: lazy_gettext("Something broke on our side. It has been written down; try again in a minute."),
}


class SignInFirst(Exception):  # not an error: a detour
    """A stranger asked for a page that needs a session; they come back to it after signing in."""

    def __init__(self, path: str) -> None:
        """`path` is where they wanted to go."""
        super().__init__(path)
        self.path = path


def learn_sentences(sentences: Mapping[str, Any]) -> None:
    """Add a room's refusal codes and their sentences."""
    _sentences.update(sentences)


def sentence(refusal: Refusal) -> str:
    """The refusal in the reader's language; says what to do. A moment in its data is told as the time of day, in the reader's zone."""
    text = _sentences.get(refusal.code)
    if text is None:
        text = _STATUS_SENTENCES[400]
    told = {name: clock(value) if isinstance(value, datetime) else value for name, value in refusal.data.items()}
    return put_into(str(text), told) if told and "%(" in str(text) else str(text)


def known_codes() -> frozenset[str]:
    """Every refusal code that has a sentence."""
    return frozenset(_sentences)


def init_errors(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(SignInFirst, _to_sign_in)
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(CSRFError, _old_proof)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(OperationalError, _database_away)
    app.register_error_handler(NoConnection, _database_away)
    app.register_error_handler(500, _broken)


def _to_sign_in(detour: SignInFirst) -> ResponseReturnValue:
    back = local_path(detour.path.rstrip("?")) if _has_page() else None
    return redirect(url_for("people.sign_in", next=back), 303)


def _refused(refusal: Refusal) -> ResponseReturnValue:
    """A deed that was refused leads back to the page with its button; what does not exist has no such page."""
    _reader()
    back = _came_from() if refusal.status < 500 and not isinstance(refusal, NotFound) and _is_deed() else None
    return see_path(back, sentence(refusal), meaning="careful") if back else _answer(refusal.status, sentence(refusal), refusal)


def _old_proof(_error: CSRFError) -> ResponseReturnValue:
    """The form again with what was typed, or the page with the button again; what was asked is not done (see `app.web.proof`)."""
    _reader()
    if not _is_navigation():
        return _answer(400, str(_sentences["form.old"]))
    again = _form_again() if _shows_what_was_typed() else None
    if again is not None:
        return again
    back = _came_from() if _is_deed() else None
    if back:
        return see_path(back, str(_sentences["form.again"]), meaning="careful")
    return _answer(400, str(_sentences["form.over"]))


def _form_again() -> ResponseReturnValue | None:
    """What the form's own view shows while nothing may be done; None when it would lead elsewhere."""
    hold_as_old()
    try:
        answer = make_response(current_app.view_functions[request.endpoint or ""](**(request.view_args or {})))
    except Exception as error:  # noqa: BLE001  # whatever it is, it is answered as the view's own would be; an unknown one is raised again
        return current_app.handle_user_exception(error)
    if 300 <= answer.status_code < 400:
        return None
    answer.status_code = 400
    return answer


def _http(error: HTTPException) -> ResponseReturnValue:
    _reader()
    code = error.code or 500
    if code < 400 or isinstance(error, SecurityError):
        return error  # for a host that is not ours no page can be drawn: there is no address to build links on
    if code == 404:
        return _answer(404, sentence(NotFound()))
    if code == 413 and (request.content_length or 0) > (most := request.max_content_length or 0) >= MEGABYTE:
        return _answer(413, put_into(str(_sentences["form.large"]), {"most": most // MEGABYTE}))
    text = _STATUS_SENTENCES.get(code)
    return _answer(code, str(text) if text is not None else gettext("This did not work. Go back and try again."))


def _database_away(error: OperationalError | NoConnection) -> ResponseReturnValue:
    """The database does not answer, or every connection to it is taken."""
    log.error("database_unavailable", error=type(getattr(error, "orig", error)).__name__)
    g.setdefault("who", None)  # whoever could not be read yet is not asked for again
    return _answer(503, str(_sentences["unavailable"]))


def _broken(_error: Exception) -> ResponseReturnValue:
    g.setdefault("who", None)
    return _answer(500, str(_STATUS_SENTENCES[500]))


def _answer(status: int, text: str, refusal: Refusal | None = None) -> ResponseReturnValue:
    headers = {}
    if refusal is not None and "retry_after_seconds" in refusal.data:
        headers["Retry-After"] = str(refusal.data["retry_after_seconds"])
    if request.path.startswith("/api/") or request.accept_mimetypes.best == "application/json":
        body = jsonify(type=f"about:blank#{refusal.code if refusal else status}", title=text, status=status)
        body.mimetype = "application/problem+json"
        return body, status, headers
    if request.headers.get("HX-Request"):
        return render_template("errors/fragment.html", sentence=text), status, headers
    ways = {}
    if _reader():
        ways = {"back": _came_from(), "form_page": local_path(request.full_path.rstrip("?")) if status == 413 and _has_page() else None}
    return render_template("errors/page.html", status=status, sentence=text, **ways), status, headers


def page_of_form() -> str | None:
    """Where the page that answers a form can be opened anew: at the form's address, or at that of the page from which a deed was sent."""
    if request.method != "POST":
        return None
    return local_path(request.full_path.rstrip("?")) if _has_page() else _came_from()


def _reader() -> Who | None:
    """Whoever is signed in; None as well when that cannot be read, so that a refusal reads no further. Asked before its first word is chosen."""
    try:
        return current_who()
    except SQLAlchemyError:
        g.who = None
        return None


def _came_from() -> str | None:
    """The page of ours that the browser says it comes from: what was asked for, and whether that exists, has no part in it."""
    path = path_of_ours(request.referrer, request.host)
    if path is None:
        return None
    try:
        current_app.create_url_adapter(request).match(unquote(urlsplit(path).path), method="GET")  # type: ignore[union-attr]  # there is a request
    except HTTPException:
        return None
    return path


def _is_navigation() -> bool:
    """Whether a browser shows the answer as a page; a script that asks for something would take another page for success."""
    return "text/html" in request.headers.get("Accept", "") and "HX-Request" not in request.headers


def _has_page() -> bool:
    return request.url_rule is not None and "GET" in (request.url_rule.methods or ())


def _shows_what_was_typed() -> bool:
    """Whether the view itself answers what is not done with a page: a form's, and that of a deed which carries what somebody typed."""
    return _has_page() or (_is_deed() and request.endpoint in current_app.extensions["typed"])


def _is_deed() -> bool:
    """Whether somebody who is signed in pressed a button that has no page of its own."""
    return request.method == "POST" and not _has_page() and _is_navigation() and _reader() is not None
