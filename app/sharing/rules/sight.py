"""What shows that somebody had a story before them: a mark in the composer's form, which only this house can make for one person and one story."""

import hmac

from app.core.crypto import subkey


def mark_of(secret: str, person: str, story: str) -> str:
    """The mark for a person (their UUID) and a story (its slug)."""
    return hmac.digest(subkey(secret, "a story that was seen"), f"{person}\n{story}".encode(), "sha256").hex()


def is_mark_of(mark: str, secret: str, person: str, story: str) -> bool:
    """Whether this is the mark that the house made; however far it is right, the answer takes as long."""
    return hmac.compare_digest(mark.encode(), mark_of(secret, person, story).encode())
