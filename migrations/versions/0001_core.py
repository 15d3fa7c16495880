"""The outbox and the jobs.

Why: the first shape of the core room's tables. Lock: none, the tables are new.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from app.core import database

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None
DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "core_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("payload", DOCUMENT, nullable=False),
        sa.Column("at", database.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_event")),
        sa.UniqueConstraint("uuid", name=op.f("uq_core_event_uuid")),
    )
    op.create_index(op.f("ix_core_event_at"), "core_event", ["at"], unique=False)
    op.create_table(
        "core_job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("args", DOCUMENT, nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("due_at", database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease", sa.String(length=36), nullable=True),
        sa.Column("lease_until", database.UtcDateTime(timezone=True), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("done_at", database.UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('due', 'running', 'done', 'dead')", name=op.f("ck_core_job_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_job")),
        sa.UniqueConstraint("key", name=op.f("uq_core_job_key")),
    )
    op.create_index("ix_core_job_next", "core_job", ["state", "due_at"], unique=False)


def downgrade() -> None:
    """Drop them."""
    op.drop_index("ix_core_job_next", table_name="core_job")
    op.drop_table("core_job")
    op.drop_index(op.f("ix_core_event_at"), table_name="core_event")
    op.drop_table("core_event")
