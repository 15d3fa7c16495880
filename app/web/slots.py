"""Places on a page that rooms further up may fill, so that a lower room never has to know them.

A room's `routes.py` says `room.fill("story.share", function)`; a template below prints `{{ slot("story.share", story=story) }}`. The
function returns safe markup, or "" for nothing.
"""

from typing import Any

from flask import current_app
from markupsafe import Markup


def slot(name: str, **about: Any) -> Markup:
    """What the rooms above have to say at this place, in the order in which they moved in."""
    fillings = current_app.extensions["slots"].get(name, ())
    return Markup("").join(filling(**about) for filling in fillings)  # fillings are rendered templates
