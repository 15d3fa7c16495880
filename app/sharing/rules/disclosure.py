"""Saying who we are: a reader learns at the start, in words, that the writer works for this company, by its name.

Sources: 16 CFR 255.5 (clear and conspicuous, near the claim), the Dutch Reclamecode Social Media & Influencer Marketing (recognisable,
relation stated in the message), and docs/decisions/0030-disclosure-in-the-text.md.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from app.core.text import first_graphemes, fold

WITHIN: Final = 100
"""The number of characters at the start in which it must be said: before any network's fold."""
KEPT: Final = 400
"""Signs of Unicode that are kept of it: a letter may be written with many."""
_PHRASES: Final = {"en": "I work at {org}.", "nl": "Ik werk bij {org}."}
_LEGAL_FORM: Final = re.compile(r"[ ,]+(?:b\.?v\.?|n\.?v\.?|inc\.?|ltd\.?|llc|plc|gmbh|ag|s\.?a\.?)$")
_ADDRESS: Final = re.compile(r"[a-z]{2,9}://\S+|www\.\S+|\S{1,64}@\S{1,64}\.\S+")
_HASHTAG: Final = re.compile(r"#\w+")
_SENTENCE_END: Final = re.compile(r"[.!?\u2026;]+(?=\s|$)|\n")
_WORD_GOES_ON: Final = re.compile(r"[\w-]")
_WORD: Final = re.compile(r"[\w']+(?:-[\w']+)*")

# What a sentence is read for, in small letters; ORG stands where the company is named. Words that speak of somebody else, of buying or of
# not working there end a gap, because "I bought it at ORG" tells of a customer.
_OTHERWISE: Final = (
    "not never no don't didn't bought buy buying order ordered shop shopped got found saw was were customer customers client clients fan fans user"
    " users guest visitor regular shareholder friend friends wife husband partner brother sister son daughter neighbour neighbor father mother who"
    " whose that where which you they he she looking apply applied interview niet nooit geen kocht koop koopt kopen kochten gekocht bestel bestelde"
    " besteld kreeg vond werd werden geholpen geweest klant klanten gebruiker gast bezoeker sollicitant solliciteer aandeelhouder vriend vriendin"
    " man vrouw broer zus zoon dochter buurman buurvrouw vader moeder je jij jullie u ze hij zij men die dat wie waar naar vroeger"
).replace(" ", "|")
_PARTS: Final = {
    "ORG": r"(?:the |de |het )?ORG(?:'s)?(?= )",
    "GAP": rf"(?:(?!(?:ORG|{_OTHERWISE})[' ])[^ ]+ ){{0,6}}?",
    "NEAR": r"(?:[\w-]+ ){0,3}?",
    "FEW": r"(?:[\w-]+ ){0,2}?",
    "YET": r"(?:(?:also|still|now|just|only|proudly|happily|currently|ook|nog|nu|al) )?",
    "INSIDE": rf"(?!(?:[^ ]+ ){{0,6}}(?:{_OTHERWISE}) )",
    "OURS": "(?:team|colleagues?|co-?workers?|job|work|role|desk|department|office|workplace|workshop|day|days|week|shift)",
    "ONZE": "(?:team|collega|collega's|werk|baan|rol|afdeling|kantoor|werkplek|werkplaats|dag|dagen|week|dienst)",
    "PAYER": "(?:employer|company|boss|werkgever|bedrijf|baas)",
    "WORK": (
        "(?:work|repair|mend|fix|sell|build|make|design|develop|code|test|teach|train|lead|manage|run|head|coach|recruit|hire|write"
        "|draw|collect|chase|handle|plan|drive|pack|ship|assemble|answer|support|clean|cook|guard|research|break|keep|look after|started)"
    ),
    "WERK": (
        "(?:werk|werken|repareer|repareren|herstel|maak|verkoop|bouw|bouwen|ontwerp|ontwikkel|programmeer|test|train|leid|run|coach|werf|schrijf|teken"
        "|int|regel|plan|rijd|verstuur|beantwoord|ondersteun|poets|kook|bewaak|onderzoek|beheer|begon|begeleid|verzorg|zit|sta)"
    ),
}
_TELLS: Final = (
    "(?:i|we) YETWORK GAP(?:at|for) ORG",
    "(?:i am|i'm|we are|we're) (?:employed|working) GAP(?:at|for|by) ORG",
    "(?:i|we)(?: have|'ve) (?:worked|been working) GAP(?:at|for) ORG",
    "(?:i|we) work (?:on|in) FEWORG",
    "(?:i am|i'm|we are|we're|as) (?:an?|the|head|one) GAP(?:at|for) ORG",
    "i joined ORG",
    "(?:we|us|colleagues and i|what i do|what we do) (?:here )?at ORG",
    "(?:we|us) (?:on|in|from) NEAR(?:at|of) ORG",
    "(?:my|our) FEWOURS GAPat ORG",
    "at ORG FEW(?:we|i) INSIDE",
    "at ORG FEW(?:my|our) FEWOURS ",
    "ORG where (?:i|we) INSIDE",
    "ORG pays (?:me|my) ",
    "(?:ik|we|wij) YETWERK GAP(?:bij|voor) ORG",
    "werk(?:en)? (?:ik|we|wij) GAP(?:bij|voor) ORG",
    "(?:ik|we|wij) (?:werk|werken|leid) NEARvan ORG",
    "(?:ik ben|wij zijn|we zijn|als) GAP(?:bij|voor|in dienst van) ORG",
    "(?:bij ons|we|wij|collega's en ik|wat ik doe) (?:hier )?(?:van|bij) ORG",
    "(?:bij ons|we|wij) (?:op|in|aan|uit) NEAR(?:van|bij) ORG",
    "(?:mijn|onze|ons) FEWONZE GAP(?:bij|van) ORG",
    "bij ORG GAP(?:we|wij|ik) INSIDE",
    "bij ORG GAP(?:mijn|onze|ons) FEWONZE ",
    "ORG waar (?:ik|we|wij) INSIDE",
    "ORG betaalt (?:mij|me|mijn) ",
    "(?:my|our|mijn|onze|ons) FEWPAYER (?:(?:is|called|heet) )?ORG",
    "ORG (?:is )?(?:my|our|mijn|onze|ons) FEWPAYER ",
)
_HINTS: Final = "(?:my|our) (?:OURS|PAYER)|(?:mijn|onze|ons) (?:ONZE|PAYER)|at work|bij ons|op het werk|op mijn werk"


