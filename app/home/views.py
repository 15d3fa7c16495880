"""The front page and the search."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from app.core.clock import now, today_in
from app.home.presenters import front, lessons_found, running_versions, stories_found
from app.home.queries import mine
from app.home.rules import LONGEST_QUERY
from app.learning.queries.content import course_documents, in_order, published_courses
from app.learning.queries.levels import passes_in, steps_through
from app.library.queries.reading import open_stories, stories_for
from app.web.database import reading
from app.web.i18n import choose_locale
from app.web.session import the_who

MOST_STORIES = 3


def index() -> ResponseReturnValue:
    """Where an employee lands: one thing to do next, what is worth sharing, and the way through the levels."""
    who, session, at, locale = the_who(), reading(), now(), choose_locale()
    today = today_in(who.timezone, at)
    found = mine(session, who.id, on=today, at=at)
    courses = in_order(session, found.courses)
    documents = course_documents(session, running_versions(found))
    times = {course_id: [each.time for each in found.times if each.course_id == course_id] for course_id in {each.course_id for each in found.times}}
    steps = steps_through(courses, passes_in(times), found.certificates, on=today)
    stories = stories_for(session, who, found.edition_ids)[:MOST_STORIES]
    return render_template("home/index.html", page=front(who, found, documents, steps, stories, locale=locale, today=today, at=at))


def search_box(**_about: object) -> Markup:
    """On the catalogue, and on the pages of stories: the field that the key / reaches."""
    return Markup(render_template("home/parts/search_box.html"))  # noqa: S704  # a rendered template


def search() -> ResponseReturnValue:
    """Lessons and open stories that hold every word; nothing that this person could not open."""
    who, session, locale = the_who(), reading(), choose_locale()
    text = request.args.get("q", "").replace("\x00", "").strip()[:LONGEST_QUERY]
    lessons = lessons_found(text, published_courses(session), locale) if text else []
    stories = stories_found(text, open_stories(session, who, at=now()), locale) if text else []
    return render_template("home/search.html", text=text, lessons=lessons, stories=stories)
