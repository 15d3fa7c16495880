"""Identifiers: integers inside, UUIDs outside, random codes for what strangers may open."""

import re
import secrets
import uuid
from typing import Final

_BASE58: Final = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
CODE_LENGTH: Final = 10
"""58 ** 10 is about 58 bits: ten thousand guesses find none of a million codes."""
_CARRIED: Final = re.compile(r"[0-9A-Za-z-]{8,64}")


def new_uuid() -> str:
    """A random UUID in its canonical text form."""
    return str(uuid.uuid4())


def carried_id(given: str) -> str:
    """The id that a proxy in front gave a request, if it is plain, else a new one of 128 random bits."""
    return given if given and _CARRIED.fullmatch(given) else secrets.token_hex(16)


def new_code(length: int = CODE_LENGTH) -> str:
    """A random code of letters and digits that are not mistaken for each other (base 58, from the system's CSPRNG)."""
    return "".join(secrets.choice(_BASE58) for _ in range(length))


def is_code(text: str, length: int = CODE_LENGTH) -> bool:
    """Whether `text` could be a code that `new_code` made; saves a look-up for what could not."""
    return len(text) == length and all(letter in _BASE58 for letter in text)
