"""The cast as the sign-in page of a demo shows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from flask_babel import lazy_gettext as _l

from app.demo.adapters.files import organisation
from app.demo.rules import PASSWORD

SENTENCES: Final[dict[str, Any]] = {
    "demo.not_empty": _l("Somebody is here already: the demo organisation goes into an empty installation only."),
}


@dataclass(frozen=True)
class Persona:
    """Somebody to sign in as. `part` is what they show, per language."""

    name: str
    email: str
    part: Mapping[str, Any]
    password: str


def personas() -> list[Persona]:
    """The whole cast, in the order of the story."""
    return [Persona(each["name"], each["email"], each["shows"], PASSWORD) for each in organisation()["cast"]]
