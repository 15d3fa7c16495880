"""The public policy.

Why: the first shape of the playbooks room's tables. Lock: none, the tables are new.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from app.core import database

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None
DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "playbooks_policy_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("checksum", sa.String(length=64), nullable=False),
        sa.Column("document", DOCUMENT, nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("published_at", database.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_playbooks_policy_version")),
        sa.UniqueConstraint("number", name=op.f("uq_playbooks_policy_version_number")),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("playbooks_policy_version")
