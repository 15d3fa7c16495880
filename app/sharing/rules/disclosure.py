"""Saying who we are: the employer stands at the start of what is sent, in words and not in a hashtag.

Sources: 16 CFR 255.5 (clear and conspicuous, near the claim), the Dutch Reclamecode Social Media & Influencer Marketing (recognisable,
relation stated in the message), and docs/decisions/0030-disclosure-in-the-text.md.
"""

import re
from typing import Final

from app.core.text import first_graphemes, fold

WITHIN: Final = 100
"""The number of characters at the start in which it must be said: before any network's fold."""
KEPT: Final = 400
"""Signs of Unicode that are kept of it: a letter may be written with many."""
_PHRASES: Final = {"en": "I work at {org}.", "nl": "Ik werk bij {org}."}
_SAYS_IT: Final = (
    *("i work at", "i work for", "i am employed", "i'm employed", "my employer", "my company", "my team", "my colleague", "our company"),
    *(
        "ik werk bij",
        "ik werk voor",
        "werk ik bij",
        "werk ik voor",
        "mijn werkgever",
        "mijn bedrijf",
        "mijn team",
        "mijn collega",
        "ons bedrijf",
        "bij ons",
    ),
)
_WITH_THE_NAME: Final = ("we", "our", "us", "my job", "my work", "wij", "ons", "onze", "mijn werk", "mijn baan")
"""Words that tell of the employer only beside its name."""
_HASHTAG: Final = re.compile(r"[#\uff03]\w+")
_WORD: Final = re.compile(r"[\w']+")


def phrase(language: str, org: str) -> str:
    """The sentence that says it in `language`, for people who do not say it themselves."""
    return _PHRASES.get(language, _PHRASES["en"]).format(org=org)


def own_disclosure(text: str, org: str) -> str:
    """The words at the start of `text` in which its writer says where they work, or "" when the text does not say it in time."""
    start = first_graphemes(text.strip(), WITHIN)[:KEPT]
    words = " ".join(_WORD.findall(fold(_HASHTAG.sub(" ", start)).replace("\u2019", "'")))
    company = " ".join(_WORD.findall(fold(org)))
    if any(_stands_in(cue, words) for cue in _SAYS_IT):
        return start
    if company and _stands_in(company, words) and any(_stands_in(cue, words, whole=True) for cue in _WITH_THE_NAME):
        return start
    return ""


def _stands_in(cue: str, words: str, *, whole: bool = False) -> bool:
    return f" {cue}{' ' if whole else ''}" in f" {words} "


def disclosed(body: str, *, language: str, org: str) -> tuple[str, str]:
    """The text with its disclosure at the start, and the words that disclose: the writer's own if there are any, else ours before them."""
    own = own_disclosure(body, org)
    if own:
        return body, own
    said = phrase(language, org)
    return f"{said} {body}".rstrip(), said
