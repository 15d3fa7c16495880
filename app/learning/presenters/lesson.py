"""A lesson as a reading page."""

from dataclasses import dataclass
from typing import Any

from app.learning.presenters.catalogue import minutes
from app.learning.presenters.words import said
from app.learning.queries.progress import FoundCourse
from app.learning.rules.document import CourseDocument


@dataclass(frozen=True)
class LessonPage:
    """Everything the page prints. `marks` says whether going on marks the lesson as done (enrolled), else going on is a plain link."""

    slug: str
    course: str
    name: str
    title: str
    lead: str
    minutes: str
    html: Any
    number: int
    count: int
    previous: str | None
    following: str | None
    marks: bool
    is_done: bool
    may_enrol: bool


def lesson_page(found: FoundCourse, document: CourseDocument, name: str) -> LessonPage | None:
    """The page of the lesson with this name; None when the course has no such lesson."""
    lessons = document.lessons
    place = next((number for number, lesson in enumerate(lessons) if lesson.name == name), None)
    if place is None:
        return None
    lesson, now = lessons[place], found.now
    running = now is not None and now.is_running
    return LessonPage(
        slug=found.slug,
        course=said(document.short_title),
        name=name,
        title=said(lesson.title),
        lead=said(lesson.lead),
        minutes=minutes(lesson.minutes),
        html=said(lesson.html),
        number=place + 1,
        count=len(lessons),
        previous=lessons[place - 1].name if place else None,
        following=lessons[place + 1].name if place + 1 < len(lessons) else None,
        marks=running,
        is_done=now is not None and lesson.uuid in now.done,
        may_enrol=now is None or now.state == "left",
    )
