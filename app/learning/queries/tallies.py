"""What was counted about the questions of a quiz, for its authors."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.database import read_rows
from app.learning.models import QuizTally
from app.learning.rules.tallying import Asked, asked_from


@dataclass(frozen=True)
class Tally:
    """The counts of a version: item uuid -> how it went, and up to when was counted."""

    asked: dict[str, Asked]
    counted_to: datetime


def tallies(session: Session, version_ids: Collection[int]) -> dict[int, Tally]:
    """The counts of these versions, by id; those that were never counted are left out. One statement."""
    rows = read_rows(session, select(QuizTally.version_id, QuizTally.items, QuizTally.counted_to).where(QuizTally.version_id.in_(version_ids)))
    return {row.version_id: Tally(asked_from(row.items), row.counted_to) for row in rows}
