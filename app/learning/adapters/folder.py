"""A course as a folder under version control: reading it with every fault at its line, and writing it again."""

import json
import re
from collections.abc import Callable, Collection, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import yaml

from app.core.authored import Fault, Tree, Unreadable, read_bytes, read_text, read_yaml
from app.core.schema import schema_faults
from app.learning.adapters.pictures import LARGEST, TYPES, BadPicture, kept_name, size_of
from app.learning.rules import LANGUAGES
from app.learning.rules.source import CourseSource, ModuleSource, PictureSource

SHIPPED: Final = Path(__file__).resolve().parents[3] / "courses"
"""The courses that come with the application."""
_NOT_COURSES: Final = {"schema"}
_MOST_FILES: Final = 500
_FOLDER: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def course_folders(root: Path) -> list[str]:
    """The names of the folders below `root` that should be courses."""
    return sorted(folder.name for folder in root.iterdir() if folder.is_dir() and folder.name not in _NOT_COURSES and not folder.name.startswith("."))


def read_course(root: Path, slug: str) -> tuple[CourseSource | None, list[Fault]]:
    """A course's folder, and what keeps it from being read; no course while anything does."""
    reading = _Reading(root)
    course = reading.tree(f"{slug}/course.yaml", "course", faulty=True)
    changes = reading.text(f"{slug}/CHANGES.md")
    pictures = reading.pictures(slug)
    names = _module_names(course)
    modules = [reading.module(slug, name) for name in names]
    if names:
        reading.strangers(slug, {"course.yaml", "CHANGES.md", "img", *names})
    if course is None or changes is None or reading.faults:
        return None, sorted(reading.faults)
    return CourseSource(slug, course, tuple(module for module in modules if module), changes, pictures), []


def _module_names(course: Tree | None) -> list[str]:
    """The folders that a course names, as far as they can be folders of it; it may have other faults."""
    named = course.data.get("modules") if course and isinstance(course.data, dict) else None
    return [name for name in named if isinstance(name, str) and _FOLDER.fullmatch(name)] if isinstance(named, list) else []


class _Reading:
    """Reads on after a fault, so that an author hears of all of them at once."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.faults: list[Fault] = []

    def text(self, name: str) -> str | None:
        try:
            return read_text(self.root, name)
        except Unreadable as unreadable:
            self.faults.append(unreadable.fault)
            return None

    def tree(self, name: str, schema: str, *, faulty: bool = False) -> Tree | None:
        """The file, if it passes its schema; with `faulty` also if it does not, so that what it names can be read."""
        try:
            tree = read_yaml(self.root, name)
        except Unreadable as unreadable:
            self.faults.append(unreadable.fault)
            return None
        found = schema_faults(tree, _schema(schema))
        self.faults += found
        return tree if faulty or not found else None

    def module(self, slug: str, name: str) -> ModuleSource | None:
        folder = f"{slug}/{name}"
        module, quiz = self.tree(f"{folder}/module.yaml", "module"), self.tree(f"{folder}/quiz.yaml", "quiz")
        if module is None:
            return None
        texts = {}
        for lesson in module.data["lessons"]:
            for language in LANGUAGES:
                text = self.text(f"{folder}/{lesson['name']}.{language}.md")
                if text is not None:
                    texts[lesson["name"], language] = text
        named = {f"{lesson['name']}.{language}.md" for lesson in module.data["lessons"] for language in LANGUAGES}
        self.strangers(folder, {"module.yaml", "quiz.yaml", *named})
        return None if quiz is None else ModuleSource(name, module, quiz, texts)

    def pictures(self, slug: str) -> dict[str, PictureSource]:
        found = {}
        for name in self._listed(f"{slug}/img"):
            path = f"{slug}/img/{name}"
            ending = name.rpartition(".")[2]
            if ending not in TYPES:
                self.faults.append(Fault(path, 0, f"Pictures are of one of these kinds: {', '.join(sorted(TYPES))}."))
                continue
            try:
                content = read_bytes(self.root, path, most=LARGEST)
                found[f"img/{name}"] = PictureSource(kept_name(content, ending), content, *size_of(content, ending))
            except Unreadable as unreadable:
                self.faults.append(unreadable.fault)
            except BadPicture as bad:
                self.faults.append(Fault(path, 0, str(bad)))
        return found

    def strangers(self, folder: str, known: Collection[str]) -> None:
        """Name every file that belongs to nothing: mostly a lesson that nobody listed."""
        for name in self._listed(folder):
            if name not in known:
                self.faults.append(Fault(f"{folder}/{name}", 0, "Nothing names this. List it in the YAML file beside it, or remove it."))

    def _listed(self, folder: str) -> list[str]:
        here = self.root / folder
        if not here.is_dir() or here.is_symlink():
            return []
        return sorted(each.name for each in here.iterdir() if not each.name.startswith("."))[:_MOST_FILES]


@lru_cache
def _schema(name: str) -> Mapping[str, Any]:
    schema: dict[str, Any] = json.loads((SHIPPED / "schema" / f"{name}.schema.json").read_text(encoding="utf-8"))
    return schema


def write_course(folder: Path, source: Mapping[str, Any], *, picture: Callable[[str], bytes]) -> None:
    """Write the folder that `CourseSource.as_document` describes; `picture` hands over the bytes kept under a name.

    Raises FileExistsError when the folder is there already.
    """
    folder.mkdir(parents=True)
    _write_yaml(folder / "course.yaml", source["course"])
    _write(folder / "CHANGES.md", source["changes"])
    for module in source["modules"]:
        below = folder / module["slug"]
        below.mkdir()
        _write_yaml(below / "module.yaml", module["module"])
        _write_yaml(below / "quiz.yaml", module["quiz"])
        for name, text in module["texts"].items():
            _write(below / f"{name}.md", text)
    for path, name in source["pictures"].items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_bytes(picture(name))


def _write(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8", newline="\n")


def _write_yaml(file: Path, data: Any) -> None:
    _write(file, yaml.dump(data, Dumper=_Plainly, allow_unicode=True, sort_keys=False, width=140))


class _Plainly(yaml.SafeDumper):
    """Writes everything out: aliases would not be read again."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002  # as PyYAML calls it
        return True
