"""Views of the report that HR kept under a name, and what the room holds about whoever kept them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from urllib.parse import parse_qsl

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from app.insight.forms import filter_from
from app.insight.presenters.words import KINDS, STATUSES, country_name
from app.insight.queries.saved import Saved, views_of
from app.insight.rules import Filter, Kind, Status
from app.web.i18n import day
from app.web.room import Holding

LABELS: Final[dict[str, Any]] = {"name": _l("Name"), "query": _l("What it shows"), "saved_at": _l("Saved")}


@dataclass(frozen=True)
class ViewRow:
    """A view in the list; without an address when its department is gone, or out of reach by now."""

    uuid: str
    name: str
    href: str | None
    shows: str
    saved_at: datetime


def view_rows(found: Sequence[Saved], there: Collection[str]) -> list[ViewRow]:
    """The list, ready to print; `there` are the departments that can be shown."""
    return [_row(each, there) for each in found]


def _row(each: Saved, there: Collection[str]) -> ViewRow:
    department, shows = department_of(each.query), shown_by(each.query)
    if department and department not in there:
        gone = _("Its department is no longer there for you, so it shows nothing. You can remove it.")
        return ViewRow(each.uuid, each.name, None, f"{shows}. {gone}", each.saved_at)
    return ViewRow(each.uuid, each.name, f"{url_for('insight.completion')}?{each.query or 'open='}", shows, each.saved_at)


def department_of(query: str) -> str | None:
    """The department that a view is about."""
    return _asked(query).department


def shown_by(query: str) -> str:
    """What a view shows, in a line."""
    asked = _asked(query)
    parts = (
        str(STATUSES[asked.status or Status.COMPLETED]),
        asked.course or "",
        str(KINDS[asked.kind]) if asked.kind is not Kind.BOTH else "",
        asked.department or "",
        country_name(asked.country) if asked.country else "",
        _("as of %(day)s", day=day(asked.on)) if asked.on else "",
    )
    said = ", ".join(part for part in parts if part)
    return said[:1].upper() + said[1:]


def _asked(query: str) -> Filter:
    """What a view asks; its day was a day gone by for whoever saved it, whatever day it is in UTC."""
    return filter_from(dict(parse_qsl(query)), today=date.max)


def holdings(session: Session, person_id: int) -> list[Holding]:
    """The views that the person saved."""
    rows = [{"name": each.name, "query": each.query, "saved_at": each.saved_at} for each in views_of(session, person_id)]
    purpose, kept = _l("So that you find them again, on every device."), _l("Until you remove them.")
    return [Holding(_l("Views of completion that you saved"), purpose, kept, rows, LABELS, {"query": shown_by})]
