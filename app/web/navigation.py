"""The places of the house that a person may enter, for the bar at the bottom and the rail at the left."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import current_app, request, url_for
from markupsafe import Markup

from app.web.printed import printed
from app.web.room import Place
from app.web.session import current_who


@dataclass(frozen=True)
class Entry:
    """One entry as the layout prints it; `place` is "main" (bar and rail) or "desk" (rail only)."""

    label: str
    href: str
    icon: str
    current: bool
    place: str


def navigation() -> list[Entry]:
    """The entries for whoever is signed in, in order; none for strangers."""
    who = current_who()
    return [_entry(place, current=_is_here(place)) for place in _places() if place.may(who)] if who else []


def rail(*, lost: bool = False) -> Markup:
    """The entries as the bar and the rail show them; on a page that says no (`lost`) none of them is where one is."""
    who = current_who()
    if who is None:
        return Markup()
    here = {place.endpoint: not lost and _is_here(place) for place in _places() if place.may(who)}
    return printed("layouts/parts/places.html", tuple(here.items()), lambda: {"places": _entries(here)})


def _entries(here: Mapping[str, bool]) -> list[Entry]:
    return [_entry(place, current=here[place.endpoint]) for place in _places() if place.endpoint in here]


def _places() -> list[Place]:
    places: list[Place] = current_app.extensions["places"]
    return places


def _is_here(place: Place) -> bool:
    href = url_for(place.endpoint)
    return request.path == href if href == "/" else request.path.startswith(place.under or href)


def _entry(place: Place, *, current: bool) -> Entry:
    return Entry(str(place.label), url_for(place.endpoint), place.icon, current, "desk" if place.desk else "main")
