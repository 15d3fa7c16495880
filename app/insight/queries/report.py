"""The completion report: from the roll-ups for today, from the same grouped statements for a day gone by."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, lru_cache
from typing import Any, Final

from sqlalchemy import Select, Subquery, and_, case, func, literal, null, select, true, union_all
from sqlalchemy.orm import Session, aliased

from app.core.database import read_rows
from app.core.errors import NotFound
from app.insight.models import CompletionCell, Counting, Headcount, LevelCell
from app.insight.queries import cells
from app.insight.queries.standing import within
from app.insight.rules import NOBODY, Counts, Filter, Place, hidden_places, parent_path
from app.people.models import Department

STATEMENTS: Final = 200
"""How many reports' statements are kept: putting one together costs three times as much as running it."""


@dataclass(frozen=True)
class Ground:
    """What a report stands on: its people, the departments at its top, all departments in reach, and those too small to be shown.

    `base` is the department that was asked for; None means everything in reach.
    """

    base: Place | None
    people: int
    tops: tuple[Place, ...]
    places: tuple[Place, ...]
    hidden: frozenset[str]
    countries: tuple[str, ...]

    def below(self, path: str) -> list[Place]:
        """The departments with people directly below a path, by name."""
        return self.by_name(self._children.get(path, ()))

    @staticmethod
    def by_name(places: Iterable[Place]) -> list[Place]:
        """Those of the departments that have people, by name."""
        return sorted((place for place in places if place.people), key=lambda place: (place.name.casefold(), place.path))

    @cached_property
    def _children(self) -> Mapping[str, Sequence[Place]]:
        found: dict[str, list[Place]] = {}
        for place in self.places:
            found.setdefault(place.parent_path, []).append(place)
        return found


@dataclass(frozen=True)
class Standing:
    """How many people of a place stand where with a course: those who must, and those who may."""

    duty: Counts = NOBODY
    choice: Counts = NOBODY


Tallies = Mapping[tuple[int | None, int], Standing]
"""(department id, course id) -> counts of the department and all below it; None stands for the whole report."""


@dataclass(frozen=True)
class Levels:
    """Certificates: level -> (held, lapsing within thirty days, shared), and when this was last counted."""

    counted_at: datetime | None
    held: Mapping[str, tuple[int, int, int]]


def ground(session: Session, paths: Sequence[str], asked: Filter) -> Ground:
    """The departments in reach with everybody in and below them, in one statement. Raises NotFound for a department out of reach."""
    return _ground(read_rows(session, _grounds(tuple(paths), asked.on, asked.country)), asked)


@lru_cache(maxsize=STATEMENTS)
def _grounds(paths: tuple[str, ...], on: date | None, country: str | None) -> Any:
    """A row for each department with its people (of the country, if one is asked for), and one for each country with all of its."""
    heads = _source(cells.heads(on, past=True) if on else select(Headcount.department_id, Headcount.country, Headcount.people))
    columns = (Department.id, Department.slug, Department.name, Department.path)
    meant = func.sum(case((heads.c.country == country, heads.c.people), else_=0)) if country else func.sum(heads.c.people)
    known = (
        select(*columns, null().label("country"), func.coalesce(meant, 0).label("people"))
        .outerjoin(heads, heads.c.department_id == Department.id)
        .where(within(paths, Department.path))
        .group_by(*columns)
    )
    countries = (
        select(null(), null(), null(), null(), heads.c.country, func.sum(heads.c.people))
        .outerjoin(Department, Department.id == heads.c.department_id)
        .where(within(paths))
        .group_by(heads.c.country)
    )
    return union_all(known, countries)


def _ground(rows: Sequence[Any], asked: Filter) -> Ground:
    departments: dict[str, tuple[int, str, str]] = {}
    sizes: dict[str, int] = {}
    countries: dict[str, int] = {}
    for number, slug, name, path, country, people in rows:
        if number is None:
            countries[country] = int(people)
        else:
            departments[path], sizes[path] = (number, slug, name), int(people)
    for path in sorted(sizes, key=len, reverse=True):  # what is below is longer, so it is whole when it is added to what is above
        above = parent_path(path)
        if above in sizes:
            sizes[above] += sizes[path]
    places = tuple(Place(*departments[path], path, sizes[path]) for path in sorted(departments))
    known = tuple(sorted(country for country, people in countries.items() if country and people))
    if asked.department is None:
        people = countries.get(asked.country, 0) if asked.country else sum(countries.values())
        tops = tuple(place for place in places if place.parent_path not in sizes)
        return Ground(None, people, tops, places, hidden_places(people, tops, places), known)
    base = next((place for place in places if place.slug == asked.department), None)
    if base is None:
        raise NotFound
    inside = tuple(place for place in places if place.path.startswith(base.path))
    tops = tuple(place for place in inside if place.parent_path == base.path)
    return Ground(base, base.people, tops, inside, hidden_places(base.people, tops, inside[1:]), known)


