"""A course as its author wrote it: what the folder holds, before anything is made of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from app.core.authored import Tree

LANGUAGE_NAMES: Final[Mapping[str, str]] = {"en": "English", "nl": "Nederlands"}
"""What each language calls itself; `CHANGES.md` begins the part of each with it, in bold."""


@dataclass(frozen=True)
class PictureSource:
    """A picture of a course. `name` derives from its content, so that the same name is always the same picture."""

    name: str
    content: bytes
    width: int | None
    height: int | None


@dataclass(frozen=True)
class ModuleSource:
    """A module's folder: its two YAML files, and the text of each lesson under (name, language)."""

    slug: str
    module: Tree
    quiz: Tree
    texts: Mapping[tuple[str, str], str]

    def file_of(self, name: str, language: str) -> str:
        """The file of a lesson, as faults name it."""
        return f"{self.module.file.rpartition('/')[0]}/{name}.{language}.md"


@dataclass(frozen=True)
class CourseSource:
    """A course's folder. `pictures` are keyed by their path within it ("img/cover.svg")."""

    slug: str
    course: Tree
    modules: tuple[ModuleSource, ...]
    changes: str
    pictures: Mapping[str, PictureSource]

    @property
    def changes_file(self) -> str:
        """The file that says what changed, as faults name it."""
        return f"{self.slug}/CHANGES.md"

    def as_document(self) -> dict[str, Any]:
        """The source in a form that a version keeps, so that the folder can be written again."""
        return {
            "course": self.course.data,
            "changes": self.changes,
            "modules": [
                {
                    "slug": module.slug,
                    "module": module.module.data,
                    "quiz": module.quiz.data,
                    "texts": {f"{name}.{language}": text for (name, language), text in sorted(module.texts.items())},
                }
                for module in self.modules
            ],
            "pictures": {path: picture.name for path, picture in sorted(self.pictures.items())},
        }


def change_parts(changes: str, version: int) -> dict[str, tuple[int, str]] | None:
    """What `CHANGES.md` says under the heading of a version: language -> (line, Markdown); None without such a heading."""
    lines = changes.split("\n")
    heading = next((number for number, line in enumerate(lines) if line.strip() == f"## {version}"), None)
    if heading is None:
        return None
    parts: dict[str, tuple[int, list[str]]] = {}
    language = ""
    for number, line in enumerate(lines[heading + 1 :], heading + 2):
        if line.startswith("## "):
            break
        for code, name in LANGUAGE_NAMES.items():
            if line.startswith(f"**{name}.**"):
                language, line = code, line.removeprefix(f"**{name}.**").lstrip()  # noqa: PLW2901  # the rest of the line
                parts[language] = (number, [])
        if language:
            parts[language][1].append(line)
    return {code: (number, "\n".join(text).strip()) for code, (number, text) in parts.items()}
