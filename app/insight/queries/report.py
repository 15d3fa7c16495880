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
from app.insight.rules import NOBODY, Counts, Filter, Place, hidden_places
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
    """Certificates: level -> (held, lapsing within thirty days), and when this was last counted."""

    counted_at: datetime | None
    held: Mapping[str, tuple[int, int]]


def ground(session: Session, paths: Sequence[str], asked: Filter) -> Ground:
    """The departments in reach with everybody in and below them, in one statement. Raises NotFound for a department out of reach."""
    return _ground(read_rows(session, _grounds(tuple(paths), asked.on)), asked)


@lru_cache(maxsize=STATEMENTS)
def _grounds(paths: tuple[str, ...], on: date | None) -> Any:
    heads = _source(cells.heads(on, past=True) if on else select(Headcount.department_id, Headcount.country, Headcount.people))
    columns = (Department.id, Department.slug, Department.name, Department.path, heads.c.country, func.coalesce(heads.c.people, 0).label("people"))
    known = select(*columns).outerjoin(heads, heads.c.department_id == Department.id).where(within(paths, Department.path))
    nobodys = select(null(), null(), null(), literal("/"), heads.c.country, heads.c.people).where(heads.c.department_id.is_(None))
    return union_all(known, nobodys.where(within(paths, literal("/"))))


def _ground(rows: Sequence[Any], asked: Filter) -> Ground:
    departments = {row.path: row for row in rows if row.id is not None}
    sizes = dict.fromkeys(departments, 0)
    counted = [row for row in rows if row.people and asked.country in {None, row.country}]
    for row in counted:
        for path in _upwards(row.path) & sizes.keys():
            sizes[path] += row.people
    countries = tuple(sorted({row.country for row in rows if row.people and row.country}))
    places = tuple(
        sorted((Place(row.id, row.slug, row.name, row.path, sizes[row.path]) for row in departments.values()), key=lambda place: place.path)
    )
    if asked.department is None:
        tops = tuple(place for place in places if place.parent_path not in sizes)
        people = sum(row.people for row in counted)
        return Ground(None, people, tops, places, hidden_places(people, tops, places), countries)
    base = next((place for place in places if place.slug == asked.department), None)
    if base is None:
        raise NotFound
    inside = tuple(place for place in places if place.path.startswith(base.path))
    tops = tuple(place for place in inside if place.parent_path == base.path)
    return Ground(base, base.people, tops, inside, hidden_places(base.people, tops, inside[1:]), countries)


def _upwards(path: str) -> set[str]:
    """A path and everything above it."""
    steps = path.strip("/").split("/")
    return {"/" + "/".join(steps[:depth]) + "/" for depth in range(1, len(steps) + 1)}


def tallies(session: Session, paths: Sequence[str], asked: Filter, places: Sequence[Place], base: Place | None, *, today: date) -> Tallies:
    """The counts of these places and of the whole report for every course, in one statement."""
    sums = _tallied(asked, tuple(place.id for place in places), (base.path,) if base else tuple(paths), today)
    found: dict[tuple[int | None, int], Standing] = {}
    for row in read_rows(session, sums):
        counts = Counts(int(row.completed), int(row.started), int(row.waiting), int(row.overdue))
        before = found.get((row.place, row.course_id), Standing())
        found[row.place, row.course_id] = Standing(counts, before.choice) if row.mandatory else Standing(before.duty, counts)
    return found


@lru_cache(maxsize=STATEMENTS)
def _tallied(asked: Filter, places: tuple[int, ...], paths: tuple[str, ...], today: date) -> Any:
    stored = (*_keys(CompletionCell), CompletionCell.completed, CompletionCell.started, CompletionCell.waiting)
    cell = _source(cells.completion(asked.on, past=True) if asked.on else select(*stored))
    late = and_(cell.c.mandatory, cell.c.due_on < (asked.on or today))
    sums = (
        *(func.sum(cell.c[name]).label(name) for name in ("completed", "started", "waiting")),
        func.sum(case((late, cell.c.started + cell.c.waiting), else_=0)).label("overdue"),
    )
    above = _above()
    each = (
        select(above.c.ancestor.label("place"), cell.c.course_id, cell.c.mandatory, *sums)
        .join(above, above.c.id == cell.c.department_id)
        .where(above.c.ancestor.in_(places), *_country(cell, asked))
        .group_by(above.c.ancestor, cell.c.course_id, cell.c.mandatory)
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
    return Levels(rows[0].counted_at, {row.level: (int(row.certified), int(row.lapsing)) for row in rows if row.level})


@lru_cache(maxsize=STATEMENTS)
def _levels(asked: Filter, paths: tuple[str, ...]) -> Any:
    stored = select(LevelCell.department_id, LevelCell.country, LevelCell.level, LevelCell.certified, LevelCell.lapsing)
    cell = _source(cells.levels(asked.on, past=True) if asked.on else stored)
    held = (
        select(cell.c.level, func.sum(cell.c.certified).label("certified"), func.sum(cell.c.lapsing).label("lapsing"))
        .outerjoin(Department, Department.id == cell.c.department_id)
        .where(within(paths, Department.path), *_country(cell, asked))
        .group_by(cell.c.level)
        .subquery()
    )
    one = select(literal(1).label("one")).subquery()
    return (
        select(Counting.counted_at, held.c.level, held.c.certified, held.c.lapsing)
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


def _above() -> Any:
    """Each department with itself and everything above it."""
    up = select(Department.id, Department.id.label("ancestor"), Department.parent_id).cte("up", recursive=True)
    parent = aliased(Department)
    return up.union_all(select(up.c.id, parent.id, parent.parent_id).join(parent, parent.id == up.c.parent_id))
