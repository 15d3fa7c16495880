"""The completion report as it is printed: a sentence of filters, four numbers, a matrix."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from flask import url_for
from flask_babel import gettext as _

from app.insight.forms import as_pairs, as_query
from app.insight.presenters.places import MOST_ROWS, Stretch
from app.insight.presenters.words import KINDS, LEVELS, STATUSES, Choice, country_name, said, shared_words, why_unnamed
from app.insight.queries.report import Ground, Levels, Standing, Tallies
from app.insight.queries.sight import Sight
from app.insight.rules import Figure, Filter, Kind, Place, Status, Telling, figure, speaks_beside
from app.learning.queries.content import PublishedCourse
from app.learning.queries.levels import needed_courses
from app.learning.rules.levels import needed_for
from app.web.i18n import number


@dataclass(frozen=True)
class Cell:
    """One number of the matrix, or nothing where the group is too small or empty: the two look alike."""

    percent: int | None = None
    count: str = ""


@dataclass(frozen=True)
class Row:
    """One department. `fold` is its slug where it unfolds or folds; `href` lists its people, and with a head's course those of a cell."""

    name: str
    people: str
    level: int
    cells: tuple[Cell, ...]
    href: str = ""
    fold: str | None = None
    is_open: bool = False


@dataclass(frozen=True)
class Stat:
    """One of the numbers at the top."""

    label: str
    number: str
    note: str | None = None
    meaning: str | None = None
    href: str | None = None


@dataclass(frozen=True)
class Head:
    """A course at the top of its column."""

    slug: str
    label: str
    title: str


@dataclass(frozen=True)
class Report:
    """The whole page."""

    departments: tuple[Choice, ...]
    countries: tuple[Choice, ...]
    courses: tuple[Choice, ...]
    kinds: tuple[Choice, ...]
    statuses: tuple[Choice, ...]
    on: str
    latest: str
    stats: tuple[Stat, ...]
    heads: tuple[Head, ...]
    rows: tuple[Row, ...]
    counted_at: datetime | None
    as_of: date | None
    behaviour_hidden: bool
    unnamed: str
    """Why some are not named, where that is so."""
    filters: str
    view: str
    unfolded: str
    kept: tuple[tuple[str, str], ...]
    """What unfolding a department, and beginning at another one, send along."""
    here: str
    """The department that the page comes after."""
    next_href: str | None
    prev_href: str | None

    @property
    def is_empty(self) -> bool:
        """Whether there is nobody to report about."""
        return not self.rows


def report(  # everything that the page is made of
    ground: Ground,
    tallies: Tallies,
    levels: Levels,
    courses: Sequence[PublishedCourse],
    *,
    asked: Filter,
    shown: Stretch,
    unfolded: Sequence[str],
    telling: Telling | None,
    sight: Sight,
    locale: str,
    today: date,
) -> Report:
    """The page, from what the queries found; `telling` is None where everybody who completed is named."""
    columns = shown_courses(courses, asked, tallies)
    status, opened, page = asked.status or Status.COMPLETED, ",".join(unfolded), url_for("insight.completion")
    narrowed, people = replace(asked, status=status), url_for("insight.people")
    builder = _Rows(ground, tallies, telling, columns, narrowed, shown.places, frozenset(unfolded), people)
    return Report(
        departments=_department_choices(ground, asked, shown.places),
        countries=(Choice("", _("all countries"), asked.country is None), *_country_choices(ground, asked)),
        courses=(Choice("", _("a course"), asked.course is None), *_course_choices(courses, asked, locale)),
        kinds=tuple(Choice("" if kind is Kind.BOTH else kind.value, str(label), kind is asked.kind) for kind, label in KINDS.items()),
        statuses=tuple(Choice("" if each is Status.COMPLETED else each.value, str(label), each is status) for each, label in STATUSES.items()),
        on=(asked.on or today).isoformat(),
        latest=today.isoformat(),
        stats=tuple(
            _levels(ground, levels, tallies, courses, asked=asked, sight=sight) + _counts(levels, tallies, columns, asked=asked, sight=sight)
        ),
        heads=tuple(Head(course.slug, said(course.document.short_title, locale), said(course.document.title, locale)) for course in columns),
        rows=tuple(builder.rows()),
        counted_at=None if asked.on else levels.counted_at,
        as_of=asked.on,
        behaviour_hidden=is_behaviour(asked) and not (may_show_behaviour(asked) and telling is None),
        unnamed=why_unnamed(sight, counted=True),
        filters=as_query(asked),
        view=as_query(asked, open=opened).removeprefix("?"),
        unfolded=opened,
        kept=as_pairs(asked, open=opened),
        here=shown.after,
        next_href=page + as_query(asked, open=opened, after=shown.following) if shown.following else None,
        prev_href=page + (as_query(asked, open=opened, after=shown.before) or "?open=") if shown.before is not None else None,
    )


