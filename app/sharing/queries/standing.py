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
from app.learning.queries.levels import longest_valid
from app.learning.rules.levels import Needed, needed_for
from app.playbooks.models import PolicyVersion
from app.playbooks.queries import in_force
from app.sharing.policy import Standing

LEVEL: Final = "enthusiast"
"""The level that may share approved stories on personal networks; who holds a higher one may too."""

_DAY: Final = bindparam("day", type_=Date())
_CERTIFICATE: Final = longest_valid(bindparam("person_id", type_=Integer()), level=LEVEL, on=_DAY).with_only_columns(Certificate.id)
_POLICY: Final = in_force(_DAY).with_only_columns(PolicyVersion.number)
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
