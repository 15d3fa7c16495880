"""Who is asking: the frozen facts about the signed-in person that every policy predicate reads."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person is trusted with beyond being an employee."""

    AUTHOR = "author"
    REVIEWER = "reviewer"
    HUB = "hub"
    HR = "hr"
    ADMIN = "admin"
    SPOKESPERSON = "spokesperson"


@dataclass(frozen=True)
class Grant:
    """A role, for the whole organisation (`path` is "/") or for one department and all below it."""

    role: Role
    path: str = "/"

    def covers(self, path: str) -> bool:
        """Whether the department at `path` lies inside this grant."""
        return path.startswith(self.path)


@dataclass(frozen=True)
class Who:
    """The signed-in person as one query found them; rights are read from here and nowhere else.

    `department_path` is the materialised path ("/sales/sales-nl/"); "/" when the person is in no department.
    `leads` says whether anybody reports to this person.
    """

    id: int
    uuid: str
    name: str
    email: str
    locale: str
    timezone: str
    theme: str
    country: str
    department_id: int | None
    department_path: str
    leads: bool
    grants: tuple[Grant, ...] = ()

    def has(self, *roles: Role) -> bool:
        """Whether the person holds any of `roles`, at whatever scope."""
        return any(grant.role in roles for grant in self.grants)

    def scopes(self, role: Role) -> tuple[str, ...]:
        """The department paths for which the person holds `role`; empty when they do not."""
        return tuple(grant.path for grant in self.grants if grant.role is role)

    def has_for(self, role: Role, path: str) -> bool:
        """Whether the person holds `role` for the department at `path`."""
        return any(grant.role is role and grant.covers(path) for grant in self.grants)

    @property
    def initials(self) -> str:
        """One or two letters for the round picture beside a name."""
        words = self.name.split()
        return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


def anyone(who: Who | None) -> bool:  # noqa: ARG001  # every policy is asked alike
    """Open to the world, signed in or not."""
    return True


def signed_in(who: Who | None) -> bool:
    """Any employee with a running session."""
    return who is not None
