"""Certificates that their holders share with HR, and how many do.

Why: where the setting `voluntary_learning_visibility` says so, nothing of voluntary learning is told by name unless the learner shares it. Lock: none to
speak of. Columns that are empty or have a constant default are added without touching a row; code from before shares nothing and counts none.
"""

import sqlalchemy as sa
from alembic import op

from app.core import database

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the day, the passes that come with it, and the counts."""
    op.add_column("learning_certificate", sa.Column("shared_at", database.UtcDateTime(timezone=True), nullable=True))
    op.create_table(
        "learning_shared_pass",
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("certificate_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["learning_enrolment.id"], name=op.f("fk_learning_shared_pass_enrolment_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["learning_certificate.id"], name=op.f("fk_learning_shared_pass_certificate_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("enrolment_id", "certificate_id", name=op.f("pk_learning_shared_pass")),
    )
    op.create_index("ix_learning_shared_pass_certificate_id", "learning_shared_pass", ["certificate_id"], unique=False)
    for table in ("insight_completion_cell", "insight_level_cell"):
        op.add_column(table, sa.Column("shared", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    """Take them away."""
    op.drop_column("insight_level_cell", "shared")
    op.drop_column("insight_completion_cell", "shared")
    op.drop_index("ix_learning_shared_pass_certificate_id", table_name="learning_shared_pass")
    op.drop_table("learning_shared_pass")
    op.drop_column("learning_certificate", "shared_at")
