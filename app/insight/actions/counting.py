"""Keeping the roll-ups true: touched places are counted anew with grouped statements, and every night everything is."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

import structlog
from sqlalchemy import ColumnElement, delete, func, insert, select
from sqlalchemy.orm import Session

from app.core.database import Base, insert_once
from app.core.jobs import enqueue
from app.insight.models import CompletionCell, Counting, Headcount, LevelCell, PassedCell
from app.insight.queries import cells
from app.learning.models import Enrolment
from app.people.models import Person

SLOT: Final = timedelta(seconds=5)
"""Changes of one place within this time are counted together."""
_ROLL_UPS: Final[tuple[tuple[Any, Any], ...]] = (
    (Headcount, cells.heads),
    (LevelCell, cells.levels),
    (CompletionCell, cells.completion),
    (PassedCell, cells.passed),
)
log = structlog.get_logger()


@dataclass(frozen=True)
class Drift:
    """What a rebuild found: cells in all, cells that changed, and cells that changed though no pass of their place lapsed."""

    cells: int
    changed: int
    drifted: int


def recount_soon(session: Session, *, department_id: int | None, country: str, course_id: int | None, at: datetime) -> None:
    """Have a place counted anew in a few seconds, for one course or (None) for all; asked often, it is done once.

    The job runs after its slot is over, so that it sees everything that was true when it was asked for.
    """
    slot = int(at.timestamp() // SLOT.total_seconds()) + 1
    due_at = datetime.fromtimestamp(slot * SLOT.total_seconds(), tz=at.tzinfo)
    key = f"insight.recount:{department_id or 0}:{country}:{course_id or 0}:{slot}"
    enqueue(session, "insight.recount", due_at=due_at, key=key, department_id=department_id, country=country, course_id=course_id)


def recount_person(session: Session, person_id: int, *, course_id: int | None = None, at: datetime) -> None:
    """Have the place of a person counted anew."""
    place = session.execute(select(Person.department_id, Person.country).where(Person.id == person_id)).one_or_none()
    if place is not None:
        recount_soon(session, department_id=place.department_id, country=place.country, course_id=course_id, at=at)


def recount(session: Session, *, department_id: int | None, country: str, course_id: int | None, at: datetime) -> None:
    """Count a place anew: its head count, its levels, its completion and its passes by month, of one course or of all."""
    lock_counts(session, at=at)
    on = at.date()
    _replace(session, Headcount, _place_of(Headcount, department_id, country), cells.heads(on, *_living(department_id, country)))
    _replace(session, LevelCell, _place_of(LevelCell, department_id, country), cells.levels(on, *_living(department_id, country)))
    for table, counted in ((CompletionCell, cells.completion), (PassedCell, cells.passed)):
        old, living = _place_of(table, department_id, country), _living(department_id, country)
        if course_id is not None:
            old.append(table.course_id == course_id)
            living.append(Enrolment.course_id == course_id)
        _replace(session, table, old, counted(on, *living))


def rebuild(session: Session, *, at: datetime) -> Drift:
    """Count everything anew, one INSERT … SELECT per table; tell how far the roll-ups were off. Logs `insight_drift` when they were."""
    counting = lock_counts(session, at=at)
    on = at.date()
    before = _snapshot(session)
    for table, counted in _ROLL_UPS:
        _replace(session, table, [], counted(on))
    after = _snapshot(session)
    changed = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    lapsed = _lapsed(session, counting.rebuilt_on or on, on)
    drifted = [key for key in changed if key[1:3] not in lapsed] if counting.rebuilt_on else []
    counting.rebuilt_on = on
    if drifted:
        log.warning("insight_drift", cells=len(after), drifted=len(drifted))
    log.info("insight_rebuilt", cells=len(after), changed=len(changed))
    return Drift(len(after), len(changed), len(drifted))


def lock_counts(session: Session, *, at: datetime) -> Counting:
    """Take the right to count until the end of the transaction; whoever comes second waits and sees what the first one wrote."""
    insert_once(session, Counting, id=1, counted_at=at)
    counting = session.scalars(select(Counting).where(Counting.id == 1).with_for_update().execution_options(populate_existing=True)).one()
    counting.counted_at = at
    return counting


def _replace(session: Session, table: type[Base], old: list[ColumnElement[bool]], counted: Any) -> None:
    session.execute(delete(table).where(*old), execution_options={"synchronize_session": False})
    session.execute(insert(table).from_select([column.name for column in counted.selected_columns], counted))


def _place_of(table: Any, department_id: int | None, country: str) -> list[ColumnElement[bool]]:
    return [table.department_id.is_not_distinct_from(department_id), table.country == country]


def _living(department_id: int | None, country: str) -> list[ColumnElement[bool]]:
    return [Person.department_id.is_not_distinct_from(department_id), Person.country == country]


def _snapshot(session: Session) -> dict[tuple[Any, ...], tuple[int, ...]]:
    """Every cell of the roll-ups: (table, department, country, …) -> counts."""
    keys = ("course_id", "mandatory", "due_on", "level", "month")
    counts = ("people", "certified", "lapsing", "completed", "started", "waiting", "shared")
    found: dict[tuple[Any, ...], tuple[int, ...]] = {}
    for table, _counted in _ROLL_UPS:
        for row in session.execute(select(*table.__table__.columns)).mappings():
            key = (table.__tablename__, row["department_id"], row["country"], *(row.get(name) for name in keys))
            found[key] = tuple(row.get(name) or 0 for name in counts)
    return found


def _lapsed(session: Session, since: date, on: date) -> set[tuple[Any, ...]]:
    """The places (department, country) where time alone changed something: a pass or certificate that ended, or came within thirty days."""
    passes = (
        select(Person.department_id, Person.country)
        .join(Enrolment, Enrolment.person_id == Person.id)
        .where(Enrolment.state == "completed", Enrolment.expires_on >= since, Enrolment.expires_on < on)
        .group_by(Person.department_id, Person.country)
    )
    before, after = (cells.levels(day).order_by(None).subquery() for day in (since, on))
    moved = (
        select(before.c.department_id, before.c.country)
        .outerjoin(
            after,
            before.c.department_id.is_not_distinct_from(after.c.department_id)
            & (before.c.country == after.c.country)
            & (before.c.level == after.c.level),
        )
        .where((func.coalesce(after.c.certified, 0) != before.c.certified) | (func.coalesce(after.c.lapsing, 0) != before.c.lapsing))
    )
    return {tuple(row) for query in (passes, moved) for row in session.execute(query)}
