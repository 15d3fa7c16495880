"""Pure decisions about a quiz: which items are drawn, what may be chosen, what it is worth.

A *paper* is what one attempt asks: items in their drawn order, each with its options shuffled under ids that exist in this attempt
alone, so that nothing a browser ever sees tells which option is right.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any, Final

from app.core.errors import Invalid
from app.core.ids import new_code
from app.learning.rules.document import CourseDocument, Item, Option

GRACE: Final = timedelta(seconds=30)
"""How long after a deadline an answer is still taken: the network's share of the time, not the learner's."""
OPTION_ID_LENGTH: Final = 8


@dataclass(frozen=True)
class Question:
    """One place on a paper: the item, and its options as (id in this attempt, option) in their shuffled order."""

    place: int
    item: Item
    options: tuple[tuple[str, Option], ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids under which the options stand in this attempt."""
        return tuple(one for one, _option in self.options)

    @property
    def right(self) -> frozenset[str]:
        """The ids that are right."""
        return frozenset(one for one, option in self.options if option.correct)


@dataclass(frozen=True)
class Grade:
    """What an attempt is worth: `score` in whole per cent, `right` the places answered rightly."""

    score: int
    right: frozenset[int]
    passed: bool


def draw(modules: Sequence[Sequence[Item]], count: int, random: Random) -> list[Item]:
    """`count` items at random (fewer if there are fewer), spread over the modules, in random order.

    Every module gives one in turn, first of objectives that were not asked yet; only when those run out is an objective asked twice.
    """
    piles = [random.sample(list(items), len(items)) for items in modules if items]
    random.shuffle(piles)
    chosen: list[Item] = []
    asked: set[str] = set()
    for again in (False, True):
        while len(chosen) < count:
            before = len(chosen)
            for pile in piles:
                item = next((one for one in pile if again or one.objective not in asked), None)
                if item is not None and len(chosen) < count:
                    pile.remove(item)
                    chosen.append(item)
                    asked.add(item.objective)
            if len(chosen) == before:
                break
    random.shuffle(chosen)
    return chosen


def make_paper(document: CourseDocument, random: Random) -> list[dict[str, Any]]:
    """A paper as it is stored: item uuids with their options as [id in this attempt, option id], shuffled."""
    items = draw([module.items for module in document.modules], document.questions, random)
    return [
        {"item": item.uuid, "options": [[new_code(OPTION_ID_LENGTH), option.id] for option in random.sample(list(item.options), len(item.options))]}
        for item in items
    ]


def read_paper(paper: Sequence[Mapping[str, Any]], document: CourseDocument) -> tuple[Question, ...]:
    """A stored paper with the words of the course version that it was drawn from; places count from 1."""
    items = {item.uuid: item for module in document.modules for item in module.items}
    questions = []
    for place, entry in enumerate(paper, start=1):
        item = items[entry["item"]]
        options = {option.id: option for option in item.options}
        questions.append(Question(place, item, tuple((one, options[option]) for one, option in entry["options"])))
    return tuple(questions)


def check_choice(kind: str, ids: Sequence[str], chosen: Sequence[object]) -> list[str]:
    """The chosen ids as they are stored, in the order of the paper; an empty choice means skipped.

    Raises Invalid("answer.unknown") for anything that is not an option of this place, Invalid("answer.single") for two where one is asked.
    """
    if any(not isinstance(one, str) or one not in ids for one in chosen) or len(set(map(str, chosen))) != len(chosen):
        raise Invalid("answer.unknown", field="chosen")
    if kind == "single" and len(chosen) > 1:
        raise Invalid("answer.single", field="chosen")
    return [one for one in ids if one in chosen]


def grade(questions: Sequence[Question], answers: Mapping[int, Sequence[str]], *, pass_mark: int) -> Grade:
    """Judge the answers (place → chosen ids): a place is right when exactly the right options are chosen; skipped is wrong."""
    right = frozenset(one.place for one in questions if frozenset(answers.get(one.place, ())) == one.right)
    score = percent(len(right), len(questions))
    return Grade(score, right, bool(questions) and score >= pass_mark)


def percent(part: int, whole: int) -> int:
    """The share of `part` in `whole`, 0–100, rounded half up; 0 of nothing is 0."""
    return (200 * part + whole) // (2 * whole) if whole else 0


def retry_at(submitted_at: datetime, cooldown_minutes: int) -> datetime:
    """When the next attempt may begin after a failed one."""
    return submitted_at + timedelta(minutes=cooldown_minutes)


def credited(deadline_at: datetime, outages: Sequence[tuple[datetime, datetime]], *, started_at: datetime) -> datetime:
    """The end of an attempt that gets back the time of the outages in it, and of those in what it got back.

    `outages` neither overlap nor touch, the earliest first; what was before the attempt began is no loss.
    """
    ends_at = deadline_at
    for began_at, ended_at in outages:
        if began_at >= ends_at:
            break
        ends_at += max(ended_at - max(began_at, started_at), timedelta())
    return ends_at


def is_late(deadline_at: datetime | None, at: datetime) -> bool:
    """Whether an answer or a submission at `at` comes after the deadline and its grace; without a deadline nothing is late."""
    return deadline_at is not None and at > deadline_at + GRACE
