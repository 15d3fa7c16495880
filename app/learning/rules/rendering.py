"""From what an author wrote to the document that learners get: Markdown becomes clean HTML here, once."""

from collections.abc import Mapping
from posixpath import normpath
from typing import Any, Final

from app.core.markup import MARKUP_VERSION, Picture, inline_html, lesson_html, story_html
from app.learning.rules import LANGUAGES
from app.learning.rules.source import CourseSource, ModuleSource, PictureSource, change_parts
from app.learning.rules.wording import DIRECTIVES

MEDIA: Final = "/learn/media/"
"""Where pictures of courses are served from."""


def document_of(source: CourseSource) -> dict[str, Any]:
    """The whole course as one document, HTML included; `source` in it is what the folder can be written from again."""
    course = source.course.data
    parts = change_parts(source.changes, course["version"]) or {}
    cover = course.get("cover")
    return {
        **{name: course[name] for name in ("uuid", "version", "level", "minutes", "pass_mark", "questions", "cooldown_minutes")},
        **{
            name: course[name]
            for name in ("validity_months", "mandatory_for", "title", "short_title", "summary", "audience", "outcomes", "cover_alt")
        },
        "slug": source.slug,
        "due_days": course.get("due_days"),
        "place": course.get("place", 50),
        "attempt_minutes": course.get("attempt_minutes"),
        "cover": MEDIA + source.pictures[cover].name if cover else None,
        "changes": {language: story_html(parts[language][1]) if language in parts else "" for language in LANGUAGES},
        "modules": [_module(module, source.pictures) for module in source.modules],
        "markup": MARKUP_VERSION,
        "source": source.as_document(),
    }


def picture_path(address: str) -> str:
    """The path within the course of a picture that a lesson names ("../img/a.svg" → "img/a.svg")."""
    return normpath(f"module/{address}")


def _module(module: ModuleSource, pictures: Mapping[str, PictureSource]) -> dict[str, Any]:
    return {
        "uuid": module.module.data["uuid"],
        "slug": module.slug,
        "title": module.module.data["title"],
        "lessons": [_lesson(lesson, module, pictures) for lesson in module.module.data["lessons"]],
        "items": [_item(item) for item in module.quiz.data["items"]],
    }


def _lesson(lesson: Mapping[str, Any], module: ModuleSource, pictures: Mapping[str, PictureSource]) -> dict[str, Any]:
    def placed(address: str) -> Picture | None:
        picture = pictures.get(picture_path(address))
        return None if picture is None else Picture(MEDIA + picture.name, picture.width, picture.height)

    html = {language: lesson_html(module.texts[lesson["name"], language], words=DIRECTIVES[language], pictures=placed) for language in LANGUAGES}
    return {**{name: lesson[name] for name in ("uuid", "name", "minutes", "title", "lead")}, "html": html}


def _item(item: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **{name: item[name] for name in ("uuid", "kind", "objective")},
        "stem": _inline(item["stem"]),
        "options": [
            {"id": option["id"], "correct": option["correct"], "text": _inline(option["text"]), "feedback": _inline(option["feedback"])}
            for option in item["options"]
        ],
    }


def _inline(texts: Mapping[str, str]) -> dict[str, str]:
    return {language: inline_html(text) for language, text in texts.items()}
