"""What lapses next, and the list of certificates, as HR reads them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from flask import url_for
from flask_babel import gettext as _

from app.insight.forms import as_query
from app.insight.presenters.words import CERTIFICATE_STATES, LEVELS, STATE_MEANINGS, Link, place_name, why_unnamed
from app.insight.queries.lapsing import Lapse, Listed
from app.insight.queries.sight import Sight
from app.insight.rules import Filter
from app.people.queries.colleagues import is_enough
from app.web.i18n import day, number

DAYS: Final = (30, 60, 90)


@dataclass(frozen=True)
class LapseRow:
    """One thing that ends."""

    name: str
    href: str
    place: str
    what: str
    kind: str
    expires_on: date


@dataclass(frozen=True)
class LapsingPage:
    """The page."""

    bars: tuple[tuple[str, int, str], ...]
    chips: tuple[Link, ...]
    rows: tuple[LapseRow, ...]
    next_href: str | None
    days: int
    filters: str
    unnamed: str
    """Why some are not named, where that is so."""


def days_from(text: str | None) -> int:
    """30, 60 or 90; 30 for anything else."""
    return next((days for days in DAYS if str(days) == text), DAYS[0])


def lapsing_page(
    by_day: Mapping[date, int],
    found: Sequence[Lapse],
    *,
    asked: Filter,
    days: int,
    following: str | None,
    names: Mapping[str, str],
    sight: Sight,
    today: date,
) -> LapsingPage:
    """The page, from what the queries found; `names` maps a course's slug to its title."""
    here = url_for("insight.lapsing")
    within = {each: sum(count for day, count in by_day.items() if day <= today + timedelta(days=each)) for each in DAYS}
    chips = (
        Link(_("%(days)s days: %(count)s", days=each, count=number(within[each])), here + as_query(asked, days=str(each)), each == days)
        for each in DAYS
    )
    return LapsingPage(
        bars=tuple(_months(by_day, today)),
        chips=tuple(chips),
        rows=tuple(_lapse(each, names) for each in found),
        next_href=here + as_query(asked, days=str(days), after=following) if following else None,
        days=days,
        filters=as_query(asked, days=str(days)),
        unnamed=why_unnamed(sight),
    )


def _months(by_day: Mapping[date, int], today: date) -> list[tuple[str, int, str]]:
    months: dict[tuple[int, int], int] = {}
    for place in range(6):
        year, month = divmod(today.year * 12 + today.month - 1 + place, 12)
        months[year, month + 1] = 0
    for lapse_on, count in by_day.items():
        if (lapse_on.year, lapse_on.month) in months:
            months[lapse_on.year, lapse_on.month] += count
    return [(day(date(year, month, 1), "MMMM y"), count, number(count)) for (year, month), count in months.items()]


def _lapse(each: Lapse, names: Mapping[str, str]) -> LapseRow:
    what, kind = _what(each, names)
    return LapseRow(each.name, url_for("insight.record", uuid=each.uuid), place_name(each.department, each.country), what, kind, each.expires_on)


def _what(each: Lapse, names: Mapping[str, str]) -> tuple[str, str]:
    if each.level:
        return str(LEVELS[each.level]), _("certificate")
    return names.get(each.course, each.course), _("mandatory course")


def csv_head() -> list[str]:
    """The columns of the list as CSV."""
    return [_("Name"), _("Department"), _("Country"), _("What"), _("Kind"), _("Valid until")]


def csv_rows(found: Iterable[Lapse], names: Mapping[str, str]) -> Iterator[list[Any]]:
    """The list as CSV. All words are looked up before the first row, since the rest is sent when the request is over."""
    levels = {level: str(word) for level, word in LEVELS.items()}
    certificate, course = _("certificate"), _("mandatory course")

    def row(each: Lapse) -> list[Any]:
        what = (levels[each.level], certificate) if each.level else (names.get(each.course, each.course), course)
        return [each.name, each.department, each.country, *what, each.expires_on.isoformat()]

    return (row(each) for each in found)


@dataclass(frozen=True)
class CertificateRow:
    """One certificate of the list."""

    name: str
    href: str
    department: str
    level: str
    code: str
    certificate: str
    """Where the certificate is opened."""
    expires_on: date
    state: str
    meaning: str


@dataclass(frozen=True)
class CertificatesPage:
    """The page."""

    rows: tuple[CertificateRow, ...]
    chips: tuple[Link, ...]
    next_href: str | None
    search: str
    state: str
    unnamed: str
    is_short: bool
    """Whether too little was typed to look for anybody."""


def certificates_page(found: Sequence[Listed], before: int | None, *, search: str, state: str, sight: Sight, today: date) -> CertificatesPage:
    """The page, from what the query found."""
    here = url_for("insight.certificates")

    def link(state: str, **more: str) -> str:
        return here + as_query(Filter(), q=search, state=state, **more)

    chips = [Link(_("All"), link(""), not state), *(Link(str(label), link(each), each == state) for each, label in CERTIFICATE_STATES.items())]
    return CertificatesPage(
        rows=tuple(_listed(each, today) for each in found),
        chips=tuple(chips),
        next_href=link(state, before=str(before)) if before else None,
        search=search,
        state=state,
        unnamed=why_unnamed(sight),
        is_short=bool(search) and not is_enough(search),
    )


def _listed(each: Listed, today: date) -> CertificateRow:
    state = "revoked" if each.revoked else "valid" if each.expires_on >= today else "expired"
    href = url_for("insight.record", uuid=each.uuid)
    certificate = url_for("insight.certificate", uuid=each.uuid, certificate=each.certificate)
    return CertificateRow(
        *(each.name, href, each.department or "", str(LEVELS[each.level]), each.code, certificate, each.expires_on),
        *(str(CERTIFICATE_STATES[state]), STATE_MEANINGS[state]),
    )
