"""Roll-ups of completion, and who is exporting.

Why: the first shape of the insight room's tables. Lock: none, the tables are new.
"""

import sqlalchemy as sa
from alembic import op


from app.core import database

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def _place(table: str) -> list[sa.schema.SchemaItem]:
    """The columns that say where people are."""
    return [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=True),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.ForeignKeyConstraint(["department_id"], ["people_department.id"], name=op.f(f"fk_{table}_department_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "insight_completion_cell",
        *_place("insight_completion_cell"),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("mandatory", sa.Boolean(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("completed", sa.Integer(), nullable=False),
        sa.Column("started", sa.Integer(), nullable=False),
        sa.Column("waiting", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["learning_course.id"], name=op.f("fk_insight_completion_cell_course_id"), ondelete="CASCADE"),
    )
    op.create_index("ix_insight_completion_cell_place", "insight_completion_cell", ["course_id", "department_id", "country"], unique=False)
    op.create_table("insight_headcount", *_place("insight_headcount"), sa.Column("people", sa.Integer(), nullable=False))
    op.create_index("uq_insight_headcount_once", "insight_headcount", [sa.text("coalesce(department_id, 0)"), "country"], unique=True)
    op.create_table(
        "insight_level_cell",
        *_place("insight_level_cell"),
        sa.Column("level", sa.String(length=20), nullable=False),
        sa.Column("certified", sa.Integer(), nullable=False),
        sa.Column("lapsing", sa.Integer(), nullable=False),
    )
    op.create_index("ix_insight_level_cell_place", "insight_level_cell", ["department_id", "country"], unique=False)
    op.create_table(
        "insight_counting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("counted_at", database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("rebuilt_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_insight_counting")),
    )
    op.create_table(
        "insight_export_slot",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("until", database.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people_person.id"], name=op.f("fk_insight_export_slot_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("person_id", "slot", name=op.f("pk_insight_export_slot")),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("insight_export_slot")
    op.drop_table("insight_counting")
    op.drop_index("ix_insight_level_cell_place", table_name="insight_level_cell")
    op.drop_table("insight_level_cell")
    op.drop_index("uq_insight_headcount_once", table_name="insight_headcount")
    op.drop_table("insight_headcount")
    op.drop_index("ix_insight_completion_cell_place", table_name="insight_completion_cell")
    op.drop_table("insight_completion_cell")
