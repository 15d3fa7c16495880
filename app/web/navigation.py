"""The places of the house that a person may enter, for the bar at the bottom and the rail at the left."""

from dataclasses import dataclass

from flask import current_app, request, url_for

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
    """The entries for whoever is signed in, in order."""
    who = current_who()
    return [_entry(place) for place in current_app.extensions["places"] if place.may(who)]


def _entry(place: Place) -> Entry:
    href = url_for(place.endpoint)
    here = request.path == href if href == "/" else request.path.startswith(place.under or href)
    return Entry(str(place.label), href, place.icon, here, "desk" if place.desk else "main")
