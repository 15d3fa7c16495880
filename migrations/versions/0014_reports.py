"""What reports read at a hundred thousand people: first passes by month, mandatory courses apart, certificates by their last day.

Why: the lines of completion month by month counted every pass there is, a list of who is late looked at every enrolment, and what lapses next at every
certificate. Lock: the table is new and empty until the night, or `flask insight rebuild`, counts it. While an index is made, enrolments and
certificates can be read and not written: a quarter of a second for two million enrolments, of which few are mandatory.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table and the indexes."""
    op.create_table(
        "insight_passed_cell",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=True),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["department_id"], ["people_department.id"], name=op.f("fk_insight_passed_cell_department_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["course_id"], ["learning_course.id"], name=op.f("fk_insight_passed_cell_course_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_insight_passed_cell")),
    )
    op.create_index("ix_insight_passed_cell_place", "insight_passed_cell", ["department_id", "country"], unique=False)
    mandatory = sa.text("mandatory_role IS NOT NULL")
    op.create_index(
        "ix_learning_enrolment_mandatory", "learning_enrolment", ["person_id", "course_id"], sqlite_where=mandatory, postgresql_where=mandatory
    )
    op.create_index("ix_learning_certificate_expires_on", "learning_certificate", ["expires_on"], unique=False)


def downgrade() -> None:
    """Drop them."""
    op.drop_index("ix_learning_certificate_expires_on", table_name="learning_certificate")
    op.drop_index("ix_learning_enrolment_mandatory", table_name="learning_enrolment")
    op.drop_index("ix_insight_passed_cell_place", table_name="insight_passed_cell")
    op.drop_table("insight_passed_cell")
