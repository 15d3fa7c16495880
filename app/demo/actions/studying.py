"""What the make-believe people have learnt so far: through the same lessons and quizzes as everybody."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.clock import today_in
from app.core.who import Role
from app.demo.adapters.files import organisation
from app.demo.rules import PASSED, chance, chance_of_slip, duty_of, past_of
from app.learning.actions.assigning import assign_for_role, assign_mandatory
from app.learning.actions.attempting import save_answer, start_attempt, submit_attempt
from app.learning.actions.enrolling import enrol, finish_lesson
from app.learning.queries.content import PublishedCourse, course_document, published_courses
from app.learning.rules.quiz import Question, read_paper
from app.people.models import Person

LEVEL = "enthusiast"


def study(session: Session, *, at: datetime) -> None:
    """Everybody's past with the courses of the first level, and the duties that roles bring."""
    courses = [course for course in published_courses(session) if course.level == LEVEL]
    people = {person.email: person for person in session.scalars(select(Person))}
    for each in [*organisation()["cast"], *organisation()["people"]]:
        past, duty = past_of(each["email"], at=at), duty_of(each["email"], each.get("manager", ""), at=at)
        moment = past.began_at
        if duty is not None:
            assign_for_role(session, person_id=people[each["email"]].id, role=Role.SPOKESPERSON.value, at=duty.given_at)
            moment = duty.began_at
        for number, course in enumerate(courses):
            if number < past.passed:
                moment = take(session, people[each["email"]], course, at=moment) + timedelta(days=1 + int(9 * chance(each["email"], course.slug)))
            elif number == past.passed and past.lessons:
                begin(session, people[each["email"]], course, lessons=past.lessons, at=moment)
    assign_mandatory(session, at=at)


def begin(session: Session, person: Person, course: PublishedCourse, *, lessons: int, at: datetime) -> datetime:
    """Enrol and read the first `lessons` of a course, a few minutes each; returns when that was done."""
    enrol(session, person_id=person.id, slug=course.slug, on=today_in(person.timezone, at), at=at)
    for lesson in course.document.lessons[:lessons]:
        at += timedelta(minutes=lesson.minutes)
        finish_lesson(session, person_id=person.id, slug=course.slug, name=lesson.name, at=at)
    return at


def take(session: Session, person: Person, course: PublishedCourse, *, at: datetime) -> datetime:
    """Read a whole course and pass its quiz, some at the second attempt; returns when it was passed."""
    at = begin(session, person, course, lessons=len(course.document.lessons), at=at)
    if chance(person.email, f"{course.slug} fails first") > PASSED:
        at = sit(session, person, course, right=False, at=at) + timedelta(minutes=course.document.cooldown_minutes + 5)
    return sit(session, person, course, right=True, at=at)


def sit(session: Session, person: Person, course: PublishedCourse, *, right: bool, at: datetime) -> datetime:
    """One attempt: all wrong, or right but for a few slips that the pass mark leaves room for; returns when it was handed in."""
    attempt = start_attempt(session, person_id=person.id, slug=course.slug, at=at)
    questions = read_paper(attempt.paper, course_document(session, attempt.version_id))
    room = len(questions) * (100 - course.document.pass_mark) // 100
    for question in questions:
        slips = right and room > 0 and chance(person.email, question.item.uuid) < chance_of_slip(question.item.uuid)
        room -= slips
        chosen = answer(question, right=right and not slips)
        at += timedelta(seconds=40)
        save_answer(session, person_id=person.id, slug=course.slug, attempt=attempt.uuid, place=question.place, chosen=chosen, at=at)
    submit_attempt(session, person_id=person.id, slug=course.slug, attempt=attempt.uuid, at=at)
    return at


def answer(question: Question, *, right: bool) -> list[str]:
    """What somebody chooses who knows it, or does not."""
    return [name for name, option in question.options if option.correct is right][: None if question.item.kind == "multiple" else 1]
