"""What courses are called in the audit log."""

from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.core.who import Who
from app.learning.presenters.words import said
from app.learning.queries.content import course_names
from app.web.room import Named


def courses_named(session: Session, ids: set[str], *, who: Who, at: datetime) -> dict[str, Named]:  # noqa: ARG001  # every room answers in this shape
    """Courses, with the way to those that are open; everybody may take every course."""
    found = course_names(session, ids)
    return {
        uuid: Named(_("the course “%(title)s”", title=said(course.title)), url_for("learning.course", slug=course.slug) if course.is_open else "")
        for uuid, course in found.items()
    }
