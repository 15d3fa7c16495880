"""What HR may see by name: people in its reach, and of what they learned freely what the house lets it name (P2).

Lists of persons take a `Sight` and begin from it, so that none can forget either half.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from app.insight.queries.standing import within
from app.learning.models import Certificate, Enrolment
from app.learning.queries.visibility import names_certificate, names_choice, names_pass
from app.learning.rules.visibility import Visibility
from app.people.models import Department, Person

Columns = InstrumentedAttribute[Any] | ColumnElement[Any]


@dataclass(frozen=True)
class Sight:
    """The department paths whose people a reader answers for, and what of free choice may be told of them by name."""

    paths: tuple[str, ...]
    visibility: Visibility

    @property
    def is_strict(self) -> bool:
        """Whether some of what was completed stays without a name."""
        return self.visibility is not Visibility.COMPLETED

    @property
    def shares(self) -> bool:
        """Whether learners decide what is told."""
        return self.visibility is Visibility.SHARED

    @property
    def names_no_choice(self) -> bool:
        """Whether only what is mandatory is told by name."""
        return self.visibility is Visibility.AGGREGATES

    def reaches(self) -> ColumnElement[bool]:
        """Whether a person is one of these; joins Department."""
        return within(self.paths)

    def names_choice(self, enrolment: Any = Enrolment) -> ColumnElement[bool]:
        """Whether a pass of free choice may be told by name."""
        return names_choice(self.visibility, enrolment)

    def names_certificate(self) -> ColumnElement[bool]:
        """Whether a certificate may be told by name."""
        return names_certificate(self.visibility)

    def passes(self, *columns: Columns) -> Select[*tuple[Any, ...]]:
        """Passes that may be told by name; `columns` are those of Enrolment, Person and Department."""
        query = select(*columns).select_from(Enrolment).join(Person, Person.id == Enrolment.person_id)
        named = (Enrolment.state == "completed", names_pass(self.visibility))
        return query.outerjoin(Department, Department.id == Person.department_id).where(self.reaches(), *named)

    def certificates(self, *columns: Columns, code: str | None = None) -> Select[*tuple[Any, ...]]:
        """Certificates that may be told by name, and the one with exactly this code: whoever was given it may look it up anyway."""
        query = select(*columns).select_from(Certificate).join(Person, Person.id == Certificate.person_id)
        named = self.names_certificate() if code is None else or_(self.names_certificate(), Certificate.code == code)
        return query.outerjoin(Department, Department.id == Person.department_id).where(self.reaches(), named)

    def handle(self) -> ColumnElement[str]:
        """By what a certificate is addressed: its outside id, or its code where nothing but the code lets it be seen."""
        return case((self.names_certificate(), Certificate.uuid), else_=Certificate.code)

    def handled(self, handle: str) -> ColumnElement[bool]:
        """Whether a certificate is addressed by this."""
        return or_(and_(Certificate.uuid == handle, self.names_certificate()), Certificate.code == handle)
