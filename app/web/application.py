"""Flask, with what every page asks for again and again kept at hand: its globals as one dictionary, and addresses written once."""

from collections.abc import Callable, MutableMapping
from typing import Any, Final

from flask import Flask
from flask.templating import Environment

MOST: Final = 20_000
LONGEST: Final = 200
"""Addresses with somebody's own words in them may be longer; those are never asked for again."""


class Workshop(Environment):
    """Flask's environment for templates whose globals are all the environment's own.

    Jinja compares them at every import of a component; in one dictionary that takes no time.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The environment's own, unless a template brings some."""
        return super().make_globals(d) if d else self.globals


class House(Flask):
    """Flask, with a memory for the addresses that it wrote before.

    An address depends on nothing but its endpoint and its values: the application stands at the root of its host, and `url_for` is
    never taught defaults.
    """

    jinja_environment = Workshop

    def __init__(self, *args: Any, **more: Any) -> None:
        """As Flask."""
        super().__init__(*args, **more)
        self._addresses: dict[tuple[Any, ...], str] = {}

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Nothing here is a coroutine, so nothing is asked whether it is one, ten times a request."""
        return func

    def url_for(  # Flask's own options, and nothing else that begins with a stroke
        self,
        /,
        endpoint: str,
        *,
        _anchor: str | None = None,
        _method: str | None = None,
        _scheme: str | None = None,
        _external: bool | None = None,
        **values: Any,
    ) -> str:
        """Flask's own, asked once for the same things."""
        if _anchor or _method or _scheme or _external or endpoint.startswith("."):
            return super().url_for(endpoint, _anchor=_anchor, _method=_method, _scheme=_scheme, _external=_external, **values)
        key = (endpoint, *values.items())
        try:
            return self._addresses[key]
        except KeyError:
            address = super().url_for(endpoint, **values)
        except TypeError:  # a list among the values
            return super().url_for(endpoint, **values)
        if len(address) > LONGEST:
            return address
        if len(self._addresses) >= MOST:
            self._addresses.clear()
        self._addresses[key] = address
        return address
