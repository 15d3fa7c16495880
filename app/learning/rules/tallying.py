"""Pure decisions about what a quiz tells its authors: how its questions go, of many people, and nothing of a few.

Only a person's first sitting counts, so that the numbers speak of people and of the question as it meets somebody who has read the
lessons; who they were is not kept.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from app.learning.rules.quiz import Question, percent

FEWEST: Final = 10
"""So many people must have been asked before a question says anything (P5)."""
MANY: Final = 20
"""Below this, what nearly all or nearly none did stays unsaid, and so does each option: it would speak of one or two (P9)."""
SETTLED: Final = timedelta(hours=1)
"""How old a sitting must be to be counted: one that is being handed in this moment may not be seen by whoever counts."""


@dataclass(frozen=True)
class Asked:
    """How a question went: the people it was asked, those of them who knew, and how often each option (by its id) was chosen."""

    people: int
    right: int
    chosen: Mapping[str, int]

    @property
    def share(self) -> int | None:
        """How many of a hundred knew; None when that would speak of too few."""
        few = min(self.right, self.people - self.right)
        if self.people < FEWEST or (self.people < MANY and few <= 1):
            return None
        return percent(self.right, self.people)

    def share_of(self, option: str) -> int | None:
        """How many of a hundred chose this option; None when that would speak of too few."""
        return percent(self.chosen.get(option, 0), self.people) if self.people >= MANY else None


def tallied(before: Mapping[str, Asked], sittings: Iterable[tuple[Sequence[Question], Mapping[int, Sequence[str]]]]) -> dict[str, Asked]:
    """What was counted before, item by item, with these sittings (a paper, and place → chosen ids) added."""
    people, right = (Counter({item: getattr(asked, part) for item, asked in before.items()}) for part in ("people", "right"))
    chosen = {item: Counter(asked.chosen) for item, asked in before.items()}
    for questions, answers in sittings:
        for question in questions:
            item, picked = question.item.uuid, frozenset(answers.get(question.place, ()))
            people[item] += 1
            right[item] += picked == question.right
            chosen.setdefault(item, Counter()).update(option.id for one, option in question.options if one in picked)
    return {item: Asked(people[item], right[item], dict(chosen.get(item, {}))) for item in people}


def as_document(asked: Mapping[str, Asked]) -> dict[str, Any]:
    """The counts as they are stored."""
    return {item: {"people": each.people, "right": each.right, "chosen": dict(each.chosen)} for item, each in asked.items()}


def asked_from(document: Mapping[str, Any]) -> dict[str, Asked]:
    """The counts that a stored document holds."""
    return {item: Asked(each["people"], each["right"], each["chosen"]) for item, each in document.items()}
