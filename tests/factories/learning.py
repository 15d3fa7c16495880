"""Makers of the learning room."""

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from app.learning.models import Course, CourseVersion
from app.learning.queries.content import PublishedCourse
from app.learning.rules.document import course_from
from tests.factories.people import BEGINNING


def in_both(text: str) -> dict[str, str]:
    """A text in each language, told apart by its ending."""
    return {"en": text, "nl": f"{text} (nl)"}


def a_lesson_document(*, name: str = "first-words", minutes: int = 5, html: str = "<p>Read me.</p>") -> dict[str, Any]:
    """A lesson as a course's document keeps it."""
    title = name.replace("-", " ").capitalize()
    return {"uuid": str(uuid.uuid4()), "name": name, "minutes": minutes, "title": in_both(title), "lead": in_both("Why."), "html": in_both(html)}


def an_item_document(*, objective: str = "disclosure", right: Sequence[str] = ("a",), options: int = 3, stem: str = "Which?") -> dict[str, Any]:
    """A question whose options are called a, b, c …; those in `right` are correct."""
    ids = "abcdef"[:options]
    return {
        "uuid": str(uuid.uuid4()),
        "kind": "single" if len(right) == 1 else "multiple",
        "objective": objective,
        "stem": in_both(stem),
        "options": [
            {"id": each, "correct": each in right, "text": in_both(f"Option {each}"), "feedback": in_both(f"Because {each}")} for each in ids
        ],
    }


def a_module_document(
    *, slug: str = "beginning", lessons: Sequence[dict[str, Any]] | None = None, items: Sequence[dict[str, Any]] | None = None
) -> dict[str, Any]:
    """A module with one lesson and two questions, unless told otherwise."""
    return {
        "uuid": str(uuid.uuid4()),
        "slug": slug,
        "title": in_both(slug.capitalize()),
        "lessons": list(lessons) if lessons is not None else [a_lesson_document()],
        "items": list(items) if items is not None else [an_item_document(), an_item_document(objective="tone")],
    }


def a_course_document(*, slug: str = "principles", modules: Sequence[dict[str, Any]] | None = None, **more: Any) -> dict[str, Any]:
    """A small complete course as a version keeps it."""
    title = slug.replace("-", " ").capitalize()
    return {
        "uuid": str(uuid.uuid4()),
        "slug": slug,
        "version": 1,
        "level": "enthusiast",
        "minutes": 10,
        "pass_mark": 80,
        "questions": 2,
        "cooldown_minutes": 60,
        "validity_months": 12,
        "mandatory_for": [],
        "due_days": None,
        "title": in_both(title),
        "short_title": in_both(title[:12]),
        "summary": in_both("What you can do afterwards."),
        "audience": in_both("Everybody"),
        "outcomes": {"en": ["One.", "Two.", "Three."], "nl": ["Een.", "Twee.", "Drie."]},
        "cover": None,
        "cover_alt": in_both("A cover"),
        "changes": in_both("<p>New.</p>"),
        "modules": list(modules) if modules is not None else [a_module_document()],
        "place": 50,
        **more,
    }


def a_course(session: Session, *, slug: str = "principles", document: dict[str, Any] | None = None, **more: Any) -> PublishedCourse:
    """A published course; `more` goes into its document (level="professional", mandatory_for=["spokesperson"], modules=[…])."""
    document = document or a_course_document(slug=slug, **more)
    course = Course(uuid=document["uuid"], slug=document["slug"], level=document["level"])
    session.add(course)
    session.flush()
    a_version(session, course=course, document=document)
    assert course.current_version_id is not None
    return PublishedCourse(course.id, course.uuid, course.slug, course.level, course.current_version_id, course_from(document))


def a_version(session: Session, *, course: Course, document: dict[str, Any], number: int = 1) -> CourseVersion:
    """A version of a course, which becomes the current one."""
    version = CourseVersion(course_id=course.id, number=number, checksum="0" * 64, document=document, published_at=BEGINNING)
    session.add(version)
    session.flush()
    course.current_version_id = version.id
    session.commit()
    return version
