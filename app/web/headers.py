"""What every answer carries and what every request must satisfy before a room sees it."""

import secrets
from typing import Final
from urllib.parse import urlsplit

import structlog
from flask import Flask, Response, g, request
from werkzeug.exceptions import NotFound, RequestEntityTooLarge, RequestURITooLarge

from app.core.errors import Refusal
from app.core.ids import carried_id
from app.web.words import PlainRequest, RowNumber

SAFE_METHODS: Final = {"GET", "HEAD", "OPTIONS"}
LONGEST_URL: Final = 4096
MOST_FIELDS: Final = 1000
_SAME_FOR_ALL: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
_UNFRAMED: Final = ("X-Frame-Options", "DENY")
_ONLY_HTTPS: Final = ("Strict-Transport-Security", "max-age=31536000; includeSubDomains")


def init_headers(app: Flask, *, https: bool) -> None:
    """Register the hooks; with `https` browsers are told never to come back without it."""
    app.request_class = PlainRequest
    app.url_map.converters["int"] = RowNumber
    app.before_request(_arrive)
    if https:
        app.after_request(_https_only)  # what was registered last runs first
    app.after_request(_same_for_all)


def headers_of_all(*, https: bool) -> list[tuple[str, str]]:
    """What every answer carries besides its request's id, for an answer that is given ahead of Flask."""
    return [*_SAME_FOR_ALL.items(), _UNFRAMED, *([_ONLY_HTTPS] if https else [])]


def csp_nonce() -> str:
    """This answer's nonce, for the few script elements of the layout."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    nonce: str = g.csp_nonce
    return nonce


def _arrive() -> None:
    g.request_id = carried_id(request.headers.get("X-Request-Id", ""))
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request=g.request_id)
    if len(request.full_path) > LONGEST_URL:
        raise RequestURITooLarge
    if "\x00" in request.path:
        raise NotFound
    if request.method not in SAFE_METHODS:
        if not _from_here():
            raise Refusal("form.origin")
        if request.mimetype == "application/x-www-form-urlencoded" and request.get_data().count(b"&") >= MOST_FIELDS:
            raise RequestEntityTooLarge  # counted before anything is parsed, because parsing them is what costs


def _from_here() -> bool:
    origin = request.headers.get("Origin")
    if origin is None:
        return request.headers.get("Sec-Fetch-Site", "same-origin") in {"same-origin", "none"}
    try:
        return urlsplit(origin).netloc == request.host
    except ValueError:  # brackets that hold no address
        return False


def _same_for_all(response: Response) -> Response:
    headers = response.headers
    headers["X-Request-Id"] = g.get("request_id", "")
    headers.update(_SAME_FOR_ALL)
    headers.setdefault(*_UNFRAMED)
    if response.mimetype == "text/html" and "Content-Security-Policy" not in headers:
        headers["Content-Security-Policy"] = (
            f"default-src 'none'; script-src 'self' 'nonce-{csp_nonce()}'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
            "connect-src 'self'; media-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; "
            "frame-ancestors 'none'"
        )
    if "Cache-Control" not in headers:
        headers["Cache-Control"] = "no-store"
    if g.get("who") is not None:
        response.vary.add("Cookie")
        if "public" in headers["Cache-Control"]:
            headers["Cache-Control"] = "private, no-store"
    return response


def _https_only(response: Response) -> Response:
    response.headers.setdefault(*_ONLY_HTTPS)
    return response