def shown_courses(courses: Sequence[PublishedCourse], asked: Filter, tallies: Tallies) -> list[PublishedCourse]:
    """The courses that a report is about, in their order."""
    return [course for course in courses if _belongs(course, asked, tallies)]


def _belongs(course: PublishedCourse, asked: Filter, tallies: Tallies) -> bool:
    if asked.course is not None:
        return course.slug == asked.course
    must = asked.kind is Kind.MANDATORY or asked.status is Status.OVERDUE
    return not must or tallies.get((None, course.id), Standing()).duty.all > 0


def _department_choices(ground: Ground, asked: Filter, shown: Sequence[Place]) -> tuple[Choice, ...]:
    """Everything, the department that the report is about, and those at its top: all of them, or where they are many those of the page."""
    base = [Choice(ground.base.slug, ground.base.name, chosen=True)] if ground.base else []
    tops = ground.tops if len(ground.tops) <= MOST_ROWS else set(ground.tops) & set(shown)
    below = [Choice(place.slug, place.name) for place in sorted(tops, key=lambda place: place.name.casefold())]
    return (Choice("", _("all departments"), asked.department is None), *base, *below)


def _country_choices(ground: Ground, asked: Filter) -> list[Choice]:
    codes = {*ground.countries, *([asked.country] if asked.country else [])}
    return sorted((Choice(code, country_name(code), code == asked.country) for code in codes), key=lambda choice: choice.label)


def _course_choices(courses: Sequence[PublishedCourse], asked: Filter, locale: str) -> list[Choice]:
    return [Choice(course.slug, said(course.document.title, locale), course.slug == asked.course) for course in courses]


def _levels(ground: Ground, levels: Levels, tallies: Tallies, courses: Sequence[PublishedCourse], *, asked: Filter, sight: Sight) -> list[Stat]:
    """How many hold a certificate of each level; where not everybody is named, only of everybody together, and if enough of them are not known anyway."""
    found = []
    for level in ("enthusiast", "professional"):
        held, _lapsing, shared = levels.held.get(level, (0, 0, 0))
        note = None
        if sight.is_strict:
            known = shared if sight.shares else 0
            for course in needed_for(level, needed_courses(courses)):
                standing = tallies.get((None, course), Standing())
                known += standing.duty.all + (standing.choice.shared if sight.shares else 0)
            if asked.department or asked.country or asked.on or not speaks_beside(ground.people, known):
                continue
            note = shared_words(shared) if sight.shares and held else None
        found.append(Stat(_("Certified %(level)s", level=LEVELS[level]), number(held), note))
    return found


