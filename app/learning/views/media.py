"""Pictures of courses: kept under the digest of their content, so that a browser fetches each only once."""

import re
from typing import Final

from flask import Response, current_app, request
from flask.typing import ResponseReturnValue

from app.core.errors import NotFound
from app.learning.actions.publishing import SHELF
from app.learning.adapters.pictures import TYPES

_NAME: Final = re.compile(r"[0-9a-f]{32}\.(\w+)")
_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""A drawing opened on its own is a document: it may paint itself and nothing else."""


def media(name: str) -> ResponseReturnValue:
    """One picture. What it shows never changes, so a browser may keep it for a year; caches along the way may not."""
    known = _NAME.fullmatch(name)
    kind = TYPES.get(known.group(1)) if known else None
    content = current_app.extensions["storage"].get(SHELF + name) if kind else None
    if content is None:
        raise NotFound
    response = Response(content, mimetype=kind)
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    response.set_etag(name)
    return response.make_conditional(request)
