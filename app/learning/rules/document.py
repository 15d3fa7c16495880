"""What a course says, as one frozen tree: the shape of the document that a course version keeps.

Every text is a mapping from language to text. Those typed `Html` were rendered and cleaned at publication and print as they are; all
others are plain text.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from markupsafe import Markup

Texts = Mapping[str, str]
Html = Mapping[str, Markup]


@dataclass(frozen=True)
class Option:
    """One answer to choose, with what a learner is told about it after the attempt."""

    id: str
    correct: bool
    text: Html
    feedback: Html


@dataclass(frozen=True)
class Item:
    """A question. `kind` is "single" (exactly one right option) or "multiple"; items with one objective are variants of each other."""

    uuid: str
    kind: str
    objective: str
    stem: Html
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Lesson:
    """A few minutes of reading. `name` stands in addresses and is unique within the course."""

    uuid: str
    name: str
    minutes: int
    title: Texts
    lead: Texts
    html: Html


@dataclass(frozen=True)
class Module:
    """A part of a course: lessons in order and a share of the question bank."""

    uuid: str
    slug: str
    title: Texts
    lessons: tuple[Lesson, ...]
    items: tuple[Item, ...]


@dataclass(frozen=True)
class CourseDocument:
    """One version of a course.

    `version` is the author's number, raised when the meaning changes, and `changes` what learners are told about it. `cover` is the
    address of a picture. A course mandatory for a role is due `due_days` after the role was given;
    `attempt_minutes` limits an attempt at the quiz, None gives all the time in the world.
    """

    uuid: str
    slug: str
    version: int
    level: str
    minutes: int
    pass_mark: int
    questions: int
    cooldown_minutes: int
    validity_months: int
    mandatory_for: tuple[str, ...]
    due_days: int | None
    title: Texts
    short_title: Texts
    summary: Texts
    audience: Texts
    outcomes: Mapping[str, tuple[str, ...]]
    cover: str | None
    cover_alt: Texts
    changes: Html
    modules: tuple[Module, ...]
    place: int = 50
    attempt_minutes: int | None = None

    @cached_property
    def lessons(self) -> tuple[Lesson, ...]:
        """Every lesson in reading order."""
        return tuple(lesson for module in self.modules for lesson in module.lessons)

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """The whole question bank."""
        return tuple(item for module in self.modules for item in module.items)


def course_from(document: Mapping[str, Any]) -> CourseDocument:
    """The course that a stored document describes."""
    plain = ("uuid", "slug", "version", "level", "minutes", "pass_mark", "questions", "cooldown_minutes", "validity_months", "cover")
    texts = ("title", "short_title", "summary", "audience", "cover_alt")
    return CourseDocument(
        **{name: document[name] for name in (*plain, *texts)},
        mandatory_for=tuple(document["mandatory_for"]),
        due_days=document["due_days"],
        outcomes={language: tuple(lines) for language, lines in document["outcomes"].items()},
        changes=_html(document["changes"]),
        modules=tuple(_module(module) for module in document["modules"]),
        place=document["place"],
        attempt_minutes=document.get("attempt_minutes"),
    )


def _module(module: Mapping[str, Any]) -> Module:
    lessons = tuple(Lesson(**{**lesson, "html": _html(lesson["html"])}) for lesson in module["lessons"])
    return Module(module["uuid"], module["slug"], module["title"], lessons, tuple(_item(item) for item in module["items"]))


def _item(item: Mapping[str, Any]) -> Item:
    options = tuple(Option(option["id"], option["correct"], _html(option["text"]), _html(option["feedback"])) for option in item["options"])
    return Item(item["uuid"], item["kind"], item["objective"], _html(item["stem"]), options)


def _html(texts: Mapping[str, str]) -> Html:
    return {language: Markup(text) for language, text in texts.items()}  # noqa: S704  # cleaned at publication by app.core.markup
