"""Supplied examples as they would stand on each network, for whoever writes them."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.core.who import Who
from app.library.rules.content import StoryDocument
from app.sharing.presenters.composing import Measure, Preview, length_of, preview_of
from app.sharing.presenters.words import network_name
from app.sharing.rules.drafts import Draft, House, Sources, judge
from app.sharing.rules.networks import NETWORKS


@dataclass(frozen=True)
class Example:
    """An example as a post: where, how it looks there, and how much room it leaves."""

    network: str
    length: Measure
    preview: Preview


def examples(document: StoryDocument, language: str, *, who: Who, house: House) -> Sequence[Example]:
    """The story's examples in a language, each with the disclosure before it and the link behind it, as if `who` posted it as it is."""
    drafts = [
        Draft(NETWORKS[caption.network], language, caption.text)
        for caption in document.captions
        if caption.language == language and caption.network in NETWORKS
    ]
    judged = [(draft, judge(draft, house=house, sources=Sources())) for draft in drafts]
    return [
        Example(network_name(draft.network.slug), length_of(found.length), preview_of(document, draft, found, who=who, house=house))
        for draft, found in judged
    ]
