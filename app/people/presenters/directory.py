"""The directory, its forms and its files of people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session as Db

from app.core.errors import Refusal
from app.core.who import Role, Who
from app.people.actions.directory import Entry
from app.people.forms import PersonForm
from app.people.models import Person
from app.people.presenters.words import ACTIONS, ROLES, STATES
from app.people.queries import departments
from app.people.queries.directory import DepartmentName
from app.people.queries.placing import Occupants
from app.web.errors import sentence
from app.web.i18n import countries


@dataclass(frozen=True)
class Chip:
    """A filter as a link."""

    label: str
    href: str
    current: bool


@dataclass(frozen=True)
class Fault:
    """What is wrong with a row of a file, in words; `column` is empty when it is the whole row. `whose` is the row's name or address."""

    row: int
    whose: str
    column: str
    text: str


def status_chips(chosen: Mapping[str, Any]) -> list[Chip]:
    """The states as filters that keep the search and the department."""
    others = {"q": chosen["search"] or None, "department": chosen["department"] or None}
    states = [("", _("Everybody")), *((state, str(label)) for state, label in STATES.items())]
    return [Chip(label, url_for("people.people", status=state or None, **others), chosen["status"] == state) for state, label in states]


def department_choices(lines: Sequence[DepartmentName], *, top: str) -> list[tuple[str, str]]:
    """The departments for a select, indented by depth, after the choice of none."""
    return [("", top), *((line.slug, "\u2003" * line.depth + line.name) for line in lines)]


@dataclass(frozen=True)
class Inside:
    """What must go before a department can be removed; of holders of its roles, those whom the reader administers are named."""

    here: int
    left: int
    below: Sequence[tuple[str, str]]
    holders: Sequence[tuple[str, str, str]]
    """(role, outside id, name)."""
    elsewhere: int
    is_empty: bool


def inside_of(found: Occupants, who: Who) -> Inside:
    """What the page of a department says is in it."""
    named = [(str(ROLES[role]).partition(":")[0], uuid, name) for role, uuid, name, path in found.roles if who.has_for(Role.ADMIN, path)]
    return Inside(found.here, found.left, found.below, named, len(found.roles) - len(named), found.is_empty)


def country_choices() -> list[tuple[str, str]]:
    """Every country in the reader's language."""
    return [("", _("None")), *sorted(countries().items(), key=lambda pair: pair[1])]


def role_choices() -> list[tuple[str, str]]:
    """The roles, each with what it is for."""
    return [(role.value, str(ROLES[role.value])) for role in Role]


def entry_from(form: PersonForm) -> Entry:
    """The directory entry that a form describes."""
    names = ("email", "name", "job_title", "department", "country", "locale", "timezone", "manager")
    return Entry(**{name: form[name].data or "" for name in names})


def filled(session: Db, person: Person, manager: str) -> dict[str, str]:
    """A person as the form shows them."""
    slugs = {department.id: department.slug for department in departments(session)}
    return {
        "name": person.name,
        "email": person.email,
        "job_title": person.job_title,
        "department": slugs.get(person.department_id or 0, ""),
        "country": person.country,
        "locale": person.locale,
        "timezone": person.timezone,
        "manager": manager,
    }


def fault_lines(faults: Sequence[Sequence[Any]]) -> list[Fault]:
    """The faults of a file in the reader's words."""
    return [
        Fault(row, "".join(whose), {"locale": "language"}.get(field, field), sentence(Refusal(code, **data)))
        for row, code, data, field, *whose in faults  # files of earlier versions do not say whose
    ]


def audit_choices() -> list[tuple[str, str]]:
    """The audit log's actions, each with its words, in their order."""
    return sorted(((action, str(words)) for action, words in ACTIONS.items()), key=lambda choice: choice[1])
