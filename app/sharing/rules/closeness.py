"""How close a draft is to words that others wrote: the supplied captions and facts, and what colleagues posted.

Two measures, taken together: how much of the draft stands in runs of words that are identical to a source, and how alike the two are when
order and repetition are set aside (rapidfuzz `token_set_ratio`: re-worded about 79, a near copy about 98). Facts may be repeated; a
text that is nothing but somebody else's words may not be sent (docs/decisions/0031-own-words.md).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz

from app.core.text import fold

RUN: Final = 5
"""As many identical words in a row are a quotation; fewer happen by chance."""
_ALIKE_FROM: Final = 72
_LONGEST_COMPARED: Final = 3000
PARTLY: Final = 35
CLOSE: Final = 70
_WORD: Final = re.compile(r"\w+(?:['\u2019]\w+)*")
_NOT_WORDS: Final = re.compile(r"https?://\S+|[#@]\w+")


@dataclass(frozen=True)
class Closeness:
    """0 (all one's own) to 100 (all supplied); `longest_run` in words; `verbatim` when the draft is a source, word for word."""

    percent: int
    longest_run: int = 0
    verbatim: bool = False

    @property
    def verdict(self) -> str:
        """In a word: "yours", "partly" or "close"."""
        if self.percent < PARTLY:
            return "yours"
        return "partly" if self.percent < CLOSE else "close"


def compare(draft: str, *, texts: Iterable[str], facts: Iterable[str] = ()) -> Closeness:
    """How close `draft` is to whole `texts` (captions, colleagues' posts) and to `facts`, which only count where they are quoted."""
    mine = words_of(draft)
    if not mine:
        return Closeness(0)
    whole = [words for words in map(words_of, texts) if words]
    sources = [*whole, *filter(None, map(words_of, facts))]
    quoted = _quoted(mine, sources)
    share = round(100 * sum(quoted) / len(mine))
    alike = max((_alike(mine, source) for source in whole), default=0)
    verbatim = any(_is_all_of(mine, source) for source in sources)
    return Closeness(100 if verbatim else max(share, alike), _longest(quoted), verbatim)


def words_of(text: str) -> tuple[str, ...]:
    """The words that count: folded, without links, hashtags, mentions and punctuation."""
    return tuple(_WORD.findall(fold(_NOT_WORDS.sub(" ", text)).replace("\u2019", "'")))


def _quoted(mine: Sequence[str], sources: Iterable[Sequence[str]]) -> list[bool]:
    """For each word of mine whether it stands in a run that is identical to one in a source."""
    runs = {tuple(source[at : at + RUN]) for source in sources for at in range(len(source) - RUN + 1)}
    marks = [False] * len(mine)
    for at in range(len(mine) - RUN + 1):
        if tuple(mine[at : at + RUN]) in runs:
            marks[at : at + RUN] = [True] * RUN
    return marks


def _alike(mine: Sequence[str], source: Sequence[str]) -> int:
    """Likeness of two whole texts, 0–100, above what any two texts about one subject share; texts of very different length are not alike."""
    if min(len(mine), len(source)) * 2 < max(len(mine), len(source)):
        return 0
    ratio = fuzz.token_set_ratio(" ".join(mine)[:_LONGEST_COMPARED], " ".join(source)[:_LONGEST_COMPARED])
    return max(0, round((ratio - _ALIKE_FROM) * 100 / (100 - _ALIKE_FROM)))


def _is_all_of(mine: Sequence[str], source: Sequence[str]) -> bool:
    """Whether the draft has nothing that does not stand in the source in the same order, and enough of it to be a copy."""
    return len(mine) >= min(RUN, len(source)) and len(mine) >= 3 and f" {' '.join(mine)} " in f" {' '.join(source)} "


def _longest(marks: Sequence[bool]) -> int:
    longest = run = 0
    for marked in marks:
        run = run + 1 if marked else 0
        longest = max(longest, run)
    return longest
