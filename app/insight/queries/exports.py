"""What was exported, as the audit log knows it."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.people.models import AuditEntry


def exported(session: Session, uuids: Collection[str]) -> dict[str, str]:
    """Which list each of these exports was of, by the export's outside id."""
    begun = select(AuditEntry.object_id, AuditEntry.reason).where(AuditEntry.action == "export_begun", AuditEntry.object_id.in_(uuids))
    return {row.object_id: row.reason.partition(" ")[0] for row in session.execute(begun)}
