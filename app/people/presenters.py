"""What the people room's pages print, ready to print."""

from dataclasses import dataclass
from typing import Any, Final

from flask_babel import lazy_gettext as _l

SENTENCES: Final[dict[str, Any]] = {
    "sign_in.wrong": _l("That address and password do not belong together. Check both, or ask for a new password."),
    "sign_in.throttled": _l("Too many tries. Wait %(minutes)s minutes, or ask for a new password."),
    "email.wrong": _l("Write an e-mail address, such as name@example.com."),
    "email.ascii": _l("Write the address with plain letters."),
    "password.short": _l("Make it %(shortest)s characters or longer."),
    "password.long": _l("Keep it under %(longest)s characters."),
    "password.common": _l("That is too easy to guess. Put together a few words that nobody would connect with you."),
    "link.used": _l("This link has been used or is too old. Ask for a new one."),
}


@dataclass(frozen=True)
class Persona:
    """Somebody of the demo organisation, to sign in as."""

    name: str
    email: str
    part: str
    password: str


def personas() -> list[Persona]:
    """The demo organisation's sign-ins; shown in demo mode only."""
    return []
