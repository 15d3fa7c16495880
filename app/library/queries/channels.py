"""Which topic does well on which network, where, and in what tone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.library.models import ChannelFit, Topic
from app.library.rules.content import NETWORKS, Texts

_RANK: Final = {"good": 2, "fair": 1, "poor": 0}


@dataclass(frozen=True)
class TopicName:
    """A topic and what it is called per language."""

    slug: str
    name: Texts


@dataclass(frozen=True)
class Fit:
    """How a story does on a network: "good", "fair" or "poor", in what tone (per language), and when somebody last looked."""

    network: str
    fit: str
    tone: Texts
    reviewed_on: date


@dataclass(frozen=True)
class Advice:
    """What is known about a story's topics: their names, and the fit of each network that somebody has judged."""

    topics: tuple[TopicName, ...]
    fits: tuple[Fit, ...]


def topics(session: Session) -> list[TopicName]:
    """Every topic, by address."""
    return [TopicName(row.slug, row.name) for row in session.execute(select(Topic.slug, Topic.name).order_by(Topic.slug))]


def fits(session: Session, topics: Sequence[str], country: str) -> list[Fit]:
    """How a story about these topics does on each network that somebody has judged, in the order of `NETWORKS`.

    The row of the country goes before the row of everywhere; of several topics the one that does best counts, with its tone.
    """
    return list(advice(session, topics, country).fits)


def advice(session: Session, topics: Sequence[str], country: str) -> Advice:
    """Names and fits of these topics, in one statement."""
    rows = session.execute(
        select(Topic.slug, Topic.name, ChannelFit.network, ChannelFit.country, ChannelFit.fit, ChannelFit.tone, ChannelFit.reviewed_on)
        .outerjoin(ChannelFit, (ChannelFit.topic_id == Topic.id) & ChannelFit.country.in_({"", country}))
        .where(Topic.slug.in_(topics))
        .order_by(Topic.slug)
    ).all()
    names = {row.slug: TopicName(row.slug, row.name) for row in rows}
    here: dict[tuple[str, str], Any] = {}
    for row in sorted((row for row in rows if row.network), key=lambda row: bool(row.country)):
        here[row.slug, row.network] = row
    best: dict[str, Fit] = {}
    for row in here.values():
        if row.network not in best or _RANK[row.fit] > _RANK[best[row.network].fit]:
            best[row.network] = Fit(row.network, row.fit, row.tone, row.reviewed_on)
    return Advice(tuple(names[slug] for slug in topics if slug in names), tuple(best[network] for network in NETWORKS if network in best))


def fits_in(session: Session, country: str) -> Mapping[tuple[str, str], Fit]:
    """What somebody wrote down for a country ("" = everywhere): (topic, network) -> fit."""
    rows = session.execute(
        select(Topic.slug, ChannelFit.network, ChannelFit.fit, ChannelFit.tone, ChannelFit.reviewed_on)
        .join(Topic, Topic.id == ChannelFit.topic_id)
        .where(ChannelFit.country == country)
    )
    return {(row.slug, row.network): Fit(row.network, row.fit, row.tone, row.reviewed_on) for row in rows}
