"""What the reader of this request may see by name."""

from flask import current_app

from app.insight.policy import reach
from app.insight.queries.sight import Sight
from app.learning.rules.visibility import Visibility
from app.web.session import the_who


def the_sight() -> Sight:
    """The reach of whoever reads, and what the house lets be told by name."""
    return Sight(reach(the_who()), Visibility(current_app.extensions["settings"].voluntary_learning_visibility))
