"""Publishing a course: a new immutable version where the document changed, and nothing where it did not."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.authored import checksum
from app.core.database import insert_once
from app.core.errors import Conflict
from app.core.jobs import enqueue
from app.core.storage import Storage
from app.learning.models import Course, CourseVersion
from app.learning.rules.source import PictureSource
from app.people.actions.auditing import Door, audit

SHELF: Final = "courses/"
"""Where pictures of courses are kept in the store."""


@dataclass(frozen=True)
class Publication:
    """What came of it: the version that learners get from now on, and whether it is new."""

    course_id: int
    version_id: int
    number: int
    is_new: bool


def publish_course(
    session: Session,
    document: Mapping[str, Any],
    *,
    pictures: Iterable[PictureSource],
    storage: Storage,
    at: datetime,
    by_id: int | None = None,
    door: Door | None = None,
) -> Publication:
    """Make `document` the version that new learners get; enrolments keep the version they began with.

    Writes the pictures to the store first (their names derive from their content, so writing twice changes nothing), and an audit entry.
    Raises Conflict("course.renamed") when the folder of a known course has another name, Conflict("course.name_taken") when another
    course has it, Conflict("course.version_not_raised") when the source changed under a version number that is out already.
    """
    course = _course(session, document)
    current = session.get(CourseVersion, course.current_version_id) if course.current_version_id else None
    sum_now = checksum(document)
    if current is not None and current.checksum == sum_now and course.retired_at is None:
        return Publication(course.id, current.id, current.number, is_new=False)
    _refuse_unraised(document, current)
    for picture in pictures:
        storage.put(SHELF + picture.name, picture.content)
    version = _add_version(session, course, document, sum_now, at=at)
    before = [current.number if current else None, current.checksum if current else None]
    course.current_version_id, course.level, course.retired_at = version.id, document["level"], None
    changes = {"version": [before[0], version.number], "checksum": [before[1], sum_now]}
    if document["mandatory_for"] or (current and current.document["mandatory_for"]):
        enqueue(session, "learning.assign_mandatory", key=f"learning.assign_mandatory:{version.id}", due_at=at, course=course.id)
    audit(session, "course.published", at=at, by_id=by_id, about=("course", course.uuid), changes=changes, door=door)
    return Publication(course.id, version.id, version.number, is_new=True)


def _course(session: Session, document: Mapping[str, Any]) -> Course:
    by_uuid = select(Course).where(Course.uuid == document["uuid"]).with_for_update()
    course = session.scalar(by_uuid)
    if course is None:
        insert_once(session, Course, uuid=document["uuid"], slug=document["slug"], level=document["level"])
        course = session.scalar(by_uuid)
    if course is None:
        raise Conflict("course.name_taken", slug=document["slug"])
    if course.slug != document["slug"]:
        raise Conflict("course.renamed", slug=document["slug"], known_as=course.slug)
    return course


def _refuse_unraised(document: Mapping[str, Any], current: CourseVersion | None) -> None:
    if current is None:
        return
    published = current.document
    if published.get("source") != document["source"] and document["version"] <= published["version"]:
        raise Conflict("course.version_not_raised", version=published["version"])


def _add_version(session: Session, course: Course, document: Mapping[str, Any], sum_now: str, *, at: datetime) -> CourseVersion:
    highest = session.scalar(select(func.max(CourseVersion.number)).where(CourseVersion.course_id == course.id)) or 0
    version = CourseVersion(course_id=course.id, number=highest + 1, checksum=sum_now, document=dict(document), published_at=at)
    session.add(version)
    session.flush()
    return version
