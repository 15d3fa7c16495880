"""Tables of the insight room: roll-ups that can be thrown away and counted again, views that were saved, and who is exporting."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base, UtcDateTime
from app.core.ids import new_uuid


class Headcount(Base):
    """How many active people a department has in a country (the department itself, not what is below it; none = no department)."""

    __tablename__ = "insight_headcount"
    __table_args__ = (Index("uq_insight_headcount_once", text("coalesce(department_id, 0)"), "country", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    department_id: Mapped[int | None] = mapped_column(ForeignKey("people_department.id", ondelete="CASCADE"))
    country: Mapped[str] = mapped_column(String(2))
    people: Mapped[int]


class CompletionCell(Base):
    """How many active people of a department and country stand where with a course, on the day they were counted.

    `due_on` splits the mandatory ones that are not completed by day, so that *overdue* needs no update; it is empty for all others.
    """

    __tablename__ = "insight_completion_cell"
    __table_args__ = (Index("ix_insight_completion_cell_place", "course_id", "department_id", "country"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    department_id: Mapped[int | None] = mapped_column(ForeignKey("people_department.id", ondelete="CASCADE"))
    country: Mapped[str] = mapped_column(String(2))
    course_id: Mapped[int] = mapped_column(ForeignKey("learning_course.id", ondelete="CASCADE"))
    mandatory: Mapped[bool]
    due_on: Mapped[date | None] = mapped_column(Date)
    completed: Mapped[int] = mapped_column(default=0)
    started: Mapped[int] = mapped_column(default=0)
    waiting: Mapped[int] = mapped_column(default=0)
    shared: Mapped[int] = mapped_column(default=0, server_default="0")
    """Of the completed of free choice, how many share with HR a certificate that rests on it."""


class LevelCell(Base):
    """How many active people of a department and country hold a certificate of a level, and how many lapse within thirty days."""

    __tablename__ = "insight_level_cell"
    __table_args__ = (Index("ix_insight_level_cell_place", "department_id", "country"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    department_id: Mapped[int | None] = mapped_column(ForeignKey("people_department.id", ondelete="CASCADE"))
    country: Mapped[str] = mapped_column(String(2))
    level: Mapped[str] = mapped_column(String(20))
    certified: Mapped[int]
    lapsing: Mapped[int]
    shared: Mapped[int] = mapped_column(default=0, server_default="0")
    """Of the certified, how many share one of theirs with HR."""


class PassedCell(Base):
    """How many active people of a department and country passed a course for the first time in a month: `month` counts from the year 0."""

    __tablename__ = "insight_passed_cell"
    __table_args__ = (Index("ix_insight_passed_cell_place", "department_id", "country"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    department_id: Mapped[int | None] = mapped_column(ForeignKey("people_department.id", ondelete="CASCADE"))
    country: Mapped[str] = mapped_column(String(2))
    course_id: Mapped[int] = mapped_column(ForeignKey("learning_course.id", ondelete="CASCADE"))
    month: Mapped[int]
    people: Mapped[int]


class Counting(Base):
    """When the roll-ups were last brought up to date: one row, locked while anything is counted, so that two counts never mix."""

    __tablename__ = "insight_counting"

    id: Mapped[int] = mapped_column(primary_key=True, default=1)
    counted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    rebuilt_on: Mapped[date | None] = mapped_column(Date)


class View(Base):
    """What somebody asks of the report again and again, under a name of their own; `query` is read by `forms.filter_from`."""

    __tablename__ = "insight_view"
    __table_args__ = (Index("uq_insight_view_name", "person_id", "name_key", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True, default=new_uuid)
    person_id: Mapped[int] = mapped_column(ForeignKey("people_person.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(240))
    name_key: Mapped[str] = mapped_column(String(240))
    query: Mapped[str] = mapped_column(String(1000))
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ExportSlot(Base):
    """One of the exports that a person may run at once; it frees itself at `until` should its server die."""

    __tablename__ = "insight_export_slot"

    person_id: Mapped[int] = mapped_column(ForeignKey("people_person.id", ondelete="CASCADE"), primary_key=True)
    slot: Mapped[int] = mapped_column(primary_key=True)
    until: Mapped[datetime] = mapped_column(UtcDateTime)
