"""What is held about a person, and who looked at it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session as Db

from app.people.presenters.words import ACTIONS, LABELS, PURPOSES, ROLES, WORDS
from app.people.queries.records import LookLine, devices_held, files_brought, links_held, own_entries, person_facts, roles_held
from app.web.i18n import countries, day, moment
from app.web.room import Holding, Holdings

MOST_SHOWN: Final = 200
"""How many rows of one kind the page prints; the file has all."""


@dataclass(frozen=True)
class Section:
    """One kind of thing held about a person: pairs when it is one row, a table when there may be several."""

    title: str
    purpose: str
    kept: str
    head: list[str]
    rows: list[list[str]]
    more: int
    """How many rows there are besides, in the file alone."""

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The only row, word by word."""
        return list(zip(self.head, self.rows[0], strict=True)) if len(self.rows) == 1 else []


def look_lines(looks: Sequence[LookLine]) -> list[tuple[date, str, str]]:
    """Who looked, when and why, in words."""
    return [(look.day, str(ROLES.get(look.role, look.role)).partition(":")[0], str(PURPOSES.get(look.purpose, look.purpose))) for look in looks]


def holdings(session: Db, person_id: int) -> list[Holding]:
    """What the people room holds about a person."""

    def held(title: Any, purpose: Any, kept: Any, rows: Sequence[Mapping[str, Any]]) -> Holding:
        return Holding(title, purpose, kept, rows, LABELS, {**WORDS, "country": _country})

    return [
        held(
            _l("Your entry in the directory"),
            _l("To know who works here and to speak your language"),
            _l("As long as the account exists; when you leave it is deactivated, and not deleted"),
            [person_facts(session, person_id)],
        ),
        held(
            _l("Your roles"),
            _l("To know what you are trusted with"),
            _l("While you hold them"),
            [{"role": role, "department": department, "since": at} for role, department, at in roles_held(session, person_id)],
        ),
        held(
            _l("Where you are signed in"),
            _l("To keep you signed in, and to let you end it"),
            _l("Until you sign out, or it runs out"),
            devices_held(session, person_id),
        ),
        held(
            _l("Links to choose a password"),
            _l("To let you, and nobody else, choose it"),
            _l("Until the link has run out"),
            links_held(session, person_id),
        ),
        held(
            _l("The audit log by or about you"),
            _l("To prove who changed what"),
            _l("For good: whatever was taken out of it would be missed"),
            [{**entry, "action": str(ACTIONS.get(entry["action"], entry["action"]))} for entry in own_entries(session, person_id)],
        ),
        held(
            _l("Files of people that you brought"),
            _l("To show you what became of them"),
            _l("As long as your account exists; the file itself for a day at most, and what was wrong with it for 30 days"),
            files_brought(session, person_id),
        ),
    ]


def _country(code: str) -> str:
    return countries().get(code, code)


def everything_sections(session: Db, person_id: int, rooms: Sequence[Holdings]) -> list[Section]:
    """Everything held about a person as tables."""
    found = [holding for room in rooms for holding in room(session, person_id)]
    return [_section(each) for each in found]


def _section(holding: Holding) -> Section:
    columns = list(holding.rows[0]) if holding.rows else []
    head = [str(holding.labels.get(column, column.replace("_", " "))) for column in columns]
    rows = [[_in_words(holding, column, row[column]) for column in columns] for row in holding.rows[:MOST_SHOWN]]
    return Section(str(holding.title), str(holding.purpose), str(holding.kept), head, rows, len(holding.rows) - len(rows))


def _in_words(holding: Holding, column: str, value: object) -> str:
    words = holding.names.get(column) or holding.words.get(column, {})
    if callable(words):
        return words(value)
    if isinstance(value, list):
        return "; ".join(_word(words, each) for each in value)
    return _word(words, value)


def _word(words: Mapping[str, Any], value: object) -> str:
    return str(words[value]) if isinstance(value, str) and value in words else shown(value)


def shown(value: object) -> str:
    """A value as people read it: days and moments in their language and zone, each of several, nothing for nothing."""
    if isinstance(value, list):
        return "; ".join(shown(each) for each in value)
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {shown(each)}" for name, each in value.items())
    if isinstance(value, datetime):
        return moment(value, "medium")
    if isinstance(value, date):
        return day(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "" if value is None else str(value)


def everything_document(session: Db, person_id: int, rooms: Sequence[Holdings], looks: Sequence[LookLine]) -> list[dict[str, Any]]:
    """Everything held about a person as a document for other software, with who looked."""
    seen = Holding(
        _l("Who looked at your learning record"),
        _l("To let you know"),
        _l("12 months"),
        [{"day": look.day, "role": look.role, "purpose": look.purpose} for look in looks],
        LABELS,
        WORDS,
    )
    found = [seen, *(holding for room in rooms for holding in room(session, person_id))]
    return [
        {"title": str(each.title), "purpose": str(each.purpose), "kept": str(each.kept), "rows": [_with_names(each, row) for row in each.rows]}
        for each in found
    ]


def _with_names(holding: Holding, row: Mapping[str, Any]) -> dict[str, Any]:
    """A row as it is kept, and beside each id, or list of ids, what it is called."""
    return {**row, **{f"{column}_name": _called(names, row[column]) for column, names in holding.names.items() if column in row}}


def _called(names: Mapping[str, str], value: object) -> object:
    return [names.get(str(each)) for each in value] if isinstance(value, list) else names.get(str(value))
