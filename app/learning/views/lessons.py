"""Reading a lesson, and going on to the next."""

from flask import current_app, make_response, render_template, request
from flask import session as cookie
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.clock import now
from app.core.crypto import digest
from app.core.errors import NotFound
from app.core.who import Who
from app.learning.actions.enrolling import finish_lesson
from app.learning.forms import DeedForm
from app.learning.presenters.lesson import lesson_page
from app.learning.queries.content import course_document
from app.learning.queries.progress import FoundCourse, find_course
from app.web.assets import release
from app.web.database import reading, unit_of_work
from app.web.i18n import language
from app.web.messages import see
from app.web.session import the_who


def lesson(slug: str, name: str) -> ResponseReturnValue:
    """One lesson; unchanged since the last time, it costs a 304 before any template."""
    who, session = the_who(), reading()
    found = find_course(session, slug, who.id)
    if found is None:
        raise NotFound
    tag = _tag(found, name, who)
    if "_flashes" not in cookie and request.if_none_match.contains(tag):
        response = make_response("", 304)
    else:
        page = lesson_page(found, course_document(session, found.version_id), name)
        if page is None:
            raise NotFound
        has_message = "_flashes" in cookie
        response = make_response(render_template("learning/lesson.html", page=page))
        tag = tag if "csrf_token" in cookie and not has_message else ""
    response.headers["Cache-Control"] = "private, no-cache"
    if tag:
        response.set_etag(tag)
    return response


def _tag(found: FoundCourse, name: str, who: Who) -> str:
    """A strong mark of everything on the page: content, progress, language, looks, person, and the proof in its form."""
    mine = (found.now.id, found.now.state, *sorted(found.now.done)) if found.now else ()
    org = (current_app.extensions["settings"].org_name, current_app.extensions["brand"].address_of_sheet)
    parts = (found.version_id, found.slug, name, mine, language(), release(), org, who.uuid, who.theme, cookie.get("csrf_token"))
    return digest(repr(parts))[:32]


def finish(slug: str, name: str) -> ResponseReturnValue:
    """Mark the lesson as done and go on: to the next, or to the quiz."""
    DeedForm().sent()
    with unit_of_work() as session:
        following = finish_lesson(session, person_id=the_who().id, slug=slug, name=name, at=now())
    if following is None:
        return see("learning.course", _("That was the last lesson. The quiz is open."), slug=slug, anchor="quiz")
    return see("learning.lesson", slug=slug, name=following.name)
