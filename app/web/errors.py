"""Refusals become sentences and status codes here, and nowhere else: as a page, a fragment or problem+json."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import structlog
from flask import Flask, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, SecurityError

from app.core.errors import NotFound, Refusal
from app.web.i18n import clock
from app.web.safe import local_path

log = structlog.get_logger()
_sentences: dict[str, Any] = {
    "not_found": lazy_gettext("This page does not exist, or is not meant for you."),
    "text.empty": lazy_gettext("Write something that can be seen."),
    "text.long": lazy_gettext("Keep it under %(longest)s characters."),
    "form.unknown": lazy_gettext("The form sent a field that it does not have. Reload the page and try again."),
    "form.origin": lazy_gettext("The form was sent from another address. Open the page here and try again."),
    "form.old": lazy_gettext("The page was open too long. Your text is still here; send it again."),
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
    return str(text) % told if told and "%(" in str(text) else str(text)


def known_codes() -> frozenset[str]:
    """Every refusal code that has a sentence."""
    return frozenset(_sentences)


def init_errors(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(SignInFirst, _to_sign_in)
    app.register_error_handler(Refusal, lambda refusal: _answer(refusal.status, sentence(refusal), refusal))
    app.register_error_handler(CSRFError, lambda _error: _answer(400, str(_sentences["form.old"])))
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(OperationalError, _database_away)
    app.register_error_handler(500, _broken)


def _to_sign_in(detour: SignInFirst) -> ResponseReturnValue:
    can_be_opened = request.url_rule is not None and "GET" in (request.url_rule.methods or ())
    back = local_path(detour.path.rstrip("?")) if can_be_opened else None
    return redirect(url_for("people.sign_in", next=back), 303)


def _http(error: HTTPException) -> ResponseReturnValue:
    code = error.code or 500
    if code < 400 or isinstance(error, SecurityError):
        return error  # for a host that is not ours no page can be drawn: there is no address to build links on
    if code == 404:
        return _answer(404, sentence(NotFound()))
    text = _STATUS_SENTENCES.get(code)
    return _answer(code, str(text) if text is not None else gettext("This did not work. Go back and try again."))


def _database_away(error: OperationalError) -> ResponseReturnValue:
    log.error("database_unavailable", error=type(error.orig).__name__)
    return _answer(503, str(_sentences["unavailable"]))


def _broken(_error: Exception) -> ResponseReturnValue:
    return _answer(500, str(_STATUS_SENTENCES[500]))


def _answer(status: int, text: str, refusal: Refusal | None = None) -> ResponseReturnValue:
    headers = {}
    if refusal is not None and "retry_after_seconds" in refusal.data:
        headers["Retry-After"] = str(refusal.data["retry_after_seconds"])
    if request.path.startswith("/api/") or request.accept_mimetypes.best == "application/json":
        body = jsonify(type=f"about:blank#{refusal.code if refusal else status}", title=text, status=status)
        body.mimetype = "application/problem+json"
        return body, status, headers
    template = "errors/fragment.html" if request.headers.get("HX-Request") else "errors/page.html"
    return render_template(template, status=status, sentence=text), status, headers
