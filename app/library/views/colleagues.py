"""Whom an author may ask to answer replies, while the name is typed."""

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from app.library.presenters.colleagues import suggestions
from app.library.queries.hub import MOST_CALLED
from app.people.queries.colleagues import colleagues_called
from app.web.database import reading


def colleagues() -> ResponseReturnValue:
    """The colleagues who are called `?q=`, for the editor's script: name, job title and department."""
    found = colleagues_called(reading(), request.args.get("q", ""), most=MOST_CALLED)
    return jsonify(suggestions(found, most=MOST_CALLED))
