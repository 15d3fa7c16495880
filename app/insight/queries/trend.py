"""How many of the people of today had passed each course, month by month."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.database import read_rows
from app.insight.models import PassedCell
from app.insight.queries.standing import within
from app.people.models import Department


def first_passes(session: Session, paths: Sequence[str]) -> Mapping[int, Mapping[date, int]]:
    """Course id -> how many of the people in reach passed it for the first time in which month, told by its first day. From the roll-ups."""
    found: dict[int, dict[date, int]] = {}
    for row in read_rows(session, _passed(tuple(paths))):
        found.setdefault(row.course_id, {})[date(row.month // 12, row.month % 12 + 1, 1)] = int(row.people)
    return found


@lru_cache(maxsize=200)
def _passed(paths: tuple[str, ...]) -> Any:
    return (
        select(PassedCell.course_id, PassedCell.month, func.sum(PassedCell.people).label("people"))
        .outerjoin(Department, Department.id == PassedCell.department_id)
        .where(within(paths))
        .group_by(PassedCell.course_id, PassedCell.month)
    )
