"""Clicks that are alike in one row.

Why: a link that is opened a thousand times a second makes rows by the thousand that all say the same. Lock: none to speak of, a column
with a constant default is added without touching a row; code from before writes rows of one opening each.
"""

import sqlalchemy as sa
from alembic import op


revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the number."""
    op.add_column("sharing_click", sa.Column("openings", sa.Integer(), nullable=False, server_default="1"))


def downgrade() -> None:
    """Take it away."""
    op.drop_column("sharing_click", "openings")
