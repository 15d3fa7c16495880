"""Persons and their records as HR reads them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.insight.forms import as_pairs, as_query
from app.insight.presenters.completion import may_say
from app.insight.presenters.words import (
    CERTIFICATE_STATES,
    DUTY,
    LEVELS,
    MEANINGS,
    STATE_MEANINGS,
    Choice,
    Link,
    place_name,
    said,
    shared_words,
    why_unnamed,
)
from app.insight.queries.persons import Held, Line, Pass, Subject
from app.insight.queries.report import Ground, Standing, Tallies
from app.insight.queries.sight import Sight
from app.insight.rules import Filter, Kind, Status, Telling, figure
from app.learning.queries.content import PublishedCourse
from app.people.queries.colleagues import is_enough

Titles = Mapping[int, str]
"""Course id -> title in the reader's language."""
Numbers = Mapping[int, int]
"""Version id -> the number that its author gave it (decision 0020)."""


@dataclass(frozen=True)
class PersonRow:
    """One line of the list."""

    name: str
    href: str
    place: str
    course: str
    kind: str
    status: str
    meaning: str
    due_on: date | None
    completed_on: date | None
    version: int | None
    expires_on: date | None


@dataclass(frozen=True)
class PeoplePage:
    """The list with its filters."""

    rows: tuple[PersonRow, ...]
    next_href: str | None
    courses: tuple[Choice, ...]
    chips: tuple[Link, ...]
    place: str
    filters: str
    asked: Filter
    kept: tuple[tuple[str, str], ...]
    """What the form for the course sends along."""
    beside: tuple[tuple[str, str], ...]
    """What the search for a name sends along."""
    everybody: str
    """The same list without a search."""
    unnamed: str
    """Why some are not named, where that is so."""
    behind: str
    """How many stand behind the names, if that may be said."""
    is_short: bool
    """Whether too little was typed to look for anybody."""


@dataclass(frozen=True)
class Behind:
    """How many completed a course freely, and how many of them are told by name."""

    completed: int
    shared: int


def completed_freely(ground: Ground, tallies: Tallies, telling: Telling | None, course_id: int, *, asked: Filter) -> Behind | None:
    """How many people of the list's place completed a course freely; None where that would say something about one of them, or nobody asked."""
    freely = replace(asked, status=Status.COMPLETED, kind=Kind.VOLUNTARY)
    if asked.kind is Kind.MANDATORY or asked.status not in {None, Status.COMPLETED} or not may_say(telling, ground, freely, course_id, None):
        return None
    standing = tallies.get((None, course_id), Standing())
    shown = figure(Status.COMPLETED, people=ground.people, duty=standing.duty, choice=standing.choice, kind=Kind.VOLUNTARY)
    return Behind(shown.count, standing.choice.shared) if shown else None


def titles(courses: Sequence[PublishedCourse], locale: str) -> dict[int, str]:
    """What courses are called."""
    return {course.id: said(course.document.title, locale) for course in courses}


def people_page(
    lines: Sequence[Line],
    after: str | None,
    *,
    asked: Filter,
    courses: Sequence[PublishedCourse],
    versions: Numbers,
    department: str | None,
    sight: Sight,
    behind: Behind | None,
    locale: str,
) -> PeoplePage:
    """The page, from what the queries found."""
    names, nameless = titles(courses, locale), replace(asked, name="")
    chosen = [Choice(course.slug, names[course.id], course.slug == asked.course) for course in courses]
    return PeoplePage(
        rows=tuple(_row(line, names, versions) for line in lines),
        next_href=url_for("insight.people") + as_query(asked, after=after) if after else None,
        courses=(Choice("", _("all courses"), asked.course is None), *chosen),
        chips=tuple(_chips(asked)),
        place=place_name(department or _("All departments"), asked.country or ""),
        filters=as_query(asked),
        asked=asked,
        kept=as_pairs(replace(asked, course=None)),
        beside=as_pairs(nameless),
        everybody=url_for("insight.people") + as_query(nameless),
        unnamed=why_unnamed(sight),
        behind=_behind(behind, sight) if behind else "",
        is_short=bool(asked.name) and not is_enough(asked.name),
    )


def _behind(behind: Behind, sight: Sight) -> str:
    freely = ngettext("%(num)s person completed this course freely", "%(num)s people completed this course freely", behind.completed)
    return f"{freely}; {shared_words(behind.shared)}." if sight.shares else f"{freely}."


