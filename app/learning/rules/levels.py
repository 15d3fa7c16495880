"""Pure decisions about levels: what each asks for, and until when it is held.

Levels build on each other: a level asks for its own courses and for those of every level below it. A level that has no course of
its own cannot be reached.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.learning.rules import LEVELS


@dataclass(frozen=True)
class Needed:
    """A course that counts towards levels."""

    course_id: int
    level: str


def rank(level: str) -> int:
    """The place of a level on the path, from 0."""
    return LEVELS.index(level)


def needed_for(level: str, courses: Sequence[Needed]) -> tuple[int, ...]:
    """The ids of the courses that a level asks for; empty when it has none of its own."""
    if all(course.level != level for course in courses):
        return ()
    return tuple(course.course_id for course in courses if rank(course.level) <= rank(level))


def held_until(level: str, courses: Sequence[Needed], passes: Mapping[int, date], on: date) -> date | None:
    """The last day on which the level is held: the earliest end of the passes it rests on.

    `passes` maps a course to the last day of its best pass. None when a course is missing or its pass is over on the day `on`.
    """
    needed = needed_for(level, courses)
    if not needed or any(course_id not in passes or passes[course_id] < on for course_id in needed):
        return None
    return min(passes[course_id] for course_id in needed)


def from_level(level: str) -> tuple[str, ...]:
    """This level and those above it: whoever holds one of them may do what the level allows."""
    return LEVELS[rank(level) :]


def up_to_level(level: str) -> tuple[str, ...]:
    """This level and those below it."""
    return LEVELS[: rank(level) + 1]
