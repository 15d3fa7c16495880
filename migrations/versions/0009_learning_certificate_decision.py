"""What HR decided about certificates.

Why: a certificate can be revoked and reinstated, each time for a reason that its holder may read. Lock: none, the table is new.
"""

import sqlalchemy as sa
from alembic import op


from app.core import database

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "learning_certificate_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("certificate_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("decision", sa.String(length=10), nullable=False),
        sa.Column("ground", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", database.UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("decision IN ('revoked', 'reinstated')", name=op.f("ck_learning_certificate_decision_decision")),
        sa.ForeignKeyConstraint(
            ["certificate_id"],
            ["learning_certificate.id"],
            name=op.f("fk_learning_certificate_decision_certificate_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["by_id"], ["people_person.id"], name=op.f("fk_learning_certificate_decision_by_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learning_certificate_decision")),
    )
    op.create_index("uq_learning_certificate_decision_number", "learning_certificate_decision", ["certificate_id", "number"], unique=True)


def downgrade() -> None:
    """Drop it."""
    op.drop_index("uq_learning_certificate_decision_number", table_name="learning_certificate_decision")
    op.drop_table("learning_certificate_decision")
