"""The completion report as a file: what its page shows, for every department that it could unfold."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.insight.presenters.completion import is_behaviour, may_say, may_show_behaviour, shown_courses
from app.insight.presenters.words import said
from app.insight.queries.report import Ground, Standing, Tallies
from app.insight.rules import NOBODY, Filter, Kind, Status, Telling, figure
from app.learning.queries.content import PublishedCourse

DUTY: Final[Mapping[Status, Any]] = {
    Status.COMPLETED: _l("Mandatory, done"),
    Status.STARTED: _l("Mandatory, in progress"),
    Status.WAITING: _l("Mandatory, not started"),
    Status.OVERDUE: _l("Mandatory, overdue"),
}
CHOICE: Final[Mapping[Status, Any]] = {
    Status.COMPLETED: _l("Voluntary, completed"),
    Status.STARTED: _l("Voluntary, in progress"),
    Status.WAITING: _l("Voluntary, not begun"),
}
"""Of free choice nobody is late."""


def csv_head(asked: Filter) -> list[str]:
    """The columns: how many must and how many may, and of each how many have the status asked for; beside the done those who are late."""
    status = asked.status or Status.COMPLETED
    late = [DUTY[Status.OVERDUE]] if status is Status.COMPLETED else []
    free = [_("Voluntary for"), CHOICE[status]] if status in CHOICE else []
    words = (_("Department"), _("Path"), _("People"), _("Course"), _("Mandatory for"), DUTY[status], *late, *free)
    return [str(word) for word in words]


def csv_rows(
    ground: Ground, tallies: Tallies, courses: Sequence[PublishedCourse], *, asked: Filter, telling: Telling | None, locale: str
) -> list[list[Any]]:
    """One row per department and course; what is too small stays empty, as if there were nothing."""
    lines: list[list[Any]] = []
    whole = ground.base.name if ground.base else _("Everybody")
    freely = replace(asked, status=asked.status or Status.COMPLETED, kind=Kind.VOLUNTARY)
    hushed = is_behaviour(freely) and not may_show_behaviour(asked)
    for place in (None, *(place for place in ground.places if place.people and place != ground.base)):
        name, path = (place.name, place.path) if place else (whole, ground.base.path if ground.base else "/")
        people = (place or ground).people
        for course in shown_courses(courses, asked, tallies):
            standing = tallies.get((place.id if place else None, course.id), Standing()) if path not in ground.hidden else None
            is_said = not hushed and may_say(telling, ground, freely, course.id, place)
            lines.append([name, path, people, said(course.document.title, locale), *_numbers(standing, people, asked, is_said=is_said)])
    return lines


def _numbers(standing: Standing | None, people: int, asked: Filter, *, is_said: bool) -> list[Any]:
    """What stands below the last columns of `csv_head`; `is_said` is whether a number about free choice may stand there."""
    status = asked.status or Status.COMPLETED
    duty, choice = (standing.duty, standing.choice) if standing else (NOBODY, NOBODY)
    must = figure(status, people=people, duty=duty, choice=NOBODY, kind=Kind.MANDATORY) if asked.kind is not Kind.VOLUNTARY else None
    late = [duty.overdue if must else ""] if status is Status.COMPLETED else []
    cells = [*((must.of, must.count) if must else ("", "")), *late]
    if status not in CHOICE:
        return cells
    may = (
        figure(status, people=people, duty=duty, choice=choice, kind=Kind.VOLUNTARY)
        if standing and is_said and asked.kind is not Kind.MANDATORY
        else None
    )
    return [*cells, *((may.of, may.count) if may else ("", ""))]
