"""The cast: the same people in every story, so that a test reads like one."""

from functools import cached_property

from sqlalchemy.orm import Session

from app.people.models import Department, Person
from tests.factories.people import a_department, a_grant, a_person


class Cast:
    """Each member exists from the moment a test mentions them."""

    def __init__(self, session: Session) -> None:
        """`session` is committed after each member is made."""
        self.session = session

    @cached_property
    def sales(self) -> Department:
        """Where Ada and Linus work."""
        return a_department(self.session, slug="sales")

    @cached_property
    def research(self) -> Department:
        """Where Mallory works."""
        return a_department(self.session, slug="research")

    @cached_property
    def linus(self) -> Person:
        """Manages Ada."""
        return a_person(self.session, name="Linus Berg", department=self.sales)

    @cached_property
    def ada(self) -> Person:
        """Learns."""
        return a_person(self.session, name="Ada de Wit", department=self.sales, manager=self.linus)

    @cached_property
    def grace(self) -> Person:
        """Writes stories and courses."""
        return self._with_role("Grace van Dijk", "author")

    @cached_property
    def iris(self) -> Person:
        """Reviews stories."""
        return self._with_role("Iris Claes", "reviewer")

    @cached_property
    def hugo(self) -> Person:
        """Steers the hub."""
        return self._with_role("Hugo Brandt", "hub")

    @cached_property
    def hedy(self) -> Person:
        """Is HR for the whole organisation."""
        return self._with_role("Hedy Maes", "hr")

    @cached_property
    def rosa(self) -> Person:
        """Administers everything."""
        return self._with_role("Rosa Duarte", "admin")

    @cached_property
    def sanne(self) -> Person:
        """Speaks through an official channel."""
        return self._with_role("Sanne Vos", "spokesperson")

    @cached_property
    def mallory(self) -> Person:
        """Works elsewhere, in another country, and should have no access to others' things."""
        return a_person(self.session, name="Mallory Quill", department=self.research, country="GB")

    def _with_role(self, name: str, role: str) -> Person:
        person = a_person(self.session, name=name, department=self.sales)
        a_grant(self.session, person=person, role=role)
        return person

    def everybody(self) -> dict[str, Person]:
        """The whole cast by first name."""
        names = ("ada", "linus", "grace", "iris", "hugo", "hedy", "rosa", "sanne", "mallory")
        return {name: getattr(self, name) for name in names}
