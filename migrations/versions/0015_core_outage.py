"""When the database was away.

Why: an attempt at a quiz with limited time is given back the time in which nobody could answer. Lock: none, the table is new.
"""

import sqlalchemy as sa
from alembic import op

from app.core import database

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "core_outage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("began_at", database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("ended_at", database.UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("began_at < ended_at", name=op.f("ck_core_outage_order")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_outage")),
    )
    op.create_index(op.f("ix_core_outage_ended_at"), "core_outage", ["ended_at"], unique=False)


def downgrade() -> None:
    """Drop it."""
    op.drop_index(op.f("ix_core_outage_ended_at"), table_name="core_outage")
    op.drop_table("core_outage")
