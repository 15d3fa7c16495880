"""Whether a person may share now, and what is missing if not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import Date, Integer, bindparam, select
from sqlalchemy.orm import Session

from app.core.database import read_rows
from app.learning.models import Certificate, Enrolment
from app.learning.queries.content import PublishedCourse, published_courses
from app.learning.rules.levels import Needed, from_level, needed_for
from app.playbooks.models import PolicyVersion
from app.sharing.policy import Standing

LEVEL: Final = "enthusiast"
"""The level that may share approved stories on personal networks; who holds a higher one may too."""

_DAY: Final = bindparam("day", type_=Date())
_CERTIFICATE: Final = (
    select(Certificate.id)
    .where(Certificate.person_id == bindparam("person_id", type_=Integer()), Certificate.level.in_(from_level(LEVEL)))
    .where(Certificate.revoked_at.is_(None), Certificate.expires_on >= _DAY)
    .order_by(Certificate.expires_on.desc(), Certificate.id.desc())
    .limit(1)
)
_POLICY: Final = select(PolicyVersion.number).where(PolicyVersion.effective_on <= _DAY).order_by(PolicyVersion.number.desc()).limit(1)
_STANDING: Final = select(_CERTIFICATE.scalar_subquery(), _POLICY.scalar_subquery())


def standing_of(session: Session, person_id: int, *, on: date) -> Standing:
    """What a person may rest a share on, on the day `on`: the certificate that lasts longest, and the policy in force; in one statement."""
    return Standing(*read_rows(session, _STANDING, person_id=person_id, day=on)[0])


@dataclass(frozen=True)
class MissingCourse:
    """A course that stands between a person and the right to share; `again` when it was passed and the pass is over."""

    course: PublishedCourse
    again: bool


def missing_courses(session: Session, person_id: int, *, on: date) -> Sequence[MissingCourse]:
    """The courses that a person still has to pass to share, in their order."""
    courses = published_courses(session)
    needed = set(needed_for(LEVEL, [Needed(course.id, course.level) for course in courses]))
    rows = session.execute(
        select(Enrolment.course_id, Enrolment.expires_on).where(Enrolment.person_id == person_id, Enrolment.state == "completed")
    ).all()
    passed = {row.course_id for row in rows}
    good = {row.course_id for row in rows if row.expires_on is None or row.expires_on >= on}
    return [MissingCourse(course, course.id in passed) for course in courses if course.id in needed - good]