def _row(line: Line, names: Titles, versions: Numbers) -> PersonRow:
    return PersonRow(
        *(line.name, url_for("insight.record", uuid=line.uuid), place_name(line.department, line.country), names.get(line.course_id, line.course)),
        kind=_("mandatory") if line.mandatory else _("voluntary"),
        status=str(DUTY[line.status]),
        meaning=MEANINGS[line.status],
        due_on=line.due_on if line.status != Status.COMPLETED.value else None,
        completed_on=line.completed_on,
        version=_number(line, versions),
        expires_on=line.expires_on,
    )


def _number(line: Line, versions: Numbers) -> int | None:
    return versions.get(line.version_id) if line.version_id else None


def _chips(asked: Filter) -> list[Link]:
    """Where people stand; who is on the way or has not begun is asked of mandatory courses only."""
    pages = (
        (None, asked.kind if asked.status is None else Kind.BOTH, _("All")),
        (Status.COMPLETED, Kind.BOTH, _("Completed")),
        (Status.STARTED, Kind.MANDATORY, _("Mandatory, in progress")),
        (Status.WAITING, Kind.MANDATORY, _("Mandatory, not started")),
        (Status.OVERDUE, Kind.MANDATORY, _("Mandatory, overdue")),
    )
    here = url_for("insight.people")
    return [Link(label, here + as_query(replace(asked, status=status, kind=kind)), asked.status is status) for status, kind, label in pages]


def csv_head() -> list[str]:
    """The columns of the list as CSV."""
    return [
        *(_("Name"), _("Department"), _("Country"), _("Course"), _("Kind"), _("Status"), _("Due"), _("Completed"), _("Version"), _("Valid until")),
    ]


def csv_rows(lines: Iterable[Line], names: Titles, versions: Numbers) -> Iterator[list[Any]]:
    """The list as CSV. All words are looked up before the first row, since the rest is sent when the request is over."""
    statuses, kinds = {status: str(word) for status, word in DUTY.items()}, (_("voluntary"), _("mandatory"))
    return (_csv_row(line, names, versions, statuses, kinds) for line in lines)


def _csv_row(line: Line, names: Titles, versions: Numbers, statuses: Mapping[str, str], kinds: tuple[str, str]) -> list[Any]:
    due_on = None if line.status == Status.COMPLETED.value else line.due_on
    due, completed, until = (each.isoformat() if each else "" for each in (due_on, line.completed_on, line.expires_on))
    course = names.get(line.course_id, line.course)
    kind, status, version = kinds[line.mandatory], statuses[line.status], _number(line, versions)
    return [line.name, line.department, line.country, course, kind, status, due, completed, version, until]


@dataclass(frozen=True)
class HeldRow:
    """A certificate in a record."""

    level: str
    code: str
    href: str
    issued_on: date
    expires_on: date
    state: str
    meaning: str


@dataclass(frozen=True)
class PassRow:
    """A completion in a record."""

    course: str
    version: int
    completed_on: date
    expires_on: date | None
    lapsed: bool


@dataclass(frozen=True)
class Record:
    """One person's record: what they must do and what they completed, and nothing of how."""

    person: Subject
    place: str
    duties: tuple[PersonRow, ...]
    passes: tuple[PassRow, ...]
    certificates: tuple[HeldRow, ...]
    unnamed: str


def record(
    person: Subject,
    duties: Sequence[Line],
    passes: Sequence[Pass],
    held: Sequence[Held],
    *,
    names: Titles,
    versions: Numbers,
    sight: Sight,
    today: date,
) -> Record:
    """The record, from what the queries found."""
    done = (
        PassRow(
            names.get(each.course_id, ""),
            versions[each.version_id],
            each.completed_on,
            each.expires_on,
            bool(each.expires_on and each.expires_on < today),
        )
        for each in passes
    )
    return Record(
        person=person,
        place=place_name(person.department, person.country),
        duties=tuple(_row(line, names, versions) for line in duties),
        passes=tuple(done),
        certificates=tuple(_held(each, person.uuid, today) for each in held),
        unnamed=why_unnamed(sight),
    )


def _held(each: Held, uuid: str, today: date) -> HeldRow:
    state = "revoked" if each.revoked else "valid" if each.expires_on >= today else "expired"
    href = url_for("insight.certificate", uuid=uuid, certificate=each.uuid)
    level, word = str(LEVELS[each.level]), str(CERTIFICATE_STATES[state])
    return HeldRow(level, each.code, href, each.issued_on, each.expires_on, word, STATE_MEANINGS[state])
