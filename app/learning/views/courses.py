"""The catalogue, a course's page, and the deeds of a learner: enrol, pause, go on, leave."""

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.clock import now, today_in
from app.core.errors import Conflict, NotFound
from app.learning.actions import enrolling
from app.learning.forms import DeedForm
from app.learning.presenters.catalogue import path, stages
from app.learning.presenters.course import course_page
from app.learning.queries.content import course_document, published_courses
from app.learning.queries.levels import level_steps, passes_in, steps_through, valid_certificates
from app.learning.queries.progress import documents_of, find_course_with_attempts, next_lesson, times_of
from app.web.database import reading, unit_of_work
from app.web.errors import sentence
from app.web.messages import see
from app.web.session import the_who


def catalogue() -> ResponseReturnValue:
    """Every course, by level as a path."""
    who, session = the_who(), reading()
    on = today_in(who.timezone, now())
    courses, times = published_courses(session), times_of(session, who.id)
    steps = steps_through(courses, passes_in(times), valid_certificates(session, who.id, on=on), on=on)
    running = [mine[0] for mine in times.values() if mine[0].is_running]
    page = stages(courses, times, documents_of(session, running), steps, on=on)
    return render_template("learning/catalogue.html", stages=page, path=path(page))


def course(slug: str) -> ResponseReturnValue:
    """One course: what it is, how far the reader is, what comes next."""
    who, session, at = the_who(), reading(), now()
    found, attempts = find_course_with_attempts(session, slug, who.id)
    if found is None:
        raise NotFound
    document, newest = course_document(session, found.version_id), course_document(session, found.current_version_id)
    on = today_in(who.timezone, at)
    levels = level_steps(session, who.id, on=on) if found.now and found.now.state == "completed" else []
    page = course_page(found, document, newest, attempts, levels, on=on, at=at)
    return render_template("learning/course.html", page=page)


def enrol(slug: str) -> ResponseReturnValue:
    """Begin a course, come back to it, or renew it."""
    who, at = the_who(), now()
    DeedForm().sent()
    try:
        with unit_of_work() as session:
            enrolment = enrolling.enrol(session, person_id=who.id, slug=slug, on=today_in(who.timezone, at), at=at)
            lesson = next_lesson(course_document(session, enrolment.version_id), enrolling.done_lessons(session, enrolment.id))
            is_renewal = enrolment.ordinal > 1
    except Conflict as refusal:
        return see("learning.course", sentence(refusal), meaning="careful", slug=slug)
    if lesson is None or is_renewal:
        return see("learning.course", _("You are enrolled. Go on where you like."), slug=slug)
    return see("learning.lesson", _("You are enrolled. Leave whenever you like: we keep your place."), slug=slug, name=lesson.name)


def pause(slug: str) -> ResponseReturnValue:
    """Put a course aside."""
    DeedForm().sent()
    with unit_of_work() as session:
        enrolling.pause(session, person_id=the_who().id, slug=slug, at=now())
    return see("learning.course", _("Paused. We will not remind you; go on whenever you like."), slug=slug)


def resume(slug: str) -> ResponseReturnValue:
    """Go on with a paused course."""
    DeedForm().sent()
    with unit_of_work() as session:
        enrolling.resume(session, person_id=the_who().id, slug=slug, at=now())
    return see("learning.course", _("Welcome back. Everything is where you left it."), slug=slug)


def leave(slug: str) -> ResponseReturnValue:
    """Give a course up."""
    DeedForm().sent()
    try:
        with unit_of_work() as session:
            enrolling.leave(session, person_id=the_who().id, slug=slug, at=now())
    except Conflict as refusal:
        return see("learning.course", sentence(refusal), meaning="careful", slug=slug)
    return see("learning.course", _("You left the course. What you did is kept, should you come back."), slug=slug)
