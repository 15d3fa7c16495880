"""Tables of the learning room."""

from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base, Document, UtcDateTime
from app.core.ids import new_uuid

_MANDATORY: Final = text("mandatory_role IS NOT NULL")


class Course(Base):
    """A course for ever; what it says stands in its versions."""

    __tablename__ = "learning_course"
    __table_args__ = (CheckConstraint("level IN ('enthusiast', 'professional', 'spokesperson')", name="level"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    level: Mapped[str] = mapped_column(String(20))
    current_version_id: Mapped[int | None]
    """The version that new learners get; without a foreign key, which would close a circle with the versions."""
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class CourseVersion(Base):
    """One immutable publication of a course: the whole tree in every language as one document, HTML included."""

    __tablename__ = "learning_course_version"
    __table_args__ = (Index("uq_learning_course_version_number", "course_id", "number", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("learning_course.id"), index=True)
    number: Mapped[int]
    checksum: Mapped[str] = mapped_column(String(64))
    document: Mapped[dict[str, Any]] = mapped_column(Document)
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Enrolment(Base):
    """A person's time through a course, pinned to a version. `ordinal` counts the times: a renewal is a new row.

    A mandatory one names the role that asks for it and the day it is due; a voluntary one has neither.
    """

    __tablename__ = "learning_enrolment"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'paused', 'left', 'completed')", name="state"),
        Index("uq_learning_enrolment_once", "person_id", "course_id", "ordinal", unique=True),
        Index("ix_learning_enrolment_report", "course_id", "state", "person_id"),
        Index("ix_learning_enrolment_expires_on", "expires_on"),
        Index("ix_learning_enrolment_mandatory", "person_id", "course_id", sqlite_where=_MANDATORY, postgresql_where=_MANDATORY),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True, default=new_uuid)
    person_id: Mapped[int] = mapped_column(ForeignKey("people_person.id", ondelete="CASCADE"))
    course_id: Mapped[int] = mapped_column(ForeignKey("learning_course.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("learning_course_version.id"))
    ordinal: Mapped[int] = mapped_column(default=1)
    mandatory_role: Mapped[str | None] = mapped_column(String(20))
    due_on: Mapped[date | None] = mapped_column(Date)
    state: Mapped[str] = mapped_column(String(10), default="open")
    enrolled_at: Mapped[datetime] = mapped_column(UtcDateTime)
    completed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    completed_on: Mapped[date | None] = mapped_column(Date)
    expires_on: Mapped[date | None] = mapped_column(Date)


class LessonDone(Base):
    """That a lesson was read to its end within an enrolment."""

    __tablename__ = "learning_lesson_done"

    enrolment_id: Mapped[int] = mapped_column(ForeignKey("learning_enrolment.id", ondelete="CASCADE"), primary_key=True)
    lesson_uuid: Mapped[str] = mapped_column(String(36), primary_key=True)
    done_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Attempt(Base):
    """One sitting of a quiz. `paper` holds the drawn items and options in their shuffled order, under ids of this attempt alone."""

    __tablename__ = "learning_attempt"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'submitted')", name="state"),
        CheckConstraint("score IS NULL OR (score >= 0 AND score <= 100)", name="score"),
        Index("uq_learning_attempt_number", "enrolment_id", "number", unique=True),
        Index("uq_learning_attempt_open", "enrolment_id", unique=True, sqlite_where=text("state = 'open'"), postgresql_where=text("state = 'open'")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True, default=new_uuid)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("learning_enrolment.id", ondelete="CASCADE"))
    number: Mapped[int]
    version_id: Mapped[int] = mapped_column(ForeignKey("learning_course_version.id"))
    paper: Mapped[list[dict[str, Any]]] = mapped_column(Document)
    state: Mapped[str] = mapped_column(String(10), default="open")
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    deadline_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    score: Mapped[int | None]
    passed: Mapped[bool | None]


class Answer(Base):
    """What was chosen for one place on the paper; saved as it is given, judged when the attempt is submitted."""

    __tablename__ = "learning_answer"

    attempt_id: Mapped[int] = mapped_column(ForeignKey("learning_attempt.id", ondelete="CASCADE"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    chosen: Mapped[list[str]] = mapped_column(Document)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)


class QuizTally(Base):
    """How the questions of a version's quiz went, counted from first sittings once a week: item uuid -> people, right, option -> chosen.

    It names nobody and stays when its sittings are gone.
    """

    __tablename__ = "learning_quiz_tally"

    version_id: Mapped[int] = mapped_column(ForeignKey("learning_course_version.id"), primary_key=True)
    items: Mapped[dict[str, Any]] = mapped_column(Document)
    counted_to: Mapped[datetime] = mapped_column(UtcDateTime)


class Certificate(Base):
    """The proof of a level, verifiable by anyone at its random code. `courses` lists uuid, version and titles as passed."""

    __tablename__ = "learning_certificate"
    __table_args__ = (
        CheckConstraint("level IN ('enthusiast', 'professional', 'spokesperson')", name="level"),
        Index("uq_learning_certificate_once", "person_id", "level", "ordinal", unique=True),
        Index("ix_learning_certificate_level_expires_on", "level", "expires_on"),
        Index("ix_learning_certificate_expires_on", "expires_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True, default=new_uuid)
    person_id: Mapped[int] = mapped_column(ForeignKey("people_person.id", ondelete="CASCADE"))
    level: Mapped[str] = mapped_column(String(20))
    ordinal: Mapped[int] = mapped_column(default=1)
    code: Mapped[str] = mapped_column(String(20), unique=True)
    name: Mapped[str] = mapped_column(String(800))
    courses: Mapped[list[dict[str, Any]]] = mapped_column(Document)
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_on: Mapped[date] = mapped_column(Date)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    shared_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Since when its holder shares it with HR by name; counts where the house asks for that (see `rules.visibility`)."""


class SharedPass(Base):
    """That a pass stands on a certificate which its holder shares with HR; gone when they stop."""

    __tablename__ = "learning_shared_pass"

    enrolment_id: Mapped[int] = mapped_column(ForeignKey("learning_enrolment.id", ondelete="CASCADE"), primary_key=True)
    certificate_id: Mapped[int] = mapped_column(ForeignKey("learning_certificate.id", ondelete="CASCADE"), primary_key=True, index=True)


class CertificateDecision(Base):
    """That a certificate was revoked or reinstated: by whom, on what ground, and why in their words. `number` counts from 1 for each certificate.

    The latest one says what holds; the certificate's `revoked_at` says the same in one place.
    """

    __tablename__ = "learning_certificate_decision"
    __table_args__ = (
        CheckConstraint("decision IN ('revoked', 'reinstated')", name="decision"),
        Index("uq_learning_certificate_decision_number", "certificate_id", "number", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    certificate_id: Mapped[int] = mapped_column(ForeignKey("learning_certificate.id", ondelete="CASCADE"))
    number: Mapped[int]
    decision: Mapped[str] = mapped_column(String(10))
    ground: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people_person.id", ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
