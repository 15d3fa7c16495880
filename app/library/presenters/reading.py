"""The magazine and the story's page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from app.library.presenters.sentences import FIT_MEANINGS, FIT_NAMES, LANGUAGE_NAMES, NETWORK_NAMES
from app.library.queries.channels import Advice, TopicName
from app.library.queries.reading import StoryCard
from app.library.rules.content import StoryDocument, Texts
from app.web.i18n import listed

STALE: Final = timedelta(days=180)
WORDS_A_MINUTE: Final = 220


@dataclass(frozen=True)
class PictureView:
    """A picture as a page shows it."""

    href: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True)
class CardView:
    """A story in one glance: what it is about, its title, and what is in it for the reader; `told_in` says so when it is not their language."""

    href: str
    slug: str
    language: str
    told_in: str
    title: str
    topics: str
    standfirst: str
    reader_value: str
    picture: PictureView | None
    wide: PictureView | None
    opens_at: datetime


@dataclass(frozen=True)
class Chip:
    """A filter as a link."""

    label: str
    href: str
    current: bool
    count: int | None = None


@dataclass(frozen=True)
class AdviceView:
    """How the story does on one network."""

    network: str
    label: str
    meaning: str
    tone: str
    reviewed_on: date
    is_stale: bool


@dataclass(frozen=True)
class ReadingView:
    """A story as its page prints it, in one language; `note` says so when it is not the reader's own."""

    slug: str
    language: str
    note: str
    title: str
    standfirst: str
    reader_value: str
    html: Markup
    facts: tuple[str, ...]
    angles: tuple[str, ...]
    replies: str
    minutes: int
    topics: tuple[Chip, ...]
    target_url: str
    target_host: str
    picture: PictureView | None
    advice: tuple[AdviceView, ...]


@dataclass(frozen=True)
class Told:
    """A story in one language on the page that shows what readers would see; `html` is everything below the introduction."""

    language: str
    name: str
    title: str
    standfirst: str
    html: Markup


def in_words(texts: Texts, locale: str) -> str:
    """A text in the reader's language, or in whichever there is."""
    return texts.get(locale) or next((text for text in texts.values() if text), "")


def card_view(card: StoryCard, names: dict[str, str], locale: str) -> CardView:
    """The card of an open story."""
    document = card.document
    language = document.language_for(locale)
    return CardView(
        href=url_for("library.story", slug=card.slug),
        slug=card.slug,
        language=language,
        told_in="" if language == locale else _("in %(language)s", language=LANGUAGE_NAMES[language]),
        title=document.said("title", locale),
        topics=listed(names[topic] for topic in document.topics if topic in names),
        standfirst=document.said("standfirst", locale),
        reader_value=document.said("reader_value", locale),
        picture=picture_view(document, "small", locale),
        wide=picture_view(document, "card", locale),
        opens_at=card.opens_at,
    )


def picture_view(document: StoryDocument, size: str, locale: str) -> PictureView | None:
    """The story's picture in a size, if it has one."""
    picture = document.picture
    if picture is None:
        return None
    return PictureView(
        url_for("library.picture", uuid=picture.uuid, size=size),
        picture.width,
        picture.height,
        picture.alt.get(document.language_for(locale)) or in_words(picture.alt, locale),
    )


def topic_chips(cards: Sequence[StoryCard], topics: Sequence[TopicName], chosen: str | None, locale: str) -> list[Chip]:
    """All, and each topic that an open story is about, with how many."""
    counts = {topic.slug: sum(topic.slug in card.document.topics for card in cards) for topic in topics}
    rows = [
        Chip(in_words(topic.name, locale), url_for("library.magazine", topic=topic.slug), topic.slug == chosen, counts[topic.slug])
        for topic in topics
        if counts[topic.slug] or topic.slug == chosen
    ]
    return [Chip(_("All"), url_for("library.magazine"), chosen is None, len(cards)), *sorted(rows, key=lambda chip: chip.label)]


def reading_view(slug: str, document: StoryDocument, advice: Advice, *, locale: str, today: date) -> ReadingView:
    """The story in the reader's language, or in the one there is."""
    language = document.language_for(locale)
    contact, hours = document.replies_by, document.replies_within_hours
    return ReadingView(
        slug=slug,
        language=language,
        note="" if language == locale else _("This story is told in %(language)s only.", language=LANGUAGE_NAMES[language]),
        title=document.said("title", locale),
        standfirst=document.said("standfirst", locale),
        reader_value=document.said("reader_value", locale),
        html=Markup(document.html.get(language, "")),  # noqa: S704  # cleaned when the edition was made
        facts=document.listed("facts", locale),
        angles=document.listed("angles", locale),
        replies=_replies(contact.name, hours) if contact and hours else "",
        minutes=max(1, round(len(document.said("body", locale).split()) / WORDS_A_MINUTE)),
        topics=tuple(Chip(in_words(topic.name, locale), url_for("library.magazine", topic=topic.slug), False) for topic in advice.topics),
        target_url=document.target_url,
        target_host=document.target_url.split("/")[2].removeprefix("www.") if "://" in document.target_url else "",
        picture=picture_view(document, "full", locale),
        advice=tuple(advice_view(fit, locale, today) for fit in advice.fits),
    )


def advice_view(fit: Any, locale: str, today: date) -> AdviceView:
    """One network's line; looked at too long ago counts as stale."""
    return AdviceView(
        str(NETWORK_NAMES[fit.network]),
        str(FIT_NAMES[fit.fit]),
        FIT_MEANINGS[fit.fit],
        in_words(fit.tone, locale),
        fit.reviewed_on,
        today - fit.reviewed_on > STALE,
    )


def _replies(name: str, hours: int) -> str:
    if hours % 24 == 0:
        return ngettext("%(name)s answers within a day.", "%(name)s answers within %(num)s days.", hours // 24, name=name)
    return ngettext("%(name)s answers within an hour.", "%(name)s answers within %(num)s hours.", hours, name=name)
