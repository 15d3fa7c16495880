"""Which department is meant by what somebody writes: its short name, its name, or its name with the way to it."""

from collections.abc import Iterator
from typing import Final

from sqlalchemy.orm import Session as Db

from app.core.errors import Invalid
from app.core.text import fold
from app.core.who import Role, Who
from app.people.models import Department
from app.people.queries import called, departments

MOST_NAMED: Final = 5


class DepartmentNames:
    """What the departments are called, read once for a whole file."""

    def __init__(self, session: Db, who: Who) -> None:
        """`who` writes: of several departments of one name, those that they administer are meant."""
        known = departments(session)
        self._slugs = {department.slug for department in known}
        self._by_id = {department.id: department.slug for department in known}
        self._inside = [department for department in known if who.has_for(Role.ADMIN, department.path)]
        self._by_name: dict[str, list[Department]] = {}
        for department, way in zip(known, called(known).values(), strict=True):
            for name in {fold(department.name), fold(way), fold(department.slug)}:
                self._by_name.setdefault(name, []).append(department)

    def slug_at(self, department_id: int | None) -> str:
        """The short name of a department by inside id, "" for none."""
        return self._by_id.get(department_id or 0, "")

    def slug_of(self, text: str) -> str:
        """The short name of the department that is meant, "" for none.

        Raises Invalid("department.uncalled" | "department.many" | "department.none").
        """
        if not text or text in self._slugs:
            return text
        found = [*self._meant(fold(text))]
        if len(found) == 1:
            return found[0].slug
        if found:
            slugs = [department.slug for department in found]
            told = ", ".join(slugs[:MOST_NAMED]) + ("…" if len(slugs) > MOST_NAMED else "")
            raise Invalid("department.many", field="department", name=text[:80], slugs=told)
        if not self._inside:
            raise Invalid("department.none", field="department", name=text[:80])
        example = self._inside[0]
        raise Invalid("department.uncalled", field="department", name=text[:80], slug=example.slug, example=example.name)

    def _meant(self, name: str) -> Iterator[Department]:
        alike = self._by_name.get(name, [])
        inside = [department for department in alike if department in self._inside]
        yield from inside or alike
