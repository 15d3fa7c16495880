"""Tables of the library room."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base, Document, UtcDateTime
from app.core.ids import new_uuid


class Topic(Base):
    """What stories are about; `name` per language."""

    __tablename__ = "library_topic"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[dict[str, str]] = mapped_column(Document)


class Asset(Base):
    """A picture as we re-encoded it, without what its camera wrote into it; `alt` per language is required.

    `storage_key` is where its sizes begin: each is kept under the key and the name of the size. Width and height are the largest's.
    """

    __tablename__ = "library_asset"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True, default=new_uuid)
    storage_key: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(40))
    width: Mapped[int]
    height: Mapped[int]
    alt: Mapped[dict[str, str]] = mapped_column(Document)
    added_by_id: Mapped[int] = mapped_column(ForeignKey("people_person.id"))
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Story(Base):
    """The working copy of a story. `version` counts edits and steps: a decision names the version it was made on.

    `content` is the document that becomes an edition when approved; its shape is `app.library.rules.Content`.
    """

    __tablename__ = "library_story"
    __table_args__ = (
        CheckConstraint("state IN ('draft', 'asked', 'in_review', 'approved', 'retired', 'recalled')", name="state"),
        Index("ix_library_story_state_changed_at", "state", "changed_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True, default=new_uuid)
    slug: Mapped[str] = mapped_column(String(100), unique=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("people_person.id"), index=True)
    state: Mapped[str] = mapped_column(String(20), default="draft")
    version: Mapped[int] = mapped_column(default=1)
    content: Mapped[dict[str, Any]] = mapped_column(Document)
    asset_id: Mapped[int | None] = mapped_column(ForeignKey("library_asset.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Edition(Base):
    """An approved story as readers see it: immutable, open from `opens_at` until `closes_at` unless withdrawn.

    Readers get the newest edition of a story whose hour has come, so an approved one stays until the next opens.
    """

    __tablename__ = "library_edition"
    __table_args__ = (
        Index("uq_library_edition_number", "story_id", "number", unique=True),
        Index("ix_library_edition_opens_at", "opens_at", "closes_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    story_id: Mapped[int] = mapped_column(ForeignKey("library_story.id"))
    number: Mapped[int]
    document: Mapped[dict[str, Any]] = mapped_column(Document)
    asset_id: Mapped[int | None] = mapped_column(ForeignKey("library_asset.id"), index=True)
    checksum: Mapped[str] = mapped_column(String(64))
    approved_by_id: Mapped[int] = mapped_column(ForeignKey("people_person.id"))
    approved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    opens_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closes_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ReviewEntry(Base):
    """One step in a story's review, with what was said."""

    __tablename__ = "library_review_entry"
    __table_args__ = (
        CheckConstraint("step IN ('edited', 'sent', 'taken_back', 'asked', 'approved', 'retired', 'recalled', 'reopened')", name="step"),
        Index("ix_library_review_entry_story_id", "story_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    story_id: Mapped[int] = mapped_column(ForeignKey("library_story.id", ondelete="CASCADE"))
    version: Mapped[int]
    step: Mapped[str] = mapped_column(String(20))
    by_id: Mapped[int] = mapped_column(ForeignKey("people_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    comment: Mapped[str] = mapped_column(Text, default="")


class ChannelFit(Base):
    """How a topic does on a network in a country ("" = everywhere), in what tone, and when somebody last checked."""

    __tablename__ = "library_channel_fit"
    __table_args__ = (
        CheckConstraint("fit IN ('good', 'fair', 'poor')", name="fit"),
        Index("uq_library_channel_fit_once", "topic_id", "network", "country", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    topic_id: Mapped[int] = mapped_column(ForeignKey("library_topic.id", ondelete="CASCADE"))
    network: Mapped[str] = mapped_column(String(20))
    country: Mapped[str] = mapped_column(String(2), default="")
    fit: Mapped[str] = mapped_column(String(10))
    tone: Mapped[dict[str, str]] = mapped_column(Document)
    reviewed_on: Mapped[date] = mapped_column(Date)
