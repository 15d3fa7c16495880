"""How long a post is in the eyes of each network, counted over the text exactly as it is sent."""

import unicodedata
from dataclasses import dataclass
from typing import Final

import regex

from app.core.text import first_graphemes, graphemes
from app.sharing.rules.networks import Counting, Network

_URL: Final = regex.compile(r"https?://[^\s<>\"]+", regex.IGNORECASE)
_BARE: Final = regex.compile(
    r"(?<![\w@.\-/])(?:[a-z0-9](?:[a-z0-9\-]{0,61}[a-z0-9])?\.){1,5}(?:com|org|net|edu|gov|info|biz|app|dev|example|[a-z]{2})(?![\w\-])(?:/[^\s<>\"]*)?",
    regex.IGNORECASE,
)
_REMOTE_MENTION: Final = regex.compile(r"(?<![\w/])(@\w{1,64})@[\w.\-]{1,253}\w")
_EMOJI: Final = regex.compile(r"\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3")
_GRAPHEME: Final = regex.compile(r"\X")
_LINK_COUNTS: Final = 23
_LIGHT: Final = ((0x0000, 0x10FF), (0x2000, 0x200D), (0x2010, 0x201F), (0x2032, 0x2037))
"""The ranges that weigh one on X (twitter-text configuration v3); everything else weighs two."""


@dataclass(frozen=True)
class Length:
    """How much of a network's room a text takes; `left` is negative when it does not fit."""

    used: int
    limit: int
    bytes_over: int = 0

    @property
    def left(self) -> int:
        """What remains."""
        return self.limit - self.used

    @property
    def fits(self) -> bool:
        """Whether the network takes the text whole."""
        return self.left >= 0 and not self.bytes_over


def measure(text: str, network: Network) -> Length:
    """The length of `text` as `network` counts it."""
    count = {
        Counting.X: _weighted,
        Counting.BLUESKY: graphemes,
        Counting.MASTODON: _mastodon,
        Counting.THREADS: _threads,
        Counting.CHARACTERS: len,
    }[network.counting]
    clean = unicodedata.normalize("NFC", text)
    over = max(0, len(clean.encode()) - network.bytes_limit) if network.bytes_limit else 0
    return Length(count(clean), network.limit, over)


def _weighted(text: str) -> int:
    """X: links weigh 23, an emoji of any make 2, other letters 1 or 2 by their range."""
    rest, links = _without_links(text, bare=True)
    return links * _LINK_COUNTS + sum(_weight(cluster) for cluster in _GRAPHEME.findall(rest))


def _weight(cluster: str) -> int:
    if len(cluster) > 1 and _EMOJI.search(cluster):
        return 2
    return sum(1 if any(low <= ord(letter) <= high for low, high in _LIGHT) else 2 for letter in cluster)


def _mastodon(text: str) -> int:
    """Mastodon: graphemes; a link counts 23, a mention on another server only its user part."""
    rest, links = _without_links(text, bare=False)
    return links * _LINK_COUNTS + graphemes(_REMOTE_MENTION.sub(r"\1", rest))


def _threads(text: str) -> int:
    """Threads: letters count one each, an emoji as many as it has bytes in UTF-8."""
    return sum(len(cluster.encode()) if _EMOJI.search(cluster) else len(cluster) for cluster in _GRAPHEME.findall(text))


def _without_links(text: str, *, bare: bool) -> tuple[str, int]:
    count = 0
    for pattern in (_URL, _BARE) if bare else (_URL,):
        text, found = pattern.subn(_tail, text)
        count += found
    return text, count


def _tail(match: regex.Match[str]) -> str:
    """What does not belong to a link at its end stays in the text: punctuation and an unmatched closing bracket."""
    link = str(match[0])
    kept = link.rstrip(".,;:!?'")
    if kept.endswith(")") and kept.count("(") < kept.count(")"):
        kept = kept[:-1]
    return link[len(kept) :]


def fold(text: str, network: Network) -> tuple[str, str]:
    """The text as readers see it first, and what stands behind "…more"; never cut inside a grapheme, a word or a link."""
    if not network.folds_at or graphemes(text) <= network.folds_at:
        return text, ""
    first = first_graphemes(text, network.folds_at)
    if not text[len(first)].isspace():
        at_space = max(first.rfind(" "), first.rfind("\n"))
        first = first[:at_space] if at_space > network.folds_at // 2 else _before_link(first)
    return first.rstrip(), text[len(first) :]


def _before_link(first: str) -> str:
    """`first` without the link that it would cut through."""
    links = list(_URL.finditer(first))
    return first[: links[-1].start()] if links and links[-1].end() == len(first) else first
