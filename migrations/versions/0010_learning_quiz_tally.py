"""How the questions of each quiz went.

Why: authors learn which questions are hard and which wrong option tempts, without seeing anybody's sitting. Lock: none, the table is new.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql


from app.core import database

DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "learning_quiz_tally",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("items", DOCUMENT, nullable=False),
        sa.Column("counted_to", database.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["learning_course_version.id"], name=op.f("fk_learning_quiz_tally_version_id")),
        sa.PrimaryKeyConstraint("version_id", name=op.f("pk_learning_quiz_tally")),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("learning_quiz_tally")
