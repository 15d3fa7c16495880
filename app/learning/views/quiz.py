"""Sitting the quiz: start, one question at a time, look over, hand in, learn from the result."""

from uuid import UUID

from flask import render_template
from flask.typing import ResponseReturnValue

from app.core.clock import now
from app.core.errors import Conflict, NotFound
from app.learning.actions.attempting import save_answer, start_attempt, submit_attempt
from app.learning.forms import AnswerForm, DeedForm
from app.learning.presenters.quiz import question_page, result_page, review_page, verdict
from app.learning.queries.attempts import Sitting, own_attempt
from app.learning.queries.certificates import own_certificates
from app.learning.queries.content import course_document
from app.learning.queries.progress import find_course
from app.learning.rules.quiz import is_late
from app.web.database import reading, unit_of_work
from app.web.errors import sentence
from app.web.messages import see
from app.web.session import the_who


def start(slug: str) -> ResponseReturnValue:
    """Begin an attempt, or go on with the one that is open."""
    DeedForm().sent()
    try:
        with unit_of_work() as session:
            attempt = start_attempt(session, person_id=the_who().id, slug=slug, at=now())
            uuid, is_open = attempt.uuid, attempt.state == "open"
    except Conflict as refusal:
        return see("learning.course", sentence(refusal), meaning="careful", slug=slug, anchor="quiz")
    if is_open:
        return see("learning.question", slug=slug, uuid=uuid, place=1)
    return see("learning.attempt", slug=slug, uuid=uuid)


def go_on(slug: str, uuid: UUID) -> ResponseReturnValue:
    """To the first question that has no answer yet; when none is left, to the page before handing in."""
    sitting = _own(slug, uuid)
    place = next((place for place in range(1, len(sitting.paper) + 1) if place not in sitting.answers), None)
    if place is None or sitting.state != "open":
        return see("learning.attempt", slug=slug, uuid=uuid)
    return see("learning.question", slug=slug, uuid=uuid, place=place)


def question(slug: str, uuid: UUID, place: int) -> ResponseReturnValue:
    """One question; what is chosen is kept when the learner goes on."""
    form = AnswerForm()
    if form.sent():
        return _keep(slug, str(uuid), place, form.chosen.data or [])
    sitting, at = _own(slug, uuid), now()
    if sitting.state != "open" or sitting.left or is_late(sitting.deadline_at, at):
        return see("learning.attempt", slug=slug, uuid=uuid)
    page = question_page(sitting, course_document(reading(), sitting.version_id), place, at=at)
    if page is None:
        raise NotFound
    return render_template("learning/question.html", page=page)


def _keep(slug: str, uuid: str, place: int, chosen: list[str]) -> ResponseReturnValue:
    try:
        with unit_of_work() as session:
            count = save_answer(session, person_id=the_who().id, slug=slug, attempt=uuid, place=place, chosen=chosen, at=now())
    except Conflict as refusal:
        return see("learning.attempt", sentence(refusal), meaning="careful", slug=slug, uuid=uuid)
    if place < count:
        return see("learning.question", slug=slug, uuid=uuid, place=place + 1)
    return see("learning.attempt", slug=slug, uuid=uuid)


def keep(slug: str, uuid: UUID, place: int) -> ResponseReturnValue:
    """Keep what is chosen as it is chosen, for the page's script; judges nothing, and what is sent twice is kept once."""
    form = AnswerForm()
    form.sent()
    with unit_of_work() as session:
        save_answer(session, person_id=the_who().id, slug=slug, attempt=str(uuid), place=place, chosen=form.chosen.data or [], at=now())
    return "", 204


def attempt(slug: str, uuid: UUID) -> ResponseReturnValue:
    """While it is open: what is answered, and the button to hand in; when time is up, that it is being judged. Afterwards: the result.

    Whoever left the course finds the way back into it instead: the attempt waits there.
    """
    sitting, at = _own(slug, uuid), now()
    if sitting.state != "open":
        return _result(sitting)
    if sitting.left:
        return see("learning.course", sentence(Conflict("enrolment.none")), meaning="careful", slug=slug)
    page = review_page(sitting, course_document(reading(), sitting.version_id), at=at)
    return render_template("learning/time_up.html" if is_late(sitting.deadline_at, at) else "learning/review.html", page=page)


def _result(sitting: Sitting) -> ResponseReturnValue:
    who, session = the_who(), reading()
    found = find_course(session, sitting.slug, who.id)
    passed = found.passed if found and sitting.passed else None
    awards = [(proof.uuid, proof.level) for proof in own_certificates(session, who.id) if proof.issued_at == sitting.submitted_at]
    document = course_document(session, sitting.version_id)
    page = result_page(sitting, document, expires_on=passed.expires_on if passed else None, certificates=awards, at=now())
    return render_template("learning/result.html", page=page, verdict=verdict(page))


def submit(slug: str, uuid: UUID) -> ResponseReturnValue:
    """Hand in; a second time shows the same result."""
    DeedForm().sent()
    try:
        with unit_of_work() as session:
            submit_attempt(session, person_id=the_who().id, slug=slug, attempt=str(uuid), at=now())
    except Conflict as refusal:
        return see("learning.attempt", sentence(refusal), meaning="careful", slug=slug, uuid=uuid)
    return see("learning.attempt", slug=slug, uuid=uuid)


def _own(slug: str, uuid: UUID) -> Sitting:
    sitting = own_attempt(reading(), the_who().id, slug, str(uuid))
    if sitting is None:
        raise NotFound
    return sitting
