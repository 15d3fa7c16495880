"""Pure decisions of the front hall: which course stands on the card, and what a search finds."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, Final

import snowballstemmer

LONGEST_QUERY: Final = 64
PRESSING: Final = timedelta(days=14)
"""A mandatory course that is due within this time goes before what somebody was last busy with."""
_WORD: Final = re.compile(r"\w+")
_STEMMERS: Final = {"en": "english", "nl": "dutch"}


@dataclass(frozen=True)
class Running:
    """A course under way: when it is due if it must be done, whether it is paused, and when its learner was last busy with it."""

    enrolment_id: int
    due_on: date | None
    paused: bool
    busy_at: datetime


def to_go_on_with(running: Sequence[Running], today: date) -> Running | None:
    """The one course for the card: a duty that presses, else what was last worked on; a paused one only if it presses."""
    pressing = [each for each in running if each.due_on is not None and each.due_on <= today + PRESSING]
    if pressing:
        return min(pressing, key=lambda each: (each.due_on or date.max, each.enrolment_id))
    return max((each for each in running if not each.paused), key=lambda each: (each.busy_at, each.enrolment_id), default=None)


def folded(text: str) -> str:
    """Without capitals and accents, so that "Één" is found as "een"."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


@dataclass(frozen=True)
class Words:
    """The words of a text as a search compares them: as written, and as stems."""

    plain: frozenset[str]
    stems: frozenset[str]


def words_of(text: str, language: str) -> Words:
    """The words of a text in a language."""
    plain = frozenset(_WORD.findall(folded(text)))
    return Words(plain, frozenset(_stem(word, language) for word in plain))


@dataclass(frozen=True)
class Query:
    """What somebody looks for: stems, and the last word as it was typed, which may be unfinished."""

    stems: tuple[str, ...]
    last: str

    def finds(self, words: Words) -> bool:
        """Whether every word is there; the last one may be the beginning of a word."""
        if not self.stems:
            return False
        whole = all(stem in words.stems for stem in self.stems[:-1])
        return whole and (self.stems[-1] in words.stems or (len(self.last) > 1 and any(word.startswith(self.last) for word in words.plain)))


def query_of(text: str, language: str) -> Query:
    """What a reader of a language typed, of which the first 64 characters count."""
    typed = _WORD.findall(folded(text[:LONGEST_QUERY]))
    return Query(tuple(_stem(word, language) for word in typed), typed[-1] if typed else "")


@lru_cache(maxsize=20_000)
def _stem(word: str, language: str) -> str:
    return str(_stemmer(language).stemWord(word))


def _stemmer(language: str) -> Any:
    """A stemmer of its own for each word: they keep state, and threads share this module."""
    return snowballstemmer.stemmer(_STEMMERS.get(language, "english"))
