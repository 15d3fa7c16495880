"""Views of the completion report that HR keeps under a name.

Why: a view was remembered by one device only, and only one. Lock: none, the table is new.
"""

import sqlalchemy as sa
from alembic import op


from app.core import database

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "insight_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=240), nullable=False),
        sa.Column("name_key", sa.String(length=240), nullable=False),
        sa.Column("query", sa.String(length=1000), nullable=False),
        sa.Column("saved_at", database.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people_person.id"], name=op.f("fk_insight_view_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_insight_view")),
        sa.UniqueConstraint("uuid", name=op.f("uq_insight_view_uuid")),
    )
    op.create_index("uq_insight_view_name", "insight_view", ["person_id", "name_key"], unique=True)


def downgrade() -> None:
    """Drop it."""
    op.drop_index("uq_insight_view_name", table_name="insight_view")
    op.drop_table("insight_view")
