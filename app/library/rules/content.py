"""What a story says, in every language it is told in, and the document that readers get of it."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

from app.core.errors import Faulty, Invalid
from app.core.text import one_line, paragraphs
from app.library.rules.targets import EVERYWHERE, Links, check_target
from app.people.rules import Audience, audience_from

LANGUAGES: Final = ("en", "nl")
NETWORKS: Final = ("linkedin", "bluesky", "mastodon", "x", "threads", "facebook", "whatsapp", "telegram", "reddit", "teams", "email", "sheet")
"""Where a story may be shared; "sheet" is the phone's own list of applications."""
CAPTION_NETWORKS: Final = tuple(network for network in NETWORKS if network != "sheet")
"""Where a text needs an example: the phone's own list leads to any of them."""
LONGEST: Final = {"title": 120, "standfirst": 400, "reader_value": 240, "body": 20_000, "facts": 400, "angles": 300, "caption": 3_000, "alt": 400}
"""Longest texts, in graphemes; of facts and angles it is one of them."""
MOST: Final = {"facts": 12, "angles": 8, "topics": 5, "captions": 24}
LONGEST_ANSWER_HOURS: Final = 168

Texts = Mapping[str, str]
"""Language -> text; a language without text has no entry."""
Lists = Mapping[str, tuple[str, ...]]
"""Language -> what is said, one thing each."""


@dataclass(frozen=True)
class Contact:
    """Who answers when readers reply: a person's UUID, and their name as it was when the story was saved."""

    uuid: str
    name: str


@dataclass(frozen=True)
class Caption:
    """An example of what one could write about the story on a network, in a language."""

    network: str
    language: str
    text: str


@dataclass(frozen=True)
class Picture:
    """The picture of an edition: which asset, its size in pixels, and its description per language."""

    uuid: str
    width: int
    height: int
    alt: Texts


@dataclass(frozen=True)
class Content:
    """A story as its author writes it. Texts stand per language; a story may be told in one language or in all."""

    title: Texts
    standfirst: Texts
    reader_value: Texts
    body: Texts
    facts: Lists
    angles: Lists
    topics: tuple[str, ...] = ()
    target_url: str = ""
    replies_by: Contact | None = None
    replies_within_hours: int | None = None
    audience: Audience = field(default_factory=Audience)
    captions: tuple[Caption, ...] = ()
    opens_at: datetime | None = None
    closes_at: datetime | None = None

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which the story has a title."""
        return tuple(language for language in LANGUAGES if self.title.get(language))

    def language_for(self, locale: str) -> str:
        """The language in which a reader of `locale` gets the story: their own, else the first it is told in."""
        return locale if locale in self.languages else next(iter(self.languages), LANGUAGES[0])

    def said(self, part: str, locale: str) -> str:
        """One of title, standfirst, reader_value or body in the reader's language, or in the one there is."""
        texts: Texts = getattr(self, part)
        return texts.get(self.language_for(locale), "")

    def listed(self, part: str, locale: str) -> tuple[str, ...]:
        """The facts or angles in the reader's language, or in the one there is."""
        lists: Lists = getattr(self, part)
        return lists.get(self.language_for(locale), ())

    def as_document(self) -> dict[str, Any]:
        """The content as it is stored."""
        return {
            **{part: dict(getattr(self, part)) for part in ("title", "standfirst", "reader_value", "body")},
            **{part: {language: list(lines) for language, lines in getattr(self, part).items()} for part in ("facts", "angles")},
            "topics": list(self.topics),
            "target_url": self.target_url,
            "replies_by": {"uuid": self.replies_by.uuid, "name": self.replies_by.name} if self.replies_by else None,
            "replies_within_hours": self.replies_within_hours,
            "audience": self.audience.as_document(),
            "captions": [{"network": each.network, "language": each.language, "text": each.text} for each in self.captions],
            "opens_at": self.opens_at.isoformat() if self.opens_at else None,
            "closes_at": self.closes_at.isoformat() if self.closes_at else None,
        }


@dataclass(frozen=True)
class StoryDocument(Content):
    """An edition as readers get it: the content, its body as clean HTML, and its picture."""

    html: Texts = field(default_factory=dict)
    picture: Picture | None = None

    def as_document(self) -> dict[str, Any]:
        """The edition as it is stored."""
        picture = self.picture
        drawn = {"uuid": picture.uuid, "width": picture.width, "height": picture.height, "alt": dict(picture.alt)} if picture else None
        return {**super().as_document(), "html": dict(self.html), "picture": drawn}


EMPTY: Final = Content(title={}, standfirst={}, reader_value={}, body={}, facts={}, angles={})


def content_from(document: Mapping[str, Any]) -> Content:
    """The content that `as_document` stored."""
    return Content(**_parts(document))


