"""Writes a small sound course as a folder, for tests that then spoil one thing in it."""

import json
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 360"><path d="M0 0h9v9z" fill="#0f665f"/></svg>'
LESSON = """\
## A beginning

You may say where you work.[^law] See [the policy](/policy).

![A door](../img/door.svg "The door is open.")

::::scenario At the counter
Somebody asks. What do you do?

:::choice poor Look away
They leave.
:::

:::choice best Answer
They come back.
:::
::::

:::card Remember
Answer.
:::

[^law]: A law.
"""


def both(text: str) -> dict[str, str]:
    """The text in each language."""
    return {"en": text, "nl": f"{text} nl"}


def an_item(**more: Any) -> dict[str, Any]:
    """A question as quiz.yaml has it."""
    options = [{"id": name, "correct": name == "a", "text": both(f"Option {name}"), "feedback": both(f"Because {name}")} for name in "abc"]
    return {"uuid": str(uuid.uuid4()), "kind": "single", "objective": "disclosure", "stem": both("Which *one*?"), "options": options, **more}


def course_data(**more: Any) -> dict[str, Any]:
    """What course.yaml holds."""
    return {
        "uuid": str(uuid.uuid4()),
        "version": 1,
        "level": "enthusiast",
        "minutes": 6,
        "pass_mark": 80,
        "questions": 2,
        "cooldown_minutes": 60,
        "validity_months": 12,
        "mandatory_for": ["spokesperson"],
        "due_days": 30,
        "cover": "img/door.svg",
        "title": both("First steps"),
        "short_title": both("Steps"),
        "cover_alt": both("A door"),
        "summary": both("You can open doors."),
        "audience": both("Everybody"),
        "outcomes": {"en": ["One.", "Two.", "Three."], "nl": ["Een.", "Twee.", "Drie."]},
        "modules": ["beginning"],
        **more,
    }


def module_data(**more: Any) -> dict[str, Any]:
    """What module.yaml holds."""
    lesson = {"uuid": str(uuid.uuid4()), "name": "the-door", "minutes": 3, "title": both("The door"), "lead": both("Why doors.")}
    return {"uuid": str(uuid.uuid4()), "title": both("Beginning"), "lessons": [lesson], **more}


def a_course_folder(root: Path, *, slug: str = "first-steps", **more: Any) -> Path:
    """A sound course below `root`; `more` goes into course.yaml."""
    folder = root / slug
    (folder / "beginning").mkdir(parents=True)
    (folder / "img").mkdir()
    write_yaml(folder / "course.yaml", course_data(**more))
    write_yaml(folder / "beginning/module.yaml", module_data())
    write_yaml(folder / "beginning/quiz.yaml", {"items": [an_item(), an_item()]})
    (folder / "img/door.svg").write_text(DRAWING)
    (folder / "CHANGES.md").write_text("# What changed\n\n## 1\n\n**English.** The first version.\n\n**Nederlands.** De eerste versie.\n")
    for language in ("en", "nl"):
        (folder / f"beginning/the-door.{language}.md").write_text(LESSON)
    return folder


def write_yaml(file: Path, data: Any) -> None:
    """Write a YAML file as an author would."""
    file.write_text(yaml.safe_dump(json.loads(json.dumps(data)), allow_unicode=True, sort_keys=False), encoding="utf-8")


def change_yaml(file: Path, change: Callable[[Any], object]) -> None:
    """Let `change` spoil or mend a YAML file's data in place."""
    data = yaml.safe_load(file.read_text(encoding="utf-8"))
    change(data)
    write_yaml(file, data)
