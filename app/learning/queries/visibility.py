"""The one place that decides which learning may be told by name (P2, P4): every statement that names people beside what they learned asks here."""

from typing import Any

from sqlalchemy import ColumnElement, exists, false, or_, true

from app.learning.models import Certificate, Enrolment, SharedPass
from app.learning.rules.visibility import Visibility


def names_pass(visibility: Visibility, enrolment: Any = Enrolment) -> ColumnElement[bool]:
    """Whether HR may know by name that this time through a course was completed: always when it was mandatory."""
    return or_(enrolment.mandatory_role.is_not(None), names_choice(visibility, enrolment))


def names_choice(visibility: Visibility, enrolment: Any = Enrolment) -> ColumnElement[bool]:
    """The same of a course taken freely: where sharing decides, a certificate that rests on this pass must be shared."""
    if visibility is Visibility.SHARED:
        return exists().where(SharedPass.enrolment_id == enrolment.id)
    return true() if visibility is Visibility.COMPLETED else false()


def names_certificate(visibility: Visibility, certificate: Any = Certificate) -> ColumnElement[bool]:
    """Whether HR may know by name that somebody holds this certificate; one may rest on free choice whatever else is mandatory."""
    if visibility is Visibility.SHARED:
        return certificate.shared_at.is_not(None)
    return true() if visibility is Visibility.COMPLETED else false()
