"""Entries of the audit log by what they are about.

Why: whoever asks for everything held about them had the whole log read for it. Lock: on PostgreSQL nothing is added to the log while the index
is built, some three seconds for two million entries.
"""

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the index."""
    op.create_index(op.f("ix_people_audit_entry_object_type_object_id"), "people_audit_entry", ["object_type", "object_id"], unique=False)


def downgrade() -> None:
    """Drop it."""
    op.drop_index(op.f("ix_people_audit_entry_object_type_object_id"), table_name="people_audit_entry")