def _counts(levels: Levels, tallies: Tallies, columns: Sequence[PublishedCourse], *, asked: Filter, sight: Sight) -> list[Stat]:
    """Who is late, with the course where one is asked for, and what lapses; with the way to their names."""
    where = Filter(department=asked.department, country=asked.country)
    shown = {course.id for course in columns} if asked.course else None
    overdue = sum(each.duty.overdue for (place, course), each in tallies.items() if place is None and (shown is None or course in shown))
    lapsing = sum(soon for _held, soon, _shared in levels.held.values())
    late = url_for("insight.people") + as_query(replace(where, course=asked.course, kind=Kind.MANDATORY, status=Status.OVERDUE, on=asked.on))
    found = [Stat(_("Mandatory, overdue"), number(overdue), _("see who") if overdue else None, "careful", late if overdue else None)]
    if sight.is_strict:  # the list of what lapses holds what may be named, and no number goes beyond it
        return found
    soon = url_for("insight.lapsing") + as_query(where)
    return [*found, Stat(_("Lapsing within 30 days"), number(lapsing), _("see what") if lapsing else None, None, soon if lapsing else None)]


def is_behaviour(asked: Filter) -> bool:
    """Whether the report asks who is on the way or never began, which of free choice is nobody's business one by one."""
    return asked.status in {Status.STARTED, Status.WAITING} and asked.kind is not Kind.MANDATORY


def may_show_behaviour(asked: Filter) -> bool:
    """Only whole departments and only today: a country or another day beside it would tell single people apart by subtraction."""
    return asked.country is None and asked.on is None


@dataclass(frozen=True)
class _Rows:
    """The matrix in the making."""

    ground: Ground
    tallies: Tallies
    telling: Telling | None
    courses: Sequence[PublishedCourse]
    asked: Filter
    places: Sequence[Place]
    unfolded: frozenset[str]
    people: str
    """The address of the list that a row opens."""

    def rows(self) -> list[Row]:
        """The whole first, then the departments."""
        if not self.ground.people:
            return []
        name = self.ground.base.name if self.ground.base else _("Everybody")
        whole = Row(name, number(self.ground.people), 1, self._cells(None), self._href(self.asked.department))
        return [whole, *(self._row(place) for place in self.places)]

    def _row(self, place: Place) -> Row:
        first = (self.ground.base.depth if self.ground.base else min(top.depth for top in self.ground.tops) - 1) + 1
        hidden = place.path in self.ground.hidden
        cells = tuple(Cell() for _course in self.courses) if hidden else self._cells(place)
        href = "" if hidden else self._href(place.slug)
        fold = place.slug if not hidden and self.ground.below(place.path) else None
        return Row(place.name, number(place.people), min(place.depth - first + 1, 3), cells, href, fold, place.slug in self.unfolded)

    def _href(self, department: str | None) -> str:
        """The people behind a row, where they may be listed by name."""
        by_name = self.asked.kind is Kind.MANDATORY or self.asked.status in {Status.COMPLETED, Status.OVERDUE}
        return self.people + as_query(replace(self.asked, department=department)) if by_name else ""

    def _cells(self, place: Place | None) -> tuple[Cell, ...]:
        found = (self._figure(course.id, place) for course in self.courses)
        return tuple(Cell(each.percent, number(each.count)) if each else Cell() for each in found)

    def _figure(self, course_id: int, place: Place | None) -> Figure | None:
        """The number that may be shown."""
        standing: Standing = self.tallies.get((place.id if place else None, course_id), Standing())
        status, kind = self.asked.status or Status.COMPLETED, self.asked.kind
        if is_behaviour(self.asked) and not may_show_behaviour(self.asked):
            return None
        if status is not Status.OVERDUE and not may_say(self.telling, self.ground, self.asked, course_id, place):
            return None
        return figure(status, people=(place or self.ground).people, duty=standing.duty, choice=standing.choice, kind=kind)


def may_say(telling: Telling | None, ground: Ground, asked: Filter, course_id: int, place: Place | None) -> bool:
    """Whether the number of a place (None: the whole report) may be said beside all others, as far as it is about free choice."""
    if telling is None or asked.kind is Kind.MANDATORY:
        return True
    at = place or ground.base
    return telling.says(asked, course_id, at.path if at else "")
