"""Having an attempt judged when its time is over."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.core.jobs import enqueue
from app.learning.models import Attempt
from app.learning.queries.attempts import ends_at
from app.learning.rules.quiz import GRACE


def close_at(session: Session, attempt: Attempt, due_at: datetime, *, has_waited: bool = False) -> None:
    """Come back to an attempt at this moment; asked twice for the same one, it is done once."""
    key = f"learning.close_attempt:{attempt.uuid}:{due_at.timestamp():.0f}"
    enqueue(session, "learning.close_attempt", key=key, due_at=due_at, attempt=attempt.id, has_waited=has_waited)


def close_after_its_time(session: Session, attempt: Attempt, *, not_before: datetime) -> None:
    """Come back when the time of an attempt is over, and its grace too; one without a limit is never over."""
    over_at = ends_at(session, attempt)
    if over_at is not None:
        close_at(session, attempt, max(over_at + GRACE + timedelta(seconds=1), not_before))
