"""Doors for events of other rooms."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.learning.actions.assigning import assign_for_role, release
from app.people.events import RoleGranted, RoleRevoked


def role_granted(session: Session, event: RoleGranted, *, at: datetime) -> None:
    """A role may bring duties."""
    assign_for_role(session, person_id=event.person_id, role=event.role, at=at)


def role_revoked(session: Session, event: RoleRevoked, *, at: datetime) -> None:
    """Duties that came with a role end with it."""
    release(session, person_id=event.person_id, role=event.role, at=at)
