"""Ahead of Flask: a short link that this process knows is answered here, a few microseconds after it was asked for.

`app.sharing.views.following.follow` says what the answer is, and gives every answer that is not given here: whatever is odd about a request
(its host, its method, its spelling, its length), unknown, known for too long or closed goes on to it as if this layer were not there.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any, Final

from app.core.clock import now
from app.core.ids import carried_id
from app.sharing.actions.counting import Doorway, note_click
from app.sharing.queries.destinations import Destination

Environ = dict[str, Any]
Wsgi = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

STREET: Final = "/s/"
UNSEEN: Final = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}
"""What keeps an answer out of caches and search engines."""
_LONGEST_QUERY: Final = 1000
"""Longer ones are looked at by those who refuse what is too long."""


class Ahead:
    """The layer in front of everything else; it keeps nothing but what it is made of."""

    def __init__(self, behind: Wsgi, doorway: Callable[[], Doorway], *, hosts: Collection[str], always: Sequence[tuple[str, str]]) -> None:
        """`behind` answers what is not answered here, `hosts` may be asked for, and `always` stands on every answer of the house."""
        self._behind, self._doorway = behind, doorway
        self._hosts = frozenset(hosts)
        self._unseen, self._always = list(UNSEEN.items()), [*always, ("Content-Length", "0")]

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer a known link, or let the others answer."""
        path = environ.get("PATH_INFO", "")
        found = self._known(environ, path[len(STREET) :]) if path.startswith(STREET) else None
        if found is None:
            return self._behind(environ, start_response)
        request = carried_id(environ.get("HTTP_X_REQUEST_ID", ""))
        note_click(self._doorway(), found.link_id, environ, request=request, at=now())
        start_response("302 FOUND", [("Location", found.target), *self._unseen, ("X-Request-Id", request), *self._always])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [b""]

    def _known(self, environ: Environ, code: str) -> Destination | None:
        plain = (
            environ["REQUEST_METHOD"] in {"GET", "HEAD"}
            and environ.get("HTTP_HOST") in self._hosts
            and not environ.get("SCRIPT_NAME")
            and len(environ.get("QUERY_STRING", "")) <= _LONGEST_QUERY
        )
        return self._doorway().destinations.cached(code)[1] if plain else None
