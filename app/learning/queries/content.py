"""Courses as learners get them. Documents never change, so each is read and unpacked once per process."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.database import read_rows
from app.core.errors import NotFound
from app.core.kept import Kept
from app.learning.models import Course, CourseVersion
from app.learning.rules import LEVELS
from app.learning.rules.document import CourseDocument, course_from

_documents: Final[Kept[int, CourseDocument]] = Kept(most=200)
_OPEN: Final = select(Course.id, Course.uuid, Course.slug, Course.level, Course.current_version_id).where(
    Course.retired_at.is_(None), Course.current_version_id.is_not(None)
)


@dataclass(frozen=True)
class PublishedCourse:
    """A course that is open to new learners, with the version that they get."""

    id: int
    uuid: str
    slug: str
    level: str
    version_id: int
    document: CourseDocument


def published_courses(session: Session) -> list[PublishedCourse]:
    """Every course open to new learners: by level, then in the order in which they are meant to be taken."""
    return in_order(session, [tuple(row) for row in read_rows(session, _OPEN)])


def in_order(session: Session, found: Collection[tuple[int, str, str, str, int]]) -> list[PublishedCourse]:
    """Open courses (id, uuid, slug, level and current version), for a page that read them along with something else."""
    documents = course_documents(session, [each[4] for each in found])
    courses = [PublishedCourse(*each, documents[each[4]]) for each in found]
    return sorted(courses, key=lambda course: (LEVELS.index(course.level), course.document.place, course.slug))


def course_document(session: Session, version_id: int) -> CourseDocument:
    """What a version of a course says; no statement once this process has read it. Raises NotFound."""
    document = course_documents(session, [version_id]).get(version_id)
    if document is None:
        raise NotFound
    return document


def course_documents(session: Session, version_ids: Collection[int]) -> dict[int, CourseDocument]:
    """What these versions say, by id, with one statement at most."""

    def fetch(ids: Collection[int]) -> dict[int, CourseDocument]:
        rows = session.execute(select(CourseVersion.id, CourseVersion.document).where(CourseVersion.id.in_(ids)))
        return {row.id: course_from(row.document) for row in rows}

    return _documents.of(version_ids, fetch)


def version_numbers(session: Session, version_ids: Collection[int]) -> dict[int, int]:
    """The numbers that authors gave these versions, which is what people see (decision 0020); from documents that the process keeps anyway."""
    return {version_id: document.version for version_id, document in course_documents(session, version_ids).items()}


def all_version_numbers(session: Session) -> dict[int, int]:
    """The same of every version there is, in one statement: for a list too long to be looked through before it is sent."""
    return dict(session.execute(select(CourseVersion.id, CourseVersion.document["version"].as_integer())).tuples().all())


@dataclass(frozen=True)
class PublishedSource:
    """What an author last published: the version's number, and the source that the folder can be written from again."""

    slug: str
    version: int
    source: Mapping[str, Any]


@dataclass(frozen=True)
class CourseName:
    """What a course is called now, per language; `is_open` is whether it is open to new learners."""

    slug: str
    title: Mapping[str, str]
    is_open: bool


def course_names(session: Session, uuids: Collection[str]) -> dict[str, CourseName]:
    """Courses by their outside id, open or not."""
    rows = session.execute(
        select(Course.uuid, Course.slug, Course.current_version_id, Course.retired_at).where(
            Course.uuid.in_(uuids), Course.current_version_id.is_not(None)
        )
    ).all()
    documents = course_documents(session, [row.current_version_id for row in rows])
    return {row.uuid: CourseName(row.slug, documents[row.current_version_id].title, row.retired_at is None) for row in rows}


def published_sources(session: Session) -> dict[str, PublishedSource]:
    """The sources of all courses as they stand, by the uuid of the course."""
    version = CourseVersion.document["version"].as_integer()
    rows = session.execute(
        select(Course.uuid, Course.slug, version.label("version"), CourseVersion.document["source"].label("source")).join(
            CourseVersion, CourseVersion.id == Course.current_version_id
        )
    )
    return {row.uuid: PublishedSource(row.slug, row.version, row.source or {}) for row in rows}
