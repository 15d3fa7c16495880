"""Roll-ups of completion.

Why: the first shape of the insight room's tables. Lock: none, the tables are new.
"""

import sqlalchemy as sa
from alembic import op


from app.core import database

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "insight_completion_cell",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("mandatory", sa.Boolean(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("completed", sa.Integer(), nullable=False),
        sa.Column("started", sa.Integer(), nullable=False),
        sa.Column("waiting", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["learning_course.id"], name=op.f("fk_insight_completion_cell_course_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["department_id"], ["people_department.id"], name=op.f("fk_insight_completion_cell_department_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_insight_completion_cell")),
    )
    op.create_index("ix_insight_completion_cell_place", "insight_completion_cell", ["course_id", "department_id", "country"], unique=False)
    op.create_table(
        "insight_headcount",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["department_id"], ["people_department.id"], name=op.f("fk_insight_headcount_department_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_insight_headcount")),
    )
    op.create_index("uq_insight_headcount_once", "insight_headcount", ["department_id", "country"], unique=True)


def downgrade() -> None:
    """Drop them."""
    op.drop_index("uq_insight_headcount_once", table_name="insight_headcount")
    op.drop_table("insight_headcount")
    op.drop_index("ix_insight_completion_cell_place", table_name="insight_completion_cell")
    op.drop_table("insight_completion_cell")
