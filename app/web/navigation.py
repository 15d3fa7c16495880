"""The places of the house that a person may enter, for the bar at the bottom and the rail at the left."""

from dataclasses import dataclass

from flask import current_app, request, url_for

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
    here = request.blueprint
    return [
        Entry(str(place.label), url_for(place.endpoint), place.icon, place.endpoint.split(".")[0] == here, "desk" if place.desk else "main")
        for place in current_app.extensions["places"]
        if place.may(who)
    ]
