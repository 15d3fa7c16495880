"""What the learning room adds to the page Me."""

from flask import render_template
from markupsafe import Markup

from app.core.clock import now, today_in
from app.core.who import Who
from app.learning.presenters.me import my_learning
from app.learning.presenters.visibility import the_visibility
from app.learning.queries.certificates import own_certificates
from app.learning.queries.progress import my_courses
from app.web.database import reading


def sections(who: Who) -> Markup:
    """My courses and my certificates."""
    session, on = reading(), today_in(who.timezone, now())
    courses, proofs = my_courses(session, who.id), own_certificates(session, who.id)
    page = my_learning(courses, proofs, visibility=the_visibility(), on=on, zone=who.timezone)
    return Markup(render_template("learning/me.html", page=page))  # noqa: S704  # a rendered template
