"""The matrix of topics and networks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for
from flask_babel import gettext as _

from app.library.presenters.hub import country_names
from app.library.presenters.reading import STALE, Chip, in_words
from app.library.presenters.sentences import FIT_MEANINGS, FIT_NAMES, NETWORK_NAMES
from app.library.queries.channels import Fit, TopicName
from app.library.rules.content import CAPTION_NETWORKS

Fits = Mapping[tuple[str, str], Fit]


@dataclass(frozen=True)
class Cell:
    """What is known about a topic on a network; `is_general` says that the row of everywhere shines through."""

    href: str
    label: str
    meaning: str
    name: str
    is_stale: bool
    is_general: bool


@dataclass(frozen=True)
class Line:
    """A topic with its networks."""

    name: str
    cells: list[Cell]


@dataclass(frozen=True)
class Chosen:
    """The cell whose form is open."""

    topic: str
    network: str
    title: str
    action: str
    fit: Fit | None


@dataclass(frozen=True)
class MatrixView:
    """The whole page: a place, its networks, its topics."""

    place: str
    chips: list[Chip]
    networks: list[str]
    lines: list[Line]
    chosen: Chosen | None
    stale: int


def matrix_view(
    topics: Sequence[TopicName],
    here: Fits,
    everywhere: Fits,
    countries: Sequence[str],
    *,
    country: str,
    chosen: tuple[str, str],
    locale: str,
    today: date,
) -> MatrixView:
    """The matrix for one country, with what holds everywhere shining through where nothing is said about it."""
    places = dict(country_names(countries))
    names = {topic.slug: in_words(topic.name, locale) for topic in topics}
    lines = [
        Line(names[topic.slug], [_cell((topic.slug, network), names, here, everywhere, country=country, today=today) for network in CAPTION_NETWORKS])
        for topic in topics
    ]
    return MatrixView(
        place=places.get(country, _("Everywhere")),
        chips=[
            Chip(_("Everywhere"), url_for("hub.channels"), not country),
            *(Chip(name, url_for("hub.channels", country=code), code == country) for code, name in places.items()),
        ],
        networks=[str(NETWORK_NAMES[network]) for network in CAPTION_NETWORKS],
        lines=sorted(lines, key=lambda line: line.name),
        chosen=_chosen(chosen, names, here, everywhere, country),
        stale=sum(cell.is_stale and not cell.is_general for line in lines for cell in line.cells),
    )


def _cell(where: tuple[str, str], names: Mapping[str, str], here: Fits, everywhere: Fits, *, country: str, today: date) -> Cell:
    topic, network = where
    own = here.get(where)
    fit = own or everywhere.get(where)
    said = str(FIT_NAMES[fit.fit]) if fit else _("Not judged")
    return Cell(
        href=url_for("hub.channels", country=country or None, topic=topic, network=network, _anchor="cell"),
        label=said,
        meaning=FIT_MEANINGS[fit.fit] if fit else "",
        name=f"{names[topic]}, {NETWORK_NAMES[network]}: {said}",
        is_stale=fit is not None and today - fit.reviewed_on > STALE,
        is_general=own is None and fit is not None,
    )


def _chosen(chosen: tuple[str, str], names: Mapping[str, str], here: Fits, everywhere: Fits, country: str) -> Chosen | None:
    topic, network = chosen
    if topic not in names or network not in CAPTION_NETWORKS:
        return None
    return Chosen(
        topic,
        network,
        _("%(topic)s on %(network)s", topic=names[topic], network=NETWORK_NAMES[network]),
        url_for("hub.judge", topic=topic, network=network, country=country or None),
        here.get(chosen) or everywhere.get(chosen),
    )
