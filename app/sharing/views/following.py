"""Following a link: the one address of the house that strangers open by the thousand.

`app.sharing.views.ahead` answers in its place what this process knows already, and is held to answer the same.
"""

from collections.abc import Mapping
from typing import Any, Final

from flask import Response, current_app, g, render_template, request
from flask.typing import ResponseReturnValue
from limits import parse
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.datastructures import Headers

from app.core.clock import now
from app.core.errors import TooMany, Unavailable
from app.sharing.actions.counting import Doorway, note_click
from app.sharing.queries.destinations import Destination
from app.sharing.views.ahead import UNSEEN
from app.web.limits import is_spent, spend

MISSES: Final = parse("60/minute")
"""How often one address may ask for codes that lead nowhere; links that people read are never limited."""


class AsStored(Response):
    """An answer whose Location leaves the house byte for byte as it was stored: a bracket in it stays a bracket."""

    def get_wsgi_headers(self, environ: Mapping[str, Any]) -> Headers:
        """As the framework writes them, which would spell the address anew."""
        headers = super().get_wsgi_headers(environ)  # type: ignore[arg-type]  # the framework names its own kind of mapping
        headers["Location"] = self.headers["Location"]
        return headers


def follow(code: str) -> ResponseReturnValue:
    """Send a reader on to what was shared; without session, cookie or template, whatever else the address says."""
    g.who = None
    doorway: Doorway = current_app.extensions["doorway"]
    known, found = doorway.destinations.cached(code)
    if found is None:
        if not doorway.destinations.remembers(code) and is_spent(MISSES, "sharing.follow"):
            raise TooMany("too_many", retry_after_seconds=60)
        found = None if known else _ask(doorway, code)
    if found is None:
        spend(MISSES, "sharing.follow")
        return _ended()
    note_click(doorway, found.link_id, request.environ, request=g.request_id, at=now())
    answer = AsStored(status=302, headers={"Location": found.target, **UNSEEN})
    del answer.headers["Content-Type"]  # there is nothing to read here, not even for a moment
    return answer


def _ask(doorway: Doorway, code: str) -> Destination | None:
    try:
        return doorway.destinations.ask(code)
    except SQLAlchemyError:
        raise Unavailable("unavailable") from None


def _ended() -> ResponseReturnValue:
    """The same page for a code that was recalled and one that never was."""
    page = render_template("sharing/ended.html", home=current_app.extensions["settings"].org_url)
    return page, 200, UNSEEN