def tallies(session: Session, paths: Sequence[str], asked: Filter, places: Sequence[Place], base: Place | None, *, today: date) -> Tallies:
    """The counts of these places and of the whole report for every course, in one statement."""
    sums = _tallied(asked, tuple(place.id for place in places), (base.path,) if base else tuple(paths), today)
    found: dict[tuple[int | None, int], Standing] = {}
    for row in read_rows(session, sums):
        counts = Counts(int(row.completed), int(row.started), int(row.waiting), int(row.overdue), int(row.shared))
        before = found.get((row.place, row.course_id), Standing())
        found[row.place, row.course_id] = Standing(counts, before.choice) if row.mandatory else Standing(before.duty, counts)
    return found


@lru_cache(maxsize=STATEMENTS)
def _tallied(asked: Filter, places: tuple[int, ...], paths: tuple[str, ...], today: date) -> Any:
    stored = (*_keys(CompletionCell), CompletionCell.completed, CompletionCell.started, CompletionCell.waiting, CompletionCell.shared)
    cell = _source(cells.completion(asked.on, past=True) if asked.on else select(*stored))
    late = and_(cell.c.mandatory, cell.c.due_on < (asked.on or today))
    sums = (
        *(func.sum(cell.c[name]).label(name) for name in ("completed", "started", "waiting", "shared")),
        func.sum(case((late, cell.c.started + cell.c.waiting), else_=0)).label("overdue"),
    )
    inside = _inside(places)
    each = (
        select(inside.c.place, cell.c.course_id, cell.c.mandatory, *sums)
        .join(inside, inside.c.id == cell.c.department_id)
        .where(*_country(cell, asked))
        .group_by(inside.c.place, cell.c.course_id, cell.c.mandatory)
    )
    whole = (
        select(null().label("place"), cell.c.course_id, cell.c.mandatory, *sums)
        .outerjoin(Department, Department.id == cell.c.department_id)
        .where(within(paths, Department.path), *_country(cell, asked))
        .group_by(cell.c.course_id, cell.c.mandatory)
    )
    return union_all(each, whole)


def levels(session: Session, paths: Sequence[str], asked: Filter, base: Place | None) -> Levels:
    """Certificates held in the report's places, and when the roll-ups were last counted, in one statement."""
    rows = read_rows(session, _levels(asked, (base.path,) if base else tuple(paths)))
    return Levels(rows[0].counted_at, {row.level: (int(row.certified), int(row.lapsing), int(row.shared)) for row in rows if row.level})


@lru_cache(maxsize=STATEMENTS)
def _levels(asked: Filter, paths: tuple[str, ...]) -> Any:
    stored = select(LevelCell.department_id, LevelCell.country, LevelCell.level, LevelCell.certified, LevelCell.lapsing, LevelCell.shared)
    cell = _source(cells.levels(asked.on, past=True) if asked.on else stored)
    held = (
        select(cell.c.level, *(func.sum(cell.c[name]).label(name) for name in ("certified", "lapsing", "shared")))
        .outerjoin(Department, Department.id == cell.c.department_id)
        .where(within(paths, Department.path), *_country(cell, asked))
        .group_by(cell.c.level)
        .subquery()
    )
    one = select(literal(1).label("one")).subquery()
    return (
        select(Counting.counted_at, held.c.level, held.c.certified, held.c.lapsing, held.c.shared)
        .select_from(one)
        .outerjoin(Counting, Counting.id == one.c.one)
        .outerjoin(held, true())
    )


def _keys(table: Any) -> tuple[Any, ...]:
    return (table.department_id, table.country, table.course_id, table.mandatory, table.due_on)


def _source(query: Select[*tuple[Any, ...]]) -> Subquery:
    return query.subquery()


def _country(source: Subquery, asked: Filter) -> list[Any]:
    return [source.c.country == asked.country] if asked.country else []


def _inside(places: tuple[int, ...]) -> Any:
    """Each of these departments, as `place`, with itself and everything below it."""
    top, child = aliased(Department), aliased(Department)
    down = select(top.id.label("place"), top.id).where(top.id.in_(places)).cte("down", recursive=True)
    return down.union_all(select(down.c.place, child.id).join(child, child.parent_id == down.c.id))
