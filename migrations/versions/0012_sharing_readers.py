"""Readers of links, each counted once a day, and clicks that are alike in one row.

Why: how often a link was opened says little about how many read; and a link that is opened a thousand times a second makes rows by the thousand
that all say the same. Lock: none to speak of. Columns with a constant default are added without touching a row; code from before writes rows of one
opening each and no readers.
"""

import sqlalchemy as sa
from alembic import op


revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the numbers, and what tells a day's readers apart until the day is over."""
    op.add_column("sharing_click", sa.Column("openings", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("sharing_click", sa.Column("readers", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("sharing_reads", sa.Column("readers", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "sharing_reader",
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("mark", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(["link_id"], ["sharing_link.id"], name=op.f("fk_sharing_reader_link_id")),
        sa.PrimaryKeyConstraint("link_id", "day", "mark", name=op.f("pk_sharing_reader")),
    )
    op.create_table(
        "sharing_day_key",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("key", sa.String(length=43), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_sharing_day_key")),
    )


def downgrade() -> None:
    """Take them away."""
    op.drop_table("sharing_day_key")
    op.drop_table("sharing_reader")
    op.drop_column("sharing_reads", "readers")
    op.drop_column("sharing_click", "readers")
    op.drop_column("sharing_click", "openings")
