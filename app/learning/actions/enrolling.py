"""Beginning a course, reading on, pausing, going on and leaving: all of it the learner's own choice."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.database import insert_once
from app.core.errors import Conflict, NotFound
from app.core.events import announce
from app.core.ids import new_uuid
from app.learning.actions.closing import close_after_its_time
from app.learning.events import Enrolled, EnrolmentChanged
from app.learning.models import Attempt, Course, Enrolment, LessonDone
from app.learning.policy import may_leave
from app.learning.queries.content import course_document
from app.learning.rules.document import Lesson
from app.learning.rules.terms import may_renew


def enrol(session: Session, *, person_id: int, slug: str, on: date, at: datetime) -> Enrolment:
    """Begin the course in its newest version; whoever is on the way already stays there, whoever left comes back to what they had done.

    Whoever left in the middle of a quiz comes back to that as well, and to the version that it asks about (decision 0051). A pass that runs out within sixty days, or has run out, may be renewed: that is a time of its own. `on` is the day it is for the
    person. Announces Enrolled for a new time, EnrolmentChanged for a return. Raises NotFound, Conflict("enrolment.passed").
    """
    course = session.scalar(select(Course).where(Course.slug == slug, Course.retired_at.is_(None), Course.current_version_id.is_not(None)))
    if course is None or course.current_version_id is None:
        raise NotFound
    latest = latest_enrolment(session, person_id, course.id)
    if latest is not None and latest.state == "left" and open_attempt(session, latest.id) is None:
        latest.version_id = course.current_version_id
    if latest is not None and latest.state != "completed":
        reopen(session, latest, at=at)
        return latest
    if latest is not None and not may_renew(latest.expires_on, on):
        raise Conflict("enrolment.passed")
    return begin(session, person_id=person_id, course_id=course.id, version_id=course.current_version_id, after=latest, at=at)


def begin(
    session: Session,
    *,
    person_id: int,
    course_id: int,
    version_id: int,
    at: datetime,
    after: Enrolment | None = None,
    mandatory_role: str | None = None,
    due_on: date | None = None,
) -> Enrolment:
    """A new time through a course, following the one `after`; of several at once one is made, and all get that one. Announces Enrolled."""
    made = insert_once(
        session,
        Enrolment,
        uuid=new_uuid(),
        person_id=person_id,
        course_id=course_id,
        version_id=version_id,
        ordinal=after.ordinal + 1 if after else 1,
        mandatory_role=mandatory_role,
        due_on=due_on,
        state="open",
        enrolled_at=at,
    )
    if made:
        announce(session, Enrolled(person_id, course_id), at=at)
    enrolment = latest_enrolment(session, person_id, course_id)
    if enrolment is None:
        raise NotFound
    return enrolment


def latest_enrolment(session: Session, person_id: int, course_id: int) -> Enrolment | None:
    """A person's latest time through a course, locked until the end of the transaction."""
    return session.scalar(
        select(Enrolment)
        .where(Enrolment.person_id == person_id, Enrolment.course_id == course_id)
        .order_by(Enrolment.ordinal.desc())
        .limit(1)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def own_enrolment(session: Session, person_id: int, slug: str) -> Enrolment:
    """A person's latest time through the course at this address, locked. Raises NotFound, Conflict("enrolment.none")."""
    course_id = session.scalar(select(Course.id).where(Course.slug == slug))
    if course_id is None:
        raise NotFound
    enrolment = latest_enrolment(session, person_id, course_id)
    if enrolment is None or enrolment.state == "left":
        raise Conflict("enrolment.none")
    return enrolment


def open_attempt(session: Session, enrolment_id: int) -> Attempt | None:
    """The attempt that is open within an enrolment; there is at most one."""
    return session.scalar(select(Attempt).where(Attempt.enrolment_id == enrolment_id, Attempt.state == "open"))


def reopen(session: Session, enrolment: Enrolment, *, at: datetime) -> None:
    """Whoever goes on is no longer paused or gone, and a quiz that waited is judged when its time is over. Announces EnrolmentChanged."""
    if enrolment.state in {"paused", "left"}:
        waiting = open_attempt(session, enrolment.id) if enrolment.state == "left" else None
        if waiting is not None:
            close_after_its_time(session, waiting, not_before=at)
        enrolment.state = "open"
        announce(session, EnrolmentChanged(enrolment.person_id, enrolment.course_id), at=at)


def pause(session: Session, *, person_id: int, slug: str, at: datetime) -> None:
    """Put the course aside: nothing reminds until the learner goes on. Raises Conflict("enrolment.none" | "enrolment.passed")."""
    enrolment = _running(session, person_id, slug)
    if enrolment.state == "open":
        enrolment.state = "paused"
        announce(session, EnrolmentChanged(person_id, enrolment.course_id), at=at)


def resume(session: Session, *, person_id: int, slug: str, at: datetime) -> None:
    """Take a paused course up again where it was left. Raises as `pause`."""
    reopen(session, _running(session, person_id, slug), at=at)


def leave(session: Session, *, person_id: int, slug: str, at: datetime) -> None:
    """Give the course up; what was done stays for a return, and so does an attempt that is open. Raises as `pause`, and Conflict("enrolment.mandatory")."""
    enrolment = _running(session, person_id, slug)
    if not may_leave(enrolment.mandatory_role):
        raise Conflict("enrolment.mandatory")
    enrolment.state = "left"
    announce(session, EnrolmentChanged(person_id, enrolment.course_id), at=at)


def finish_lesson(session: Session, *, person_id: int, slug: str, name: str, at: datetime) -> Lesson | None:
    """Mark a lesson as done and say where to read on: the next lesson, else the first one skipped, else None: the quiz.

    Done twice counts once. Raises NotFound, Conflict("enrolment.none").
    """
    course = session.execute(select(Course.id, Course.current_version_id).where(Course.slug == slug)).one_or_none()
    if course is None or course.current_version_id is None:
        raise NotFound
    enrolment = latest_enrolment(session, person_id, course.id)
    lessons = course_document(session, enrolment.version_id if enrolment else course.current_version_id).lessons
    place = next((number for number, lesson in enumerate(lessons) if lesson.name == name), None)
    if place is None:
        raise NotFound
    if enrolment is None or enrolment.state == "left":
        raise Conflict("enrolment.none")
    if enrolment.state != "completed":
        reopen(session, enrolment, at=at)
        insert_once(session, LessonDone, enrolment_id=enrolment.id, lesson_uuid=lessons[place].uuid, done_at=at)
    if place + 1 < len(lessons):
        return lessons[place + 1]
    done = done_lessons(session, enrolment.id)
    return next((lesson for lesson in lessons if lesson.uuid not in done), None)


def done_lessons(session: Session, enrolment_id: int) -> frozenset[str]:
    """The uuids of the lessons done within an enrolment."""
    return frozenset(session.scalars(select(LessonDone.lesson_uuid).where(LessonDone.enrolment_id == enrolment_id)))


def _running(session: Session, person_id: int, slug: str) -> Enrolment:
    enrolment = own_enrolment(session, person_id, slug)
    if enrolment.state == "completed":
        raise Conflict("enrolment.passed")
    return enrolment
