"""Persons by name: the list, why HR looks, and one person's record."""

from collections.abc import Sequence
from datetime import date

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core.clock import now, today_in
from app.core.errors import Invalid
from app.core.who import Role
from app.insight.forms import WhyForm, filter_from, handle_or_none, not_understood
from app.insight.presenters.people import Behind, completed_freely, people_page, titles
from app.insight.presenters.people import record as as_record
from app.insight.presenters.words import hr_tabs
from app.insight.queries import persons
from app.insight.queries.report import ground, tallies
from app.insight.queries.sight import Sight
from app.insight.queries.telling import telling
from app.insight.rules import Filter
from app.insight.views.completion import say_what_was_left_out
from app.insight.views.sight import the_sight
from app.learning.queries.content import PublishedCourse, published_courses, version_numbers
from app.people.actions.auditing import Door, audit
from app.people.actions.looking import note_look
from app.web.database import reading, unit_of_work
from app.web.door import address_class, request_id
from app.web.i18n import choose_locale
from app.web.messages import see
from app.web.part import page_or_part
from app.web.session import the_who


def people() -> ResponseReturnValue:
    """Who stands where: every mandatory course by name, and of free choice what was completed."""
    session, sight, locale = reading(), the_sight(), choose_locale()
    today = today_in(the_who().timezone, now())
    asked = filter_from(request.args, today=today, by_name=True)
    department = persons.require_department(session, sight.paths, asked.department)
    say_what_was_left_out(not_understood(request.args, today=today))
    found, after = persons.lines(session, sight, asked, today=today, after=request.args.get("after", ""))
    courses = published_courses(session)
    behind = _behind(sight, asked, courses, today=today)
    versions = version_numbers(session, {line.version_id for line in found if line.version_id})
    page = people_page(
        *(found, after), asked=asked, courses=courses, versions=versions, department=department, sight=sight, behind=behind, locale=locale
    )
    return render_template("insight/people.html", page=page, tabs=hr_tabs("people"))


def _behind(sight: Sight, asked: Filter, courses: Sequence[PublishedCourse], *, today: date) -> Behind | None:
    """Of one course, and where names are missing: how many completed it freely, if that may be said."""
    course = next((course for course in courses if course.slug == asked.course), None)
    if not sight.is_strict or course is None or asked.name:
        return None
    session = reading()
    base = ground(session, sight.paths, asked)
    counts = tallies(session, sight.paths, asked, (), base.base, today=today)
    return completed_freely(base, counts, telling(session, sight, [course.id], today=today), course.id, asked=asked)


def why(uuid: str) -> ResponseReturnValue:
    """Say why a record is opened; the person reads it under Me. Whoever was on the way to a certificate of theirs goes on there."""
    who, at, onward = the_who(), now(), handle_or_none(request.args.get("certificate"))
    form = WhyForm()
    if form.sent():
        try:
            with unit_of_work() as session:
                subject = persons.subject(session, the_sight(), uuid)
                purpose, day = form.purpose.data, today_in(who.timezone, at)
                note_look(session, viewer_id=who.id, subject_id=subject.id, role=Role.HR.value, purpose=purpose, day=day)
                door = Door(request_id(), address_class())
                audit(session, "record_opened", at=at, by_id=who.id, about=("person", subject.uuid), reason=purpose, door=door)
            return see("insight.certificate", uuid=uuid, certificate=onward) if onward else see("insight.record", uuid=uuid)
        except Invalid as refusal:
            form.refuse(refusal)
    person = persons.subject(reading(), the_sight(), uuid)
    return page_or_part("insight/why.html", status=form.status, form=form, person=person, onward=onward)


def record(uuid: str) -> ResponseReturnValue:
    """One person's record, on a day on which HR has said why; else the question comes first."""
    who, session = the_who(), reading()
    today = today_in(who.timezone, now())
    person = persons.subject(session, the_sight(), uuid)
    if not persons.has_said_why(session, viewer_id=who.id, subject_id=person.id, day=today):
        return redirect(url_for("insight.why", uuid=uuid), 303)
    return page_or_part("insight/record.html", record=_record(person, today))


def _record(person: persons.Subject, today: date) -> object:
    session, sight = reading(), the_sight()
    names = titles(published_courses(session), choose_locale())
    duties = persons.duties(session, sight, person.id, today=today)
    passes, held = persons.passes(session, sight, person.id), persons.certificates_of(session, sight, person.id)
    passed = {line.version_id for line in duties if line.version_id} | {each.version_id for each in passes}
    versions = version_numbers(session, passed)
    return as_record(person, duties, passes, held, names=names, versions=versions, sight=sight, today=today)
