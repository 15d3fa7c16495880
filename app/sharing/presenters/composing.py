"""The composer: what may be said, what was written, and what it would be as sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.who import Who
from app.library.queries.channels import Fit
from app.library.queries.reading import OpenStory
from app.library.rules.content import StoryDocument
from app.sharing.presenters.words import FITS, network_name, verdict
from app.sharing.queries.standing import MissingCourse
from app.sharing.rules.closeness import Closeness
from app.sharing.rules.drafts import Draft, House, Judgement
from app.sharing.rules.intents import with_link
from app.sharing.rules.length import Length, fold
from app.sharing.rules.networks import NETWORKS, Network
from app.web.i18n import number, put_into

NEAR_THE_END: Final = 0.9
_SHOWN_TABS: Final = 6


@dataclass(frozen=True)
class Tab:
    """A network to choose."""

    label: str
    href: str
    current: bool


@dataclass(frozen=True)
class Measure:
    """One line about a draft: a value from 0 to 100, words, and what they mean."""

    value: int
    text: str
    meaning: str | None = None


@dataclass(frozen=True)
class Card:
    """The link as readers of most networks see it."""

    title: str
    host: str
    picture: str
    alt: str


@dataclass(frozen=True)
class Preview:
    """The post as readers will see it: the beginning, what stands behind the fold, and the card."""

    name: str
    initials: str
    first: str
    rest: str
    card: Card | None


@dataclass(frozen=True)
class Judged:
    """Everything that is said about a draft.

    `chip` is the disclosure that will stand before the text, "" where the writer says it; `unnamed` tells a writer who spoke of their work
    without naming the company why it stands there.
    """

    network: str
    chip: str
    length: Measure
    own_words: Measure
    disclosure: str
    unnamed: str
    advice: Measure | None
    tone: str
    tone_language: str
    preview: Preview
    spoken: str
    slug: str
    cover_title: str


@dataclass(frozen=True)
class Composer:
    """The composer's page; `tabs` are the usual networks and `more` the others."""

    slug: str
    title: str
    language: str
    href: str
    tabs: Sequence[Tab]
    more: Sequence[Tab]
    more_is_open: bool
    network: Network
    network_name: str
    facts: Sequence[str]
    angles: Sequence[str]
    reader_value: str
    replies_by: str
    replies_within: str
    judged: Judged


@dataclass(frozen=True)
class CourseRow:
    """A course that is still to do before one may share."""

    title: str
    href: str
    minutes: int
    again: bool


def course_rows(missing: Sequence[MissingCourse], locale: str) -> list[CourseRow]:
    """What is still to do, with the way there."""
    texts = [(each, each.course.document) for each in missing]
    return [
        CourseRow(document.title.get(locale) or next(iter(document.title.values())), f"/learn/{each.course.slug}", document.minutes, each.again)
        for each, document in texts
    ]


def composer(story: OpenStory, draft: Draft, judged: Judged, *, locale: str) -> Composer:
    """The page for a draft of a story."""
    document, chosen = story.document, draft.network
    tabs = [Tab(network_name(slug), url_for("sharing.compose", slug=story.slug, network=slug), slug == chosen.slug) for slug in NETWORKS]
    more = tabs[_SHOWN_TABS:]
    return Composer(
        slug=story.slug,
        title=document.said("title", locale),
        language=document.language_for(locale),
        href=url_for("library.story", slug=story.slug),
        tabs=tabs[:_SHOWN_TABS],
        more=more,
        more_is_open=any(tab.current for tab in more),
        network=chosen,
        network_name=network_name(chosen.slug),
        facts=document.listed("facts", locale),
        angles=document.listed("angles", locale),
        reader_value=document.said("reader_value", locale),
        replies_by=document.replies_by.name if document.replies_by else "",
        replies_within=_within(document.replies_within_hours),
        judged=judged,
    )


def _within(hours: int | None) -> str:
    if not hours:
        return ""
    if hours % 24 == 0:
        return ngettext("within %(num)s day", "within %(num)s days", hours // 24)
    return ngettext("within %(num)s hour", "within %(num)s hours", hours)


def judged_view(story: OpenStory, draft: Draft, found: Judgement, fits: Sequence[Fit], *, who: Who, house: House, locale: str) -> Judged:
    """What is said about a draft."""
    network, fit = draft.network, next((fit for fit in fits if fit.network == draft.network.slug), None)
    own, length = _own_words(found.closeness, draft.body), length_of(found.length)
    unnamed, document = _unnamed(found, house), story.document
    tone = fit.tone if fit else {}
    language = locale if locale in tone else next(iter(tone), locale)
    return Judged(
        network=network_name(network.slug),
        chip="" if found.says_it_oneself else found.disclosure,
        length=length,
        own_words=own,
        disclosure=_("in your own words") if found.says_it_oneself else _("first sentence"),
        unnamed=unnamed,
        advice=_advice(fit, network_name(network.slug)),
        tone=tone.get(language, ""),
        tone_language=language,
        preview=preview_of(document, draft, found, who=who, house=house),
        spoken=" ".join(filter(None, [_("%(length)s, %(own)s", length=length.text, own=own.text), unnamed])),
        slug=story.slug,
        cover_title=document.said("title", draft.language),
    )


def _unnamed(found: Judgement, house: House) -> str:
    if not found.unnamed:
        return ""
    return _(
        "You write “%(words)s”, and a stranger does not know where that is. “%(sentence)s” therefore stands before your text; say yourself that "
        "it is at %(org)s, and your own words will do.",
        words=found.unnamed,
        sentence=found.disclosure,
        org=house.org,
    )


def length_of(length: Length) -> Measure:
    """How much room a text leaves on its network."""
    if length.bytes_over:
        return Measure(100, _("%(count)s bytes too long", count=number(length.bytes_over)), "failed")
    if length.left < 0:
        return Measure(100, _("%(count)s too long", count=number(-length.left)), "failed")
    text = _("%(count)s left", count=number(length.left))
    return Measure(round(100 * length.used / length.limit), text, "careful" if length.used > NEAR_THE_END * length.limit else None)


def _own_words(closeness: Closeness, body: str) -> Measure:
    if not body:
        return Measure(0, _("not a word yet"))
    if closeness.verbatim:
        return Measure(0, _("copied word for word"), "failed")
    text, meaning = verdict(closeness.verdict)
    return Measure(100 - closeness.percent, text, meaning)


def _advice(fit: Fit | None, network: str) -> Measure | None:
    if fit is None:
        return None
    text, meaning = FITS[fit.fit]
    return Measure(0, put_into(str(text), {"network": network}), meaning)


def preview_of(document: StoryDocument, draft: Draft, found: Judgement, *, who: Who, house: House) -> Preview:
    """The post as readers see it on its network."""
    host = house.base_url.partition("://")[2]
    text = found.words if draft.network.link_apart else with_link(found.words, f"{host}/s/…")
    first, rest = fold(text, draft.network)
    return Preview(who.name, who.initials, first, rest, _card(document, draft.language) if draft.network.shows_card else None)


def _card(document: StoryDocument, language: str) -> Card:
    host = document.target_url.partition("://")[2].partition("/")[0].removeprefix("www.")
    picture = document.picture
    href = url_for("library.picture", uuid=picture.uuid, size="card") if picture else ""
    alt = picture.alt.get(document.language_for(language), "") if picture else ""
    return Card(document.said("title", language), host, href, alt)
