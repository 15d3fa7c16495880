"""Sitting the quiz: start, answer, submit. The server draws, keeps, judges and times; a browser only ever sees what it must."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from random import SystemRandom
from typing import Final

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.core.clock import today_in
from app.core.database import insert_once
from app.core.errors import Conflict, NotFound
from app.core.events import announce
from app.core.ids import new_uuid
from app.learning.actions.certifying import certify
from app.learning.actions.closing import close_after_its_time, close_at
from app.learning.actions.enrolling import done_lessons, open_attempt, own_enrolment, reopen
from app.learning.events import CoursePassed
from app.learning.models import Answer, Attempt, Course, Enrolment
from app.learning.queries.attempts import answers_of, ends_at
from app.learning.queries.content import course_document
from app.learning.rules.document import CourseDocument
from app.learning.rules.quiz import GRACE, check_choice, grade, is_late, make_paper, read_paper, retry_at
from app.learning.rules.terms import expiry
from app.people.models import Person

DELAYED: Final = timedelta(seconds=10)
"""A job that comes so much too late was held up by something: most likely by an outage."""
_CHANCE: Final = SystemRandom()


def start_attempt(session: Session, *, person_id: int, slug: str, at: datetime) -> Attempt:
    """Draw a paper, or hand back the attempt that is open: two starts at once make one attempt.

    The quiz opens when every lesson is done; a renewal may begin with it. An attempt whose time ran out is judged first, and handed
    back judged when no other may follow yet. Raises Conflict("attempt.passed" | "attempt.lessons" | "attempt.cooldown").
    """
    _lock_learning(session, person_id)  # judging a late one looks at all of them, and who locks one first could not wait for the others
    enrolment = own_enrolment(session, person_id, slug)
    document = course_document(session, enrolment.version_id)
    attempt = open_attempt(session, enrolment.id)
    if attempt is not None and not _is_late(session, attempt, at):
        return attempt
    if attempt is not None:
        session.refresh(attempt, with_for_update=True)  # an answer that came in time may still be on its way
        if attempt.state == "open":
            _judge(session, attempt, enrolment, course_document(session, attempt.version_id), at=at)
        return attempt
    _refuse_start(session, enrolment, document, at=at)
    reopen(session, enrolment, at=at)
    deadline_at = at + timedelta(minutes=document.attempt_minutes) if document.attempt_minutes else None
    made = insert_once(
        session,
        Attempt,
        uuid=new_uuid(),
        enrolment_id=enrolment.id,
        number=_last_number(session, enrolment.id) + 1,
        version_id=enrolment.version_id,
        paper=make_paper(document, _CHANCE),
        state="open",
        started_at=at,
        deadline_at=deadline_at,
    )
    attempt = open_attempt(session, enrolment.id)
    if attempt is None:
        raise Conflict("attempt.over")
    if made:
        close_after_its_time(session, attempt, not_before=at)
    return attempt


def save_answer(session: Session, *, person_id: int, slug: str, attempt: str, place: int, chosen: Sequence[object], at: datetime) -> int:
    """Keep what was chosen for one place of the person's own open attempt (its uuid), replacing what was there; returns the number of places.

    Raises NotFound for what is not theirs, Conflict("attempt.over" | "attempt.late" | "enrolment.none"), Invalid as `check_choice`.
    """
    sitting = _own_attempt(session, person_id, slug, attempt)
    if sitting.state != "open":
        raise Conflict("attempt.over")
    if _is_late(session, sitting, at):
        raise Conflict("attempt.late")
    questions = read_paper(sitting.paper, course_document(session, sitting.version_id))
    question = next((one for one in questions if one.place == place), None)
    if question is None:
        raise NotFound
    kept = check_choice(question.item.kind, question.ids, chosen)
    if not insert_once(session, Answer, attempt_id=sitting.id, place=place, chosen=kept, saved_at=at):
        session.execute(update(Answer).where(Answer.attempt_id == sitting.id, Answer.place == place).values(chosen=kept, saved_at=at))
    return len(questions)


def submit_attempt(session: Session, *, person_id: int, slug: str, attempt: str, at: datetime) -> Attempt:
    """Judge the person's own attempt (its uuid) by what was saved; a second submission finds it judged and changes nothing.

    A pass completes the enrolment, announces CoursePassed and issues the certificates that it makes due. Raises NotFound,
    Conflict("attempt.late") after the deadline and its grace: what was saved in time is then judged by `close_attempt`; and
    Conflict("enrolment.none") for whoever left the course.
    """
    _lock_learning(session, person_id)
    sitting = _own_attempt(session, person_id, slug, attempt)
    if sitting.state == "submitted":
        return sitting
    if _is_late(session, sitting, at):
        raise Conflict("attempt.late")
    enrolment = session.get_one(Enrolment, sitting.enrolment_id)
    _judge(session, sitting, enrolment, course_document(session, sitting.version_id), at=at)
    return sitting


def close_attempt(session: Session, *, attempt_id: int, at: datetime, has_waited: bool = False) -> None:
    """Judge an attempt whose time is over by what was saved in time; one that was submitted stays as it is.

    Called too early, since an outage gave time back, or far too late, since there was one of which nobody wrote yet, it comes again. Of a
    course that was left nothing is judged: its attempt waits for a return (decision 0051).
    """
    enrolment = session.scalar(select(Enrolment).join(Attempt, Attempt.enrolment_id == Enrolment.id).where(Attempt.id == attempt_id))
    if enrolment is None:
        return
    _lock_learning(session, enrolment.person_id)
    session.refresh(enrolment)
    attempt = session.get_one(Attempt, attempt_id, with_for_update=True, populate_existing=True)
    over_at = ends_at(session, attempt)
    if attempt.state != "open" or enrolment.state == "left" or over_at is None:
        return
    if not is_late(over_at, at):
        close_after_its_time(session, attempt, not_before=at)
    elif at - over_at - GRACE > DELAYED and not has_waited:
        close_at(session, attempt, at + GRACE, has_waited=True)
    else:
        _judge(session, attempt, enrolment, course_document(session, attempt.version_id), at=at)


def _is_late(session: Session, attempt: Attempt, at: datetime) -> bool:
    """Whether its time is over; outages are asked for only where it would be without them."""
    return is_late(attempt.deadline_at, at) and is_late(ends_at(session, attempt), at)


def _judge(session: Session, attempt: Attempt, enrolment: Enrolment, document: CourseDocument, *, at: datetime) -> None:
    result = grade(read_paper(attempt.paper, document), answers_of(session, attempt.id), pass_mark=document.pass_mark)
    attempt.state, attempt.submitted_at = "submitted", at
    attempt.score, attempt.passed = result.score, result.passed
    if result.passed and enrolment.state != "completed":
        _complete(session, enrolment, document, at=at)


def _complete(session: Session, enrolment: Enrolment, document: CourseDocument, *, at: datetime) -> None:
    on = _today(session, enrolment.person_id, at)
    enrolment.state, enrolment.completed_at, enrolment.completed_on = "completed", at, on
    enrolment.expires_on = expiry(on, document.validity_months)
    session.flush()
    announce(session, CoursePassed(enrolment.person_id, enrolment.course_id), at=at)
    certify(session, person_id=enrolment.person_id, on=on, at=at)


def _today(session: Session, person_id: int, at: datetime) -> date:
    return today_in(session.scalars(select(Person.timezone).where(Person.id == person_id)).one(), at)


def _refuse_start(session: Session, enrolment: Enrolment, document: CourseDocument, *, at: datetime) -> None:
    if enrolment.state == "completed":
        raise Conflict("attempt.passed")
    if enrolment.ordinal == 1 and not {lesson.uuid for lesson in document.lessons} <= done_lessons(session, enrolment.id):
        raise Conflict("attempt.lessons")
    last = session.scalar(select(Attempt.submitted_at).where(Attempt.enrolment_id == enrolment.id).order_by(Attempt.number.desc()).limit(1))
    if last is not None and at < retry_at(last, document.cooldown_minutes):
        raise Conflict("attempt.cooldown")


def _lock_learning(session: Session, person_id: int) -> None:
    """Two passes of one person at once would each miss the other when certificates are looked at: one waits for the other here."""
    session.execute(select(Enrolment.id).where(Enrolment.person_id == person_id).order_by(Enrolment.id).with_for_update()).all()


def _own_attempt(session: Session, person_id: int, slug: str, uuid: str) -> Attempt:
    """The person's own attempt, locked, so that an answer and the submission never cross. Raises Conflict in a course that was left."""
    query = (
        select(Attempt, Enrolment.state)
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .join(Course, Course.id == Enrolment.course_id)
        .where(Attempt.uuid == uuid, Enrolment.person_id == person_id, Course.slug == slug)
        .with_for_update(of=Attempt)
        .execution_options(populate_existing=True)
    )
    found = session.execute(query).one_or_none()
    if found is None:
        raise NotFound
    if found.state == "left" and found.Attempt.state == "open":
        raise Conflict("enrolment.none")
    return found.Attempt


def _last_number(session: Session, enrolment_id: int) -> int:
    return session.scalar(select(Attempt.number).where(Attempt.enrolment_id == enrolment_id).order_by(Attempt.number.desc()).limit(1)) or 0
