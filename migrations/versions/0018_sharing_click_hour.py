"""Clicks by their hour.

Why: what is older than thirty days is deleted every hour, and was looked for among all of them. Lock: no click is stored while the index is made,
some seconds for ten million; the journals keep what is clicked meanwhile.
"""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the index."""
    op.create_index("ix_sharing_click_hour", "sharing_click", ["hour"], unique=False)


def downgrade() -> None:
    """Drop it."""
    op.drop_index("ix_sharing_click_hour", table_name="sharing_click")
