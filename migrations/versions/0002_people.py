"""Persons, departments, roles, sessions and the audit log, which only ever grows.

Why: the first shape of the people room's tables. Lock: none, the tables are new.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from app.core import database

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None
DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "people_audit_head",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people_audit_head")),
    )
    op.create_table(
        "people_department",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("path", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["people_department.id"], name=op.f("fk_people_department_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people_department")),
        sa.UniqueConstraint("path", name=op.f("uq_people_department_path")),
        sa.UniqueConstraint("slug", name=op.f("uq_people_department_slug")),
        sa.UniqueConstraint("uuid", name=op.f("uq_people_department_uuid")),
    )
    op.create_table(
        "people_throttle",
        sa.Column("key_digest", sa.String(length=64), nullable=False),
        sa.Column("window_began_at", database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key_digest", name=op.f("pk_people_throttle")),
    )
    op.create_table(
        "people_person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("email_key", sa.String(length=320), nullable=False),
        sa.Column("name", sa.String(length=800), nullable=False),
        sa.Column("name_key", sa.String(length=800), nullable=False),
        sa.Column("job_title", sa.String(length=800), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=True),
        sa.Column("manager_id", sa.Integer(), nullable=True),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("locale", sa.String(length=2), nullable=False),
        sa.Column("timezone", sa.String(length=60), nullable=False),
        sa.Column("theme", sa.String(length=10), nullable=False),
        sa.Column("quiet_from", sa.Time(), nullable=False),
        sa.Column("quiet_until", sa.Time(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("session_epoch", sa.Integer(), nullable=False),
        sa.Column("created_at", database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("left_at", database.UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint("status IN ('invited', 'active', 'left')", name=op.f("ck_people_person_status")),
        sa.CheckConstraint("theme IN ('system', 'light', 'dark')", name=op.f("ck_people_person_theme")),
        sa.ForeignKeyConstraint(["department_id"], ["people_department.id"], name=op.f("fk_people_person_department_id")),
        sa.ForeignKeyConstraint(["manager_id"], ["people_person.id"], name=op.f("fk_people_person_manager_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people_person")),
        sa.UniqueConstraint("email_key", name=op.f("uq_people_person_email_key")),
        sa.UniqueConstraint("uuid", name=op.f("uq_people_person_uuid")),
    )
    op.create_index("ix_people_person_department_id_country", "people_person", ["department_id", "country"], unique=False)
    op.create_index(op.f("ix_people_person_manager_id"), "people_person", ["manager_id"], unique=False)
    op.create_index("ix_people_person_name_key_id", "people_person", ["name_key", "id"], unique=False)
    op.create_table(
        "people_audit_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("at", database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("object_type", sa.String(length=40), nullable=False),
        sa.Column("object_id", sa.String(length=80), nullable=False),
        sa.Column("result", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("request_id", sa.String(length=64), nullable=False),
        sa.Column("address_class", sa.String(length=60), nullable=False),
        sa.Column("changes", DOCUMENT, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["people_person.id"], name=op.f("fk_people_audit_entry_actor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people_audit_entry")),
        sa.UniqueConstraint("hash", name=op.f("uq_people_audit_entry_hash")),
        sa.UniqueConstraint("uuid", name=op.f("uq_people_audit_entry_uuid")),
    )
    op.create_index(op.f("ix_people_audit_entry_action"), "people_audit_entry", ["action"], unique=False)
    op.create_index(op.f("ix_people_audit_entry_actor_id"), "people_audit_entry", ["actor_id"], unique=False)
    op.create_index(op.f("ix_people_audit_entry_at"), "people_audit_entry", ["at"], unique=False)
    op.create_index(op.f("ix_people_audit_entry_day"), "people_audit_entry", ["day"], unique=False)
    op.create_table(
        "people_invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=10), nullable=False),
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column("created_at", database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("expires_at", database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("used_at", database.UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint("purpose IN ('invite', 'reset')", name=op.f("ck_people_invitation_purpose")),
        sa.ForeignKeyConstraint(["person_id"], ["people_person.id"], name=op.f("fk_people_invitation_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people_invitation")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_people_invitation_token_digest")),
    )
    op.create_index(op.f("ix_people_invitation_person_id"), "people_invitation", ["person_id"], unique=False)
    op.create_table(
        "people_look",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("viewer_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["subject_id"], ["people_person.id"], name=op.f("fk_people_look_subject_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["viewer_id"], ["people_person.id"], name=op.f("fk_people_look_viewer_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people_look")),
    )
    op.create_index("uq_people_look_once", "people_look", ["subject_id", "viewer_id", "purpose", "day"], unique=True)
    op.create_table(
        "people_role_grant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=True),
        sa.Column("granted_by_id", sa.Integer(), nullable=True),
        sa.Column("granted_at", database.UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("role IN ('author', 'reviewer', 'hub', 'hr', 'admin', 'spokesperson')", name=op.f("ck_people_role_grant_role")),
        sa.ForeignKeyConstraint(["department_id"], ["people_department.id"], name=op.f("fk_people_role_grant_department_id")),
        sa.ForeignKeyConstraint(["granted_by_id"], ["people_person.id"], name=op.f("fk_people_role_grant_granted_by_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people_person.id"], name=op.f("fk_people_role_grant_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people_role_grant")),
    )
    op.create_table(
        "people_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("device", sa.String(length=80), nullable=False),
        sa.Column("created_at", database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("expires_at", database.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people_person.id"], name=op.f("fk_people_session_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people_session")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_people_session_token_digest")),
        sa.UniqueConstraint("uuid", name=op.f("uq_people_session_uuid")),
    )
    op.create_index(op.f("ix_people_session_person_id"), "people_session", ["person_id"], unique=False)
    op.create_index("uq_people_role_grant_once", "people_role_grant", ["person_id", "role", sa.text("coalesce(department_id, 0)")], unique=True)
    op.create_table(
        "people_upload",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=800), nullable=False),
        sa.Column("storage_key", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("counts", DOCUMENT, nullable=False),
        sa.Column("faults", DOCUMENT, nullable=False),
        sa.Column("created_at", database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("done_at", database.UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('reading', 'shown', 'refused', 'queued', 'done')", name=op.f("ck_people_upload_state")),
        sa.ForeignKeyConstraint(["by_id"], ["people_person.id"], name=op.f("fk_people_upload_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people_upload")),
        sa.UniqueConstraint("uuid", name=op.f("uq_people_upload_uuid")),
    )
    op.create_index(op.f("ix_people_upload_by_id"), "people_upload", ["by_id"], unique=False)
    _forbid_changes()


def downgrade() -> None:
    """Drop them."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER people_audit_grows ON people_audit_entry")
        op.execute("DROP FUNCTION people_audit_grows()")
    op.drop_table("people_upload")
    op.drop_index(op.f("ix_people_session_person_id"), table_name="people_session")
    op.drop_table("people_session")
    op.drop_table("people_role_grant")
    op.drop_index("uq_people_look_once", table_name="people_look")
    op.drop_table("people_look")
    op.drop_index(op.f("ix_people_invitation_person_id"), table_name="people_invitation")
    op.drop_table("people_invitation")
    op.drop_index(op.f("ix_people_audit_entry_day"), table_name="people_audit_entry")
    op.drop_index(op.f("ix_people_audit_entry_at"), table_name="people_audit_entry")
    op.drop_index(op.f("ix_people_audit_entry_actor_id"), table_name="people_audit_entry")
    op.drop_index(op.f("ix_people_audit_entry_action"), table_name="people_audit_entry")
    op.drop_table("people_audit_entry")
    op.drop_index("ix_people_person_name_key_id", table_name="people_person")
    op.drop_index(op.f("ix_people_person_manager_id"), table_name="people_person")
    op.drop_index("ix_people_person_department_id_country", table_name="people_person")
    op.drop_table("people_person")
    op.drop_table("people_throttle")
    op.drop_table("people_department")
    op.drop_table("people_audit_head")


def _forbid_changes() -> None:
    """Whoever holds the application's rights can add audit entries, and neither change nor remove one."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION people_audit_grows() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'the audit log only grows'; END $$"
        )
        op.execute(
            "CREATE TRIGGER people_audit_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON people_audit_entry "
            "FOR EACH STATEMENT EXECUTE FUNCTION people_audit_grows()"
        )
        return
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER people_audit_no_{verb.lower()} BEFORE {verb} ON people_audit_entry "
            "BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END"
        )
