"""What the people room's pages print, ready to print."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session as Db

from app.core.errors import Refusal
from app.core.who import Role
from app.people.actions.directory import Entry
from app.people.forms import PersonForm
from app.people.models import Person
from app.people.queries import departments
from app.people.queries.directory import DepartmentLine
from app.people.queries.records import LookLine, own_entries, person_facts, roles_held
from app.web.errors import sentence
from app.web.i18n import countries, day, moment
from app.web.room import Holding, Holdings

SENTENCES: Final[dict[str, Any]] = {
    "sign_in.wrong": _l("That address and password do not belong together. Check both, or ask for a new password."),
    "sign_in.throttled": _l("Too many tries. Wait %(minutes)s minutes, or ask for a new password."),
    "email.wrong": _l("Write an e-mail address, such as name@example.com."),
    "email.ascii": _l("Write the address with plain letters."),
    "email.taken": _l("Somebody with this address is already here."),
    "password.short": _l("Make it %(shortest)s characters or longer."),
    "password.long": _l("Keep it under %(longest)s characters."),
    "password.common": _l("That is too easy to guess. Put together a few words that nobody would connect with you."),
    "password.old": _l("That is not your password now."),
    "link.used": _l("This link has been used or is too old. Ask for a new one."),
    "department.unknown": _l("There is no department “%(name)s”. Add it first, or check the spelling."),
    "department.outside": _l("Choose a department that you administer."),
    "department.slug": _l("Use small letters, digits and hyphens, such as sales-nl."),
    "department.taken": _l("A department with this short name is already here."),
    "country.unknown": _l("Write the country as two letters, such as NL."),
    "language.unknown": _l("Choose en or nl as the language."),
    "timezone.unknown": _l("There is no time zone “%(name)s”. Write it like Europe/Amsterdam."),
    "theme.unknown": _l("Choose one of the appearances."),
    "manager.unknown": _l("Nobody here has the address “%(name)s”. Add the manager first."),
    "manager.circle": _l("This person is already above the one you name as manager."),
    "person.left": _l("This person has left. Reactivate the account first."),
    "person.here": _l("This account works already."),
    "person.above": _l("This person is trusted with more than you may give. Ask an administrator of the whole organisation."),
    "person.outside": _l("This person works in a department that you do not administer."),
    "person.self": _l("You cannot deactivate yourself. Ask another administrator."),
    "person.not_invited": _l("This person has already chosen a password."),
    "admin.there": _l("There is an administrator already. Ask them for the role."),
    "admin.last": _l("This is the last administrator of the whole organisation. Name another one first."),
    "role.outside": _l("You cannot give or take this role there."),
    "role.there": _l("The person has this role already."),
    "role.unknown": _l("Choose a role and a place from the lists."),
    "look.purpose": _l("Say why you look at this record."),
    "upload.state": _l("This file has been imported already, or cannot be."),
    "csv.text": _l("This is not a text file we can read. Save it as CSV (UTF-8)."),
    "csv.empty": _l("The file has no rows below its head."),
    "csv.wide": _l("The file has more than %(most)s columns."),
    "csv.long": _l("The file has more than %(most)s rows. Split it."),
    "csv.broken": _l("The file breaks off near row %(line)s: a quotation mark is open, or a cell is too long."),
    "csv.column": _l("The column “%(name)s” is missing. The columns are: %(names)s."),
    "csv.unknown_column": _l("We do not know the column “%(name)s”. The columns are: %(names)s."),
    "csv.twice": _l("Row %(first)s has the same address."),
}

ROLES: Final[dict[str, Any]] = {
    "author": _l("Author: writes stories and courses"),
    "reviewer": _l("Reviewer: approves stories of others"),
    "hub": _l("Hub: steers stories, channels and topics"),
    "hr": _l("HR: sees completion and certificates"),
    "admin": _l("Administrator: people, roles, audit log"),
    "spokesperson": _l("Spokesperson: speaks through an official channel"),
}

PURPOSES: Final[dict[str, Any]] = {
    "question": _l("to answer a question of yours"),
    "mandatory": _l("because a mandatory course is due"),
    "audit": _l("as proof for an auditor"),
    "certificate": _l("to decide about a certificate of yours"),
}

STATES: Final[dict[str, Any]] = {"invited": _l("Invited"), "active": _l("Active"), "left": _l("Left")}

ACTIONS: Final[dict[str, Any]] = {
    "signed_in": _l("signed in"),
    "sign_in_failed": _l("failed to sign in"),
    "password_set": _l("set a password"),
    "password_changed": _l("changed the password"),
    "person_added": _l("added a person"),
    "person_changed": _l("changed a person's details"),
    "person_deactivated": _l("deactivated a person"),
    "person_reactivated": _l("reactivated a person"),
    "person_invited": _l("sent an invitation again"),
    "people_imported": _l("imported people from a file"),
    "department_added": _l("added a department"),
    "role_granted": _l("gave a role"),
    "role_revoked": _l("took back a role"),
    "record_opened": _l("opened a person's record"),
    "export_begun": _l("began an export"),
    "export_ended": _l("downloaded an export"),
    "story_approved": _l("approved a story"),
    "story_retired": _l("took a story out"),
    "story_reopened": _l("reopened a story"),
    "story_recalled": _l("recalled a story"),
    "certificate_revoked": _l("revoked a certificate"),
    "certificate_reinstated": _l("reinstated a certificate"),
    "course.published": _l("published a course"),
    "policy.published": _l("published the policy"),
    "demo_loaded": _l("loaded the demo organisation"),
}


LABELS: Final[dict[str, Any]] = {
    "name": _l("Name"),
    "email": _l("E-mail address"),
    "job_title": _l("Job"),
    "department": _l("Department"),
    "manager": _l("Manager"),
    "country": _l("Country"),
    "locale": _l("Language"),
    "timezone": _l("Time zone"),
    "theme": _l("Appearance"),
    "quiet": _l("Quiet hours"),
    "status": _l("Status"),
    "created_at": _l("Here since"),
    "role": _l("Role"),
    "since": _l("Since"),
    "at": _l("When"),
    "action": _l("What"),
    "result": _l("Outcome"),
}

WORDS: Final[dict[str, dict[str, Any]]] = {
    "status": STATES,
    "role": ROLES,
    "theme": {"system": _l("As my device"), "light": _l("Light"), "dark": _l("Dark")},
    "locale": {"en": _l("English"), "nl": _l("Dutch")},
    "result": {"ok": _l("worked"), "done": _l("worked"), "refused": _l("refused")},
}


@dataclass(frozen=True)
class Chip:
    """A filter as a link."""

    label: str
    href: str
    current: bool


@dataclass(frozen=True)
class Fault:
    """What is wrong with a row of a file, in words; `column` is empty when it is the whole row."""

    row: int
    column: str
    text: str


@dataclass(frozen=True)
class Section:
    """One kind of thing held about a person: pairs when it is one row, a table when there may be several."""

    title: str
    purpose: str
    kept: str
    head: list[str]
    rows: list[list[str]]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The only row, word by word."""
        return list(zip(self.head, self.rows[0], strict=True)) if len(self.rows) == 1 else []