def document_from(document: Mapping[str, Any]) -> StoryDocument:
    """The edition that `as_document` stored."""
    picture = document["picture"]
    drawn = Picture(picture["uuid"], picture["width"], picture["height"], picture["alt"]) if picture else None
    return StoryDocument(**_parts(document), html=document["html"], picture=drawn)


def _parts(document: Mapping[str, Any]) -> dict[str, Any]:
    contact = document["replies_by"]
    return {
        **{part: document[part] for part in ("title", "standfirst", "reader_value", "body", "target_url", "replies_within_hours")},
        **{part: {language: tuple(lines) for language, lines in document[part].items()} for part in ("facts", "angles")},
        "topics": tuple(document["topics"]),
        "replies_by": Contact(contact["uuid"], contact["name"]) if contact else None,
        "audience": audience_from(document["audience"]),
        "captions": tuple(Caption(each["network"], each["language"], each["text"]) for each in document["captions"]),
        **{part: datetime.fromisoformat(document[part]) if document[part] else None for part in ("opens_at", "closes_at")},
    }


def edition_of(content: Content, *, html: Texts, picture: Picture | None) -> StoryDocument:
    """The edition that approval would make of this content."""
    return StoryDocument(**{part: getattr(content, part) for part in Content.__dataclass_fields__}, html=html, picture=picture)


def checksum(document: Mapping[str, Any]) -> str:
    """The SHA-256 of a stored document in one canonical spelling, hex: two documents with the same one say the same."""
    return sha256(json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def checked(content: Content, *, links: Links = EVERYWHERE) -> Content:
    """The content as it may be kept, however unfinished: cleaned, within its limits, leading somewhere that is allowed.

    Raises Faulty with every fault at once; each names the field of the form that shows it ("title_en", "caption_x_nl").
    """
    desk = _Desk()
    clean = replace(
        content,
        title=desk.texts("title", content.title, one_line),
        standfirst=desk.texts("standfirst", content.standfirst, one_line),
        reader_value=desk.texts("reader_value", content.reader_value, one_line),
        body=desk.texts("body", content.body, paragraphs),
        facts=desk.lists("facts", content.facts),
        angles=desk.lists("angles", content.angles),
        captions=desk.captions(content.captions),
        target_url=desk.target(content.target_url, links),
    )
    if len(clean.topics) > MOST["topics"]:
        desk.faults.append(Invalid("story.topics", field="topics", most=MOST["topics"]))
    if clean.replies_within_hours is not None and not 1 <= clean.replies_within_hours <= LONGEST_ANSWER_HOURS:
        desk.faults.append(Invalid("story.hours", field="replies_within_hours", most=LONGEST_ANSWER_HOURS))
    if clean.opens_at and clean.closes_at and clean.closes_at <= clean.opens_at:
        desk.faults.append(Invalid("story.ends_first", field="closes_at"))
    if desk.faults:
        raise Faulty(tuple(desk.faults))
    return clean


class _Desk:
    """Where texts are cleaned; faults are laid aside, so that a writer sees all of them at once."""

    def __init__(self) -> None:
        self.faults: list[Invalid] = []

    def clean(self, clean: Callable[..., str], text: str, *, field: str, longest: int) -> str:
        try:
            return clean(text, field=field, longest=longest, required=False)
        except Invalid as fault:
            self.faults.append(fault)
            return text

    def texts(self, part: str, texts: Texts, clean: Callable[..., str]) -> dict[str, str]:
        found = {language: self.clean(clean, texts.get(language, ""), field=f"{part}_{language}", longest=LONGEST[part]) for language in LANGUAGES}
        return {language: text for language, text in found.items() if text}

    def lists(self, part: str, lists: Lists) -> dict[str, tuple[str, ...]]:
        found = {}
        for language in LANGUAGES:
            lines = [self.clean(one_line, line, field=f"{part}_{language}", longest=LONGEST[part]) for line in lists.get(language, ())]
            found[language] = tuple(line for line in lines if line)
            if len(found[language]) > MOST[part]:
                self.faults.append(Invalid("story.lines", field=f"{part}_{language}", most=MOST[part]))
        return {language: lines for language, lines in found.items() if lines}

    def captions(self, captions: tuple[Caption, ...]) -> tuple[Caption, ...]:
        found = []
        for each in captions:
            field = f"caption_{each.network}_{each.language}"
            if each.network not in NETWORKS or each.language not in LANGUAGES:
                self.faults.append(Invalid("story.caption", field=field))
            text = self.clean(paragraphs, each.text, field=field, longest=LONGEST["caption"])
            if text:
                found.append(replace(each, text=text))
        return tuple(sorted(found, key=lambda each: (NETWORKS.index(each.network) if each.network in NETWORKS else 99, each.language)))

    def target(self, address: str, links: Links) -> str:
        if not address.strip():
            return ""
        try:
            return check_target(address.strip(" "), links=links)
        except Invalid as fault:
            self.faults.append(fault)
            return address
