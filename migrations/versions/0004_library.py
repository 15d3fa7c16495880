"""Stories, editions, review, topics and channel fit.

Why: the first shape of the library room's tables. Lock: none, the tables are new.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from app.core import database

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None
DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "library_topic",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("name", DOCUMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_library_topic")),
        sa.UniqueConstraint("slug", name=op.f("uq_library_topic_slug")),
    )
    op.create_table(
        "library_channel_fit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("network", sa.String(length=20), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("fit", sa.String(length=10), nullable=False),
        sa.Column("tone", DOCUMENT, nullable=False),
        sa.Column("reviewed_on", sa.Date(), nullable=False),
        sa.CheckConstraint("fit IN ('good', 'fair', 'poor')", name=op.f("ck_library_channel_fit_fit")),
        sa.ForeignKeyConstraint(["topic_id"], ["library_topic.id"], name=op.f("fk_library_channel_fit_topic_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_library_channel_fit")),
    )
    op.create_index("uq_library_channel_fit_once", "library_channel_fit", ["topic_id", "network", "country"], unique=True)
    op.create_table(
        "library_asset",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("storage_key", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=40), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("alt", DOCUMENT, nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=False),
        sa.Column("added_at", database.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["added_by_id"], ["people_person.id"], name=op.f("fk_library_asset_added_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_library_asset")),
        sa.UniqueConstraint("uuid", name=op.f("uq_library_asset_uuid")),
    )
    op.create_table(
        "library_story",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("slug", sa.String(length=100), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", DOCUMENT, nullable=False),
        sa.Column("asset_id", sa.Integer(), nullable=True),
        sa.Column("created_at", database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("changed_at", database.UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state IN ('draft', 'asked', 'in_review', 'approved', 'retired', 'recalled')", name=op.f("ck_library_story_state")),
        sa.ForeignKeyConstraint(["asset_id"], ["library_asset.id"], name=op.f("fk_library_story_asset_id")),
        sa.ForeignKeyConstraint(["author_id"], ["people_person.id"], name=op.f("fk_library_story_author_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_library_story")),
        sa.UniqueConstraint("slug", name=op.f("uq_library_story_slug")),
        sa.UniqueConstraint("uuid", name=op.f("uq_library_story_uuid")),
    )
    op.create_index(op.f("ix_library_story_author_id"), "library_story", ["author_id"], unique=False)
    op.create_index(op.f("ix_library_story_asset_id"), "library_story", ["asset_id"], unique=False)
    op.create_index("ix_library_story_state_changed_at", "library_story", ["state", "changed_at"], unique=False)
    op.create_table(
        "library_edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("document", DOCUMENT, nullable=False),
        sa.Column("asset_id", sa.Integer(), nullable=True),
        sa.Column("checksum", sa.String(length=64), nullable=False),
        sa.Column("approved_by_id", sa.Integer(), nullable=False),
        sa.Column("approved_at", database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("opens_at", database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("closes_at", database.UtcDateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", database.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["asset_id"], ["library_asset.id"], name=op.f("fk_library_edition_asset_id")),
        sa.ForeignKeyConstraint(["approved_by_id"], ["people_person.id"], name=op.f("fk_library_edition_approved_by_id")),
        sa.ForeignKeyConstraint(["story_id"], ["library_story.id"], name=op.f("fk_library_edition_story_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_library_edition")),
    )
    op.create_index(op.f("ix_library_edition_asset_id"), "library_edition", ["asset_id"], unique=False)
    op.create_index("ix_library_edition_opens_at", "library_edition", ["opens_at", "closes_at"], unique=False)
    op.create_index("uq_library_edition_number", "library_edition", ["story_id", "number"], unique=True)
    op.create_table(
        "library_review_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=20), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "step IN ('edited', 'sent', 'taken_back', 'asked', 'approved', 'retired', 'recalled', 'reopened')", name=op.f("ck_library_review_entry_step")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["people_person.id"], name=op.f("fk_library_review_entry_by_id")),
        sa.ForeignKeyConstraint(["story_id"], ["library_story.id"], name=op.f("fk_library_review_entry_story_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_library_review_entry")),
    )
    op.create_index("ix_library_review_entry_story_id", "library_review_entry", ["story_id", "id"], unique=False)


def downgrade() -> None:
    """Drop them."""
    op.drop_index("ix_library_review_entry_story_id", table_name="library_review_entry")
    op.drop_table("library_review_entry")
    op.drop_index("uq_library_edition_number", table_name="library_edition")
    op.drop_index("ix_library_edition_opens_at", table_name="library_edition")
    op.drop_index(op.f("ix_library_edition_asset_id"), table_name="library_edition")
    op.drop_table("library_edition")
    op.drop_index("ix_library_story_state_changed_at", table_name="library_story")
    op.drop_index(op.f("ix_library_story_asset_id"), table_name="library_story")
    op.drop_index(op.f("ix_library_story_author_id"), table_name="library_story")
    op.drop_table("library_story")
    op.drop_table("library_asset")
    op.drop_index("uq_library_channel_fit_once", table_name="library_channel_fit")
    op.drop_table("library_channel_fit")
    op.drop_table("library_topic")
