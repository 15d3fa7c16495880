"""Tables of the insight room: roll-ups that can be thrown away and counted again."""

from datetime import date

from sqlalchemy import Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base


class Headcount(Base):
    """How many active people a department has in a country (the department itself, not what is below it)."""

    __tablename__ = "insight_headcount"
    __table_args__ = (Index("uq_insight_headcount_once", "department_id", "country", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    department_id: Mapped[int] = mapped_column(ForeignKey("people_department.id", ondelete="CASCADE"))
    country: Mapped[str] = mapped_column(String(2))
    people: Mapped[int]


class CompletionCell(Base):
    """How many active people of a department and country stand where with a course, now.

    `due_on` splits the mandatory ones by day, so that *overdue* needs no nightly update; voluntary ones have mandatory = false.
    """

    __tablename__ = "insight_completion_cell"
    __table_args__ = (Index("ix_insight_completion_cell_place", "course_id", "department_id", "country"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    department_id: Mapped[int] = mapped_column(ForeignKey("people_department.id", ondelete="CASCADE"))
    country: Mapped[str] = mapped_column(String(2))
    course_id: Mapped[int] = mapped_column(ForeignKey("learning_course.id", ondelete="CASCADE"))
    mandatory: Mapped[bool]
    due_on: Mapped[date | None] = mapped_column(Date)
    completed: Mapped[int] = mapped_column(default=0)
    started: Mapped[int] = mapped_column(default=0)
    waiting: Mapped[int] = mapped_column(default=0)
