"""Whether a person may share now, and what is missing if not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.learning.models import Certificate, Enrolment
from app.learning.queries.content import PublishedCourse, published_courses
from app.learning.rules.levels import Needed, from_level, needed_for
from app.playbooks.models import PolicyVersion
from app.sharing.policy import Standing

LEVEL: Final = "enthusiast"
"""The level that may share approved stories on personal networks; who holds a higher one may too."""


def standing_of(session: Session, person_id: int, *, on: date) -> Standing:
    """What a person may rest a share on, on the day `on`: the certificate that lasts longest, and the policy in force; in one statement."""
    certificate = (
        select(Certificate.id)
        .where(Certificate.person_id == person_id, Certificate.level.in_(from_level(LEVEL)))
        .where(Certificate.revoked_at.is_(None), Certificate.expires_on >= on)
        .order_by(Certificate.expires_on.desc(), Certificate.id.desc())
        .limit(1)
    )
    policy = select(PolicyVersion.number).where(PolicyVersion.effective_on <= on).order_by(PolicyVersion.number.desc()).limit(1)
    row = session.execute(select(certificate.scalar_subquery(), policy.scalar_subquery())).one()
    return Standing(*row)


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
