"""Shares, links, clicks and the journals they come from.

Why: the first shape of the sharing room's tables. Lock: none, the tables are new.
"""

import sqlalchemy as sa
from alembic import op


from app.core import database

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "sharing_journal",
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("offset", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_sharing_journal")),
    )
    op.create_table(
        "sharing_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("network", sa.String(length=20), nullable=False),
        sa.Column("target", sa.String(length=2000), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("created_at", database.UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state IN ('open', 'recalled')", name=op.f("ck_sharing_link_state")),
        sa.ForeignKeyConstraint(["story_id"], ["library_story.id"], name=op.f("fk_sharing_link_story_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sharing_link")),
        sa.UniqueConstraint("code", name=op.f("uq_sharing_link_code")),
    )
    op.create_index(op.f("ix_sharing_link_story_id"), "sharing_link", ["story_id"], unique=False)
    op.create_table(
        "sharing_click",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("hour", database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("referrer", sa.String(length=120), nullable=False),
        sa.Column("device", sa.String(length=10), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("robot", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["link_id"], ["sharing_link.id"], name=op.f("fk_sharing_click_link_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sharing_click")),
    )
    op.create_index("ix_sharing_click_link_id_hour", "sharing_click", ["link_id", "hour"], unique=False)
    op.create_table(
        "sharing_reads",
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("robots", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["link_id"], ["sharing_link.id"], name=op.f("fk_sharing_reads_link_id")),
        sa.PrimaryKeyConstraint("link_id", name=op.f("pk_sharing_reads")),
    )
    op.create_table(
        "sharing_share",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(length=36), nullable=False),
        sa.Column("network", sa.String(length=20), nullable=False),
        sa.Column("server", sa.String(length=253), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("disclosure", sa.String(length=400), nullable=False),
        sa.Column("policy_version", sa.Integer(), nullable=False),
        sa.Column("certificate_id", sa.Integer(), nullable=False),
        sa.Column("closeness", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("post_url", sa.String(length=2000), nullable=False),
        sa.Column("created_at", database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("answered_at", database.UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint("status IN ('opened', 'confirmed', 'unknown', 'not_posted')", name=op.f("ck_sharing_share_status")),
        sa.ForeignKeyConstraint(["certificate_id"], ["learning_certificate.id"], name=op.f("fk_sharing_share_certificate_id")),
        sa.ForeignKeyConstraint(["edition_id"], ["library_edition.id"], name=op.f("fk_sharing_share_edition_id")),
        sa.ForeignKeyConstraint(["link_id"], ["sharing_link.id"], name=op.f("fk_sharing_share_link_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people_person.id"], name=op.f("fk_sharing_share_person_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["story_id"], ["library_story.id"], name=op.f("fk_sharing_share_story_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sharing_share")),
        sa.UniqueConstraint("link_id", name=op.f("uq_sharing_share_link_id")),
        sa.UniqueConstraint("uuid", name=op.f("uq_sharing_share_uuid")),
    )
    op.create_index("uq_sharing_share_once", "sharing_share", ["person_id", "token"], unique=True)
    op.create_index("ix_sharing_share_status_created_at", "sharing_share", ["status", "created_at"], unique=False)
    op.create_index("ix_sharing_share_person_id_created_at", "sharing_share", ["person_id", "created_at"], unique=False)
    op.create_index("ix_sharing_share_story_id_network", "sharing_share", ["story_id", "network"], unique=False)


def downgrade() -> None:
    """Drop them."""
    op.drop_index("ix_sharing_share_story_id_network", table_name="sharing_share")
    op.drop_index("ix_sharing_share_person_id_created_at", table_name="sharing_share")
    op.drop_index("ix_sharing_share_status_created_at", table_name="sharing_share")
    op.drop_index("uq_sharing_share_once", table_name="sharing_share")
    op.drop_table("sharing_share")
    op.drop_table("sharing_reads")
    op.drop_index("ix_sharing_click_link_id_hour", table_name="sharing_click")
    op.drop_table("sharing_click")
    op.drop_index(op.f("ix_sharing_link_story_id"), table_name="sharing_link")
    op.drop_table("sharing_link")
    op.drop_table("sharing_journal")
