"""Courses, enrolments, attempts and certificates.

Why: the first shape of the learning room's tables. Lock: none, the tables are new.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from app.core import database

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None
DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "learning_course",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("level", sa.String(length=20), nullable=False),
        sa.Column("current_version_id", sa.Integer(), nullable=True),
        sa.Column("retired_at", database.UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint("level IN ('enthusiast', 'professional', 'spokesperson')", name=op.f("ck_learning_course_level")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learning_course")),
        sa.UniqueConstraint("slug", name=op.f("uq_learning_course_slug")),
        sa.UniqueConstraint("uuid", name=op.f("uq_learning_course_uuid")),
    )
    op.create_table(
        "learning_course_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("checksum", sa.String(length=64), nullable=False),
        sa.Column("document", DOCUMENT, nullable=False),
        sa.Column("published_at", database.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["learning_course.id"], name=op.f("fk_learning_course_version_course_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learning_course_version")),
    )
    op.create_index(op.f("ix_learning_course_version_course_id"), "learning_course_version", ["course_id"], unique=False)
    op.create_index("uq_learning_course_version_number", "learning_course_version", ["course_id", "number"], unique=True)
    op.create_table(
        "learning_certificate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(length=20), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=800), nullable=False),
        sa.Column("courses", DOCUMENT, nullable=False),
        sa.Column("issued_at", database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("revoked_at", database.UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint("level IN ('enthusiast', 'professional', 'spokesperson')", name=op.f("ck_learning_certificate_level")),
        sa.ForeignKeyConstraint(["person_id"], ["people_person.id"], name=op.f("fk_learning_certificate_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learning_certificate")),
        sa.UniqueConstraint("code", name=op.f("uq_learning_certificate_code")),
        sa.UniqueConstraint("uuid", name=op.f("uq_learning_certificate_uuid")),
    )
    op.create_index("ix_learning_certificate_level_expires_on", "learning_certificate", ["level", "expires_on"], unique=False)
    op.create_index("uq_learning_certificate_once", "learning_certificate", ["person_id", "level", "ordinal"], unique=True)
    op.create_table(
        "learning_enrolment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("mandatory_role", sa.String(length=20), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("enrolled_at", database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("completed_at", database.UtcDateTime(timezone=True), nullable=True),
        sa.Column("completed_on", sa.Date(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.CheckConstraint("state IN ('open', 'paused', 'left', 'completed')", name=op.f("ck_learning_enrolment_state")),
        sa.ForeignKeyConstraint(["course_id"], ["learning_course.id"], name=op.f("fk_learning_enrolment_course_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people_person.id"], name=op.f("fk_learning_enrolment_person_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["version_id"], ["learning_course_version.id"], name=op.f("fk_learning_enrolment_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learning_enrolment")),
        sa.UniqueConstraint("uuid", name=op.f("uq_learning_enrolment_uuid")),
    )
    op.create_index("ix_learning_enrolment_expires_on", "learning_enrolment", ["expires_on"], unique=False)
    op.create_index("ix_learning_enrolment_report", "learning_enrolment", ["course_id", "state", "person_id"], unique=False)
    op.create_index("uq_learning_enrolment_once", "learning_enrolment", ["person_id", "course_id", "ordinal"], unique=True)
    op.create_table(
        "learning_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("paper", DOCUMENT, nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("started_at", database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("deadline_at", database.UtcDateTime(timezone=True), nullable=True),
        sa.Column("submitted_at", database.UtcDateTime(timezone=True), nullable=True),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("passed", sa.Boolean(), nullable=True),
        sa.CheckConstraint("state IN ('open', 'submitted')", name=op.f("ck_learning_attempt_state")),
        sa.CheckConstraint("score IS NULL OR (score >= 0 AND score <= 100)", name=op.f("ck_learning_attempt_score")),
        sa.ForeignKeyConstraint(["enrolment_id"], ["learning_enrolment.id"], name=op.f("fk_learning_attempt_enrolment_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["version_id"], ["learning_course_version.id"], name=op.f("fk_learning_attempt_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learning_attempt")),
        sa.UniqueConstraint("uuid", name=op.f("uq_learning_attempt_uuid")),
    )
    op.create_index("uq_learning_attempt_number", "learning_attempt", ["enrolment_id", "number"], unique=True)
    op.create_index(
        "uq_learning_attempt_open",
        "learning_attempt",
        ["enrolment_id"],
        unique=True,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_table(
        "learning_lesson_done",
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("lesson_uuid", sa.String(length=36), nullable=False),
        sa.Column("done_at", database.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["enrolment_id"], ["learning_enrolment.id"], name=op.f("fk_learning_lesson_done_enrolment_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("enrolment_id", "lesson_uuid", name=op.f("pk_learning_lesson_done")),
    )
    op.create_table(
        "learning_answer",
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("chosen", DOCUMENT, nullable=False),
        sa.Column("saved_at", database.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["learning_attempt.id"], name=op.f("fk_learning_answer_attempt_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("attempt_id", "place", name=op.f("pk_learning_answer")),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("learning_answer")
    op.drop_table("learning_lesson_done")
    op.drop_index(
        "uq_learning_attempt_open", table_name="learning_attempt", sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'")
    )
    op.drop_index("uq_learning_attempt_number", table_name="learning_attempt")
    op.drop_table("learning_attempt")
    op.drop_index("uq_learning_enrolment_once", table_name="learning_enrolment")
    op.drop_index("ix_learning_enrolment_report", table_name="learning_enrolment")
    op.drop_index("ix_learning_enrolment_expires_on", table_name="learning_enrolment")
    op.drop_table("learning_enrolment")
    op.drop_index("uq_learning_certificate_once", table_name="learning_certificate")
    op.drop_index("ix_learning_certificate_level_expires_on", table_name="learning_certificate")
    op.drop_table("learning_certificate")
    op.drop_index("uq_learning_course_version_number", table_name="learning_course_version")
    op.drop_index(op.f("ix_learning_course_version_course_id"), table_name="learning_course_version")
    op.drop_table("learning_course_version")
    op.drop_table("learning_course")
