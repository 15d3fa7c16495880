"""The right answers of the real quizzes, read from the course files as their authors wrote them."""

from functools import cache
from pathlib import Path

import yaml

COURSES = Path(__file__).resolve().parents[2] / "courses"


@cache
def right_answers(slug: str, language: str) -> dict[str, frozenset[str]]:
    """For each question of a course, as it is worded: the wordings of its right options."""
    found: dict[str, frozenset[str]] = {}
    for file in sorted((COURSES / slug).glob("*/quiz.yaml")):
        for item in yaml.safe_load(file.read_text(encoding="utf-8"))["items"]:
            right = frozenset(settled(option["text"][language]) for option in item["options"] if option["correct"])
            found[settled(item["stem"][language])] = right
    return found


def settled(text: str) -> str:
    """The words alone, however lines are broken and whatever is stressed."""
    return " ".join(text.replace("*", "").split())
