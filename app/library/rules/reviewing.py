"""What a story needs before it may be reviewed, what a step makes of its state, and what changed between two texts."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from rapidfuzz.distance import LCSseq

from app.library.rules.content import Content, Texts

STEPS: Final[Mapping[str, tuple[frozenset[str], str]]] = {
    "sent": (frozenset({"draft", "asked"}), "in_review"),
    "taken_back": (frozenset({"in_review"}), "draft"),
    "asked": (frozenset({"in_review"}), "asked"),
    "approved": (frozenset({"in_review"}), "approved"),
    "retired": (frozenset({"draft", "asked", "in_review", "approved"}), "retired"),
    "recalled": (frozenset({"draft", "asked", "in_review", "approved", "retired"}), "recalled"),
    "reopened": (frozenset({"retired", "recalled"}), "draft"),
}
"""Step -> the states from which it may be taken, and the state in which it leaves the story."""
EDITABLE: Final = frozenset({"draft", "asked", "in_review", "approved"})
_TOLD: Final = ("title", "standfirst", "reader_value", "facts", "angles", "body")
_WORD: Final = re.compile(r"\w+\s*|[^\w\s]\s*|\s+")


def allows(step: str, state: str) -> bool:
    """Whether `step` may be taken with a story in `state`."""
    return state in STEPS[step][0]


def state_after_edit(state: str) -> str:
    """An edit of an approved story goes back to review; every other state stays."""
    return "in_review" if state == "approved" else state


def missing(content: Content, *, picture_alt: Texts | None, at: datetime) -> tuple[tuple[str, str], ...]:
    """What the story lacks before anybody can review it: pairs of a stable code and the form's field, in the form's order.

    A language that was begun must be complete, so that no reader gets half a story. `picture_alt` is None without a picture.
    """
    found: list[tuple[str, str]] = []
    begun = [language for language in content.body.keys() | content.title.keys() | content.facts.keys() if language] or ["en"]
    for language in sorted(begun):
        found += [(f"missing.{part}", f"{part}_{language}") for part in _TOLD if not getattr(content, part).get(language)]
        if picture_alt is not None and not picture_alt.get(language):
            found.append(("missing.alt", f"alt_{language}"))
    found += [("missing.caption_language", f"caption_{each.network}_{each.language}") for each in content.captions if each.language not in begun]
    for part in ("topics", "target_url", "replies_by", "replies_within_hours"):
        if not getattr(content, part):
            found.append((f"missing.{part}", part))
    if content.closes_at is not None and content.closes_at <= at:
        found.append(("missing.future", "closes_at"))
    return tuple(found)


@dataclass(frozen=True)
class Piece:
    """A stretch of text in a comparison; kind is "same", "added" or "gone"."""

    kind: str
    text: str


def compare(before: str, after: str) -> tuple[Piece, ...]:
    """What became of a text, word by word."""
    if before == after:
        return (Piece("same", after),) if after else ()
    return tuple(_pieces(_WORD.findall(before), _WORD.findall(after)))


def _pieces(old: list[str], new: list[str]) -> Iterator[Piece]:
    """The longest common run of words stays; between its parts, first what is gone and then what came."""
    old_at = new_at = 0
    for part in LCSseq.opcodes(old, new):
        if part.tag == "equal":
            yield from _changed(old[old_at : part.src_start], new[new_at : part.dest_start])
            yield Piece("same", "".join(new[part.dest_start : part.dest_end]))
            old_at, new_at = part.src_end, part.dest_end
    yield from _changed(old[old_at:], new[new_at:])


def _changed(gone: list[str], added: list[str]) -> Iterator[Piece]:
    if gone:
        yield Piece("gone", "".join(gone))
    if added:
        yield Piece("added", "".join(added))
