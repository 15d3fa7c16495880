"""A draft as it is written, and what it would be if it were sent now: the one judgement that the meters show and the share is held to."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from app.core.errors import Invalid
from app.core.ids import CODE_LENGTH
from app.core.text import paragraphs, refuse_heaps
from app.library.rules.content import StoryDocument
from app.library.rules.targets import Links
from app.sharing.rules.closeness import Closeness, compare
from app.sharing.rules.disclosure import disclosed, work_without_a_name
from app.sharing.rules.intents import with_link
from app.sharing.rules.length import Length, measure
from app.sharing.rules.networks import NETWORKS, Network

LONGEST_BODY: Final = 64_000
"""More than any network takes; a limit for our own sake."""


@dataclass(frozen=True)
class House:
    """What a share says of the house: its name, where its short links stand, and where they may lead."""

    org: str
    base_url: str
    links: Links

    def short(self, code: str) -> str:
        """The short link of a code."""
        return f"{self.base_url}/s/{code}"

    @property
    def sample(self) -> str:
        """A link of the length that each has, for a text that has none yet."""
        return self.short("x" * CODE_LENGTH)


@dataclass(frozen=True)
class Draft:
    """What a person wrote, for which network, in which language; `server` is their Mastodon server."""

    network: Network
    language: str
    body: str = ""
    server: str = ""


@dataclass(frozen=True)
class Sources:
    """The words of others that a draft is compared with: whole texts, and facts that may be quoted."""

    texts: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Judgement:
    """A draft as it would be sent: the words with their disclosure, the whole text with its link, and what is to be said about it.

    `unnamed` are the writer's words about their work that do not tell whose it is, "" when there are none or the company is named.
    """

    words: str
    text: str
    disclosure: str
    says_it_oneself: bool
    unnamed: str
    length: Length
    closeness: Closeness = field(default_factory=lambda: Closeness(0))


def network_of(slug: str | None) -> Network:
    """The network of this name, else Invalid("network.unknown")."""
    if slug is None or slug not in NETWORKS:
        raise Invalid("network.unknown", field="network")
    return NETWORKS[slug]


def judge(draft: Draft, *, house: House, sources: Sources) -> Judgement:
    """What the draft is as sent, with a sample in the place of its link: every link is as long."""
    words, said = disclosed(draft.body, language=draft.language, org=house.org)
    text = with_link(words, house.sample)
    length = measure(words if draft.network.link_apart else text, draft.network)
    unnamed = work_without_a_name(draft.body, house.org)
    closeness = compare(draft.body, texts=sources.texts, facts=sources.facts)
    return Judgement(words, text, said, words == draft.body, unnamed, length, closeness)


def cleaned(body: str) -> str:
    """The body as it is kept and sent; raises Invalid("text.empty") when a reader would see nothing of it."""
    return paragraphs(body, field="body", longest=LONGEST_BODY)


def as_typed(body: str) -> str:
    """An unfinished body as it would be kept. Refuses nothing but what costs too much to look at: Invalid("text.long"), Invalid("text.marks").

    Code points are counted here, which are what looking costs; nothing is ever cut from what somebody wrote.
    """
    if len(body) > LONGEST_BODY:
        raise Invalid("text.long", field="body", longest=LONGEST_BODY)
    refuse_heaps(body, longest=LONGEST_BODY, field="body")
    return unicodedata.normalize("NFC", body).replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip()


def refuse_what_may_not_be_sent(judged: Judgement, network: Network) -> None:
    """Raise what stands in the way of sending: too long for the network, or nobody's own words."""
    if not judged.length.fits:
        over = max(-judged.length.left, judged.length.bytes_over)
        raise Invalid("draft.long", field="body", over=over, network=network.name)
    if judged.closeness.verbatim:
        raise Invalid("draft.copied", field="body")


def sources_of(document: StoryDocument, earlier: Iterable[str] = ()) -> Sources:
    """The supplied words of a story in every language, and what colleagues posted about it."""
    facts = [fact for lines in document.facts.values() for fact in lines]
    return Sources((*(caption.text for caption in document.captions), *earlier), tuple(facts))
