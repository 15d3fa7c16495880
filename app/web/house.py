"""House matters under /-/: whether we live, whether we are ready, the company's colours and logo, and the gallery of components."""

from typing import Final

from flask import Response, current_app, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app.core.errors import NotFound
from app.core.who import anyone
from app.web.database import reading
from app.web.room import Room

_POLICY: Final = "sandbox; default-src 'none'; style-src 'unsafe-inline'"
"""A logo opened on its own is a document: it may paint itself and nothing else."""


def live() -> ResponseReturnValue:
    """The process answers."""
    return jsonify(status="alive")


def ready() -> ResponseReturnValue:
    """The process can do its work: the database answers."""
    try:
        reading().execute(text("SELECT 1"))
    except SQLAlchemyError:
        return jsonify(status="waiting", missing=["database"]), 503
    return jsonify(status="ready")


def components() -> ResponseReturnValue:
    """Every component on one page, in development only."""
    if current_app.extensions["settings"].is_production:
        raise NotFound
    return render_template("components/gallery.html")


def brand(name: str) -> ResponseReturnValue:
    """The company's colours or its logo. What stands at an address never changes."""
    served = current_app.extensions["brand"].served(request.path)
    if served is None:
        raise NotFound
    response = Response(served.content, mimetype=served.kind)
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    response.set_etag(name)
    return response.make_conditional(request)


room = Room("house", __name__, url_prefix="/-")
room.page("/live", "live", live, may=anyone)
room.page("/ready", "ready", ready, may=anyone)
room.page("/components", "components", components, may=anyone)
room.street("/brand-<name>", "brand", brand)
room.street("/logo-<name>", "logo", brand)
