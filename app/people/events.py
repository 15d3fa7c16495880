"""Facts that the people room announces."""

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True)
class PersonAdded(Event):
    """A person came into the directory."""

    person_id: int


@dataclass(frozen=True)
class PersonActivated(Event):
    """A person who was invited chose a password and is in."""

    person_id: int


@dataclass(frozen=True)
class PersonMoved(Event):
    """A person's department or country changed; the old and the new place need recounting."""

    person_id: int
    old_department_id: int | None
    old_country: str


@dataclass(frozen=True)
class PersonDeactivated(Event):
    """A person left: sessions are over, nothing more may be sent in their name."""

    person_id: int


@dataclass(frozen=True)
class PersonReactivated(Event):
    """A person who had left is back."""

    person_id: int


@dataclass(frozen=True)
class RoleGranted(Event):
    """A person was given a role; duties may come with it."""

    person_id: int
    role: str


@dataclass(frozen=True)
class RoleRevoked(Event):
    """A role was taken back; duties that came with it end."""

    person_id: int
    role: str