def _spelt_out(pattern: str) -> str:
    return re.sub("|".join(_PARTS), lambda part: _PARTS[part[0]], pattern)


_TELLING: Final = [re.compile(f" {_spelt_out(pattern)}") for pattern in _TELLS]
_HINTING: Final = re.compile(rf"(?<= )(?:{_spelt_out(_HINTS)})(?= )")


def phrase(language: str, org: str) -> str:
    """The sentence that says it in `language`, for people who do not say it themselves."""
    return _PHRASES.get(language, _PHRASES["en"]).format(org=org)


def own_disclosure(text: str, org: str) -> str:
    """The words at the start of `text` in which its writer says that they work for `org`, or "" when the text does not say it in time."""
    return _start(text) if any(pattern.search(sentence) for sentence in _sentences(text, org) for pattern in _TELLING) else ""


def is_in_own_words(disclosure: str, text: str) -> bool:
    """Whether what was kept as the disclosure of `text` is simply its start, and no sentence of ours before it."""
    return disclosure == _start(text)


def _start(text: str) -> str:
    return first_graphemes(text.strip(), WITHIN)[:KEPT]


def work_without_a_name(text: str, org: str) -> str:
    """The words ("my team") that speak of the writer's work without telling a stranger whose work that is, or "" when there are none."""
    if own_disclosure(text, org):
        return ""
    found = next(filter(None, (_HINTING.search(sentence) for sentence in _sentences(text, org))), None)
    return found[0] if found else ""


def _sentences(text: str, org: str) -> Iterator[str]:
    """The sentences at the start of `text`: words in small letters with a space around each, without addresses and hashtags."""
    whole = text.strip()
    start = _start(text)
    if _WORD_GOES_ON.match(whole, len(start)):
        start = start.rpartition(" ")[0]
    said = _ADDRESS.sub(" ", fold(start).replace("\u2019", "'"))
    said = _HASHTAG.sub(" ", _named(org).sub("ORG", said))
    for sentence in _SENTENCE_END.split(said):
        yield f" {' '.join(_WORD.findall(sentence))} "


@lru_cache(maxsize=16)
def _named(org: str) -> re.Pattern[str]:
    """Where a company is named: with or without its legal form, also with # or @ before it, but not inside another word or a product's name."""
    name = fold(org)
    spellings = {name, _LEGAL_FORM.sub("", name), name.replace(" ", "")} - {""} or {"\x00"}
    either = "|".join(re.escape(each) for each in sorted(spellings, key=len, reverse=True))
    return re.compile(rf"(?<![\w#@-])[#@]?(?:{either})(?![\w-]|\s+\d)")


def disclosed(body: str, *, language: str, org: str) -> tuple[str, str]:
    """The text with its disclosure at the start, and the words that disclose: the writer's own if there are any, else ours before them."""
    own = own_disclosure(body, org)
    if own:
        return body, own
    said = phrase(language, org)
    return f"{said} {body}".rstrip(), said
