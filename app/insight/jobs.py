"""Doors for time: counting touched places, and everything once a night."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.insight.actions import counting


def recount(session: Session, args: dict[str, Any], at: datetime) -> None:
    """Count one place anew."""
    counting.recount(session, department_id=args["department_id"], country=args["country"], course_id=args["course_id"], at=at)


def rebuild(session: Session, _args: dict[str, Any], at: datetime) -> None:
    """Count everything anew and say how far off it was; passes that ended at midnight leave the counts here."""
    counting.rebuild(session, at=at)
