"""House matters under /-/: whether we live, whether we are ready, and the gallery of components."""

from flask import current_app, jsonify, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app.core.errors import NotFound
from app.core.who import anyone
from app.web.database import reading
from app.web.room import Room


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


room = Room("house", __name__, url_prefix="/-")
room.page("/live", "live", live, may=anyone)
room.page("/ready", "ready", ready, may=anyone)
room.page("/components", "components", components, may=anyone)
