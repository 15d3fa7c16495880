"""The words of people's names.

Why: a colleague is found by any part of a name, among a hundred thousand, by an index. Lock: none, the table is new; a job fills it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "people_name_word",
        sa.Column("word", sa.String(length=40).with_variant(sa.String(length=40, collation="C"), "postgresql"), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people_person.id"], name=op.f("fk_people_name_word_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("word", "person_id", name=op.f("pk_people_name_word")),
    )
    op.create_index(op.f("ix_people_name_word_person_id"), "people_name_word", ["person_id"], unique=False)


def downgrade() -> None:
    """Drop it."""
    op.drop_index(op.f("ix_people_name_word_person_id"), table_name="people_name_word")
    op.drop_table("people_name_word")