def status_chips(chosen: Mapping[str, Any]) -> list[Chip]:
    """The states as filters that keep the search and the department."""
    others = {"q": chosen["search"] or None, "department": chosen["department"] or None}
    states = [("", _("Everybody")), *((state, str(label)) for state, label in STATES.items())]
    return [Chip(label, url_for("people.people", status=state or None, **others), chosen["status"] == state) for state, label in states]


def department_choices(lines: Sequence[DepartmentLine], *, top: str) -> list[tuple[str, str]]:
    """The departments for a select, indented by depth, after the choice of none."""
    return [("", top), *((line.slug, "\u2003" * line.depth + line.name) for line in lines)]


def country_choices() -> list[tuple[str, str]]:
    """Every country in the reader's language."""
    known = [(code, name) for code, name in countries().items() if len(code) == 2 and code.isalpha()]
    return [("", _("None")), *sorted(known, key=lambda pair: pair[1])]


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
    return [Fault(row, {"locale": "language"}.get(field, field), sentence(Refusal(code, **data))) for row, code, data, field in faults]


def audit_words() -> dict[str, str]:
    """The audit log's actions in words; one without words stands as it is."""
    return {action: str(words) for action, words in ACTIONS.items()}


def look_lines(looks: Sequence[LookLine]) -> list[tuple[date, str, str]]:
    """Who looked, when and why, in words."""
    return [(look.day, str(ROLES.get(look.role, look.role)).partition(":")[0], str(PURPOSES.get(look.purpose, look.purpose))) for look in looks]


def holdings(session: Db, person_id: int) -> list[Holding]:
    """What the people room holds about a person."""
    facts = person_facts(session, person_id)
    uuid = session.get_one(Person, person_id).uuid
    entries = own_entries(session, person_id, uuid)
    return [
        Holding(
            _l("Your entry in the directory"),
            _l("To know who works here and to speak your language"),
            _l("While you work here, and 30 days after"),
            [facts],
            LABELS,
            WORDS,
        ),
        Holding(
            _l("Your roles"),
            _l("To know what you are trusted with"),
            _l("While you hold them"),
            [{"role": role, "department": department, "since": at} for role, department, at in roles_held(session, person_id)],
            LABELS,
            WORDS,
        ),
        Holding(
            _l("The audit log by or about you"),
            _l("To prove who changed what"),
            _l("24 months"),
            [{"at": entry.at, "action": str(ACTIONS.get(entry.action, entry.action)), "result": entry.result} for entry in entries],
            LABELS,
            WORDS,
        ),
    ]


def everything_sections(session: Db, person_id: int, rooms: Sequence[Holdings]) -> list[Section]:
    """Everything held about a person as tables."""
    found = [holding for room in rooms for holding in room(session, person_id)]
    return [_section(each) for each in found]


def _section(holding: Holding) -> Section:
    columns = list(holding.rows[0]) if holding.rows else []
    head = [str(holding.labels.get(column, column.replace("_", " "))) for column in columns]
    rows = [[_in_words(holding, column, row[column]) for column in columns] for row in holding.rows]
    return Section(str(holding.title), str(holding.purpose), str(holding.kept), head, rows)


def _in_words(holding: Holding, column: str, value: object) -> str:
    words = holding.words.get(column, {})
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


def everything_document(session: Db, person_id: int, rooms: Sequence[Holdings]) -> list[dict[str, Any]]:
    """Everything held about a person as a document for other software."""
    found = [holding for room in rooms for holding in room(session, person_id)]
    return [
        {"title": str(each.title), "purpose": str(each.purpose), "kept": str(each.kept), "rows": [dict(row) for row in each.rows]} for each in found
    ]
