"""What the make-believe past looks like: decided by a seed, the same every time."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

PASSWORD: Final = "vier blauwe otters dansen"  # noqa: S105  # shown to everybody
"""The password of the whole cast. It stands on the sign-in page of a demo, so it protects nothing."""


PASSED: Final = 0.85
"""The share of quizzes that are passed at the first attempt."""
FIXED: Final = {
    "ada@meridian.example": (0, 3, 6),
    "bram@meridian.example": (2, 0, 70),
    "grace@meridian.example": (2, 0, 120),
    "hugo@meridian.example": (2, 0, 200),
    "linus@meridian.example": (1, 2, 40),
    "sanne@meridian.example": (0, 2, 12),
    "mallory@meridian.example": (0, 0, 1),
}
"""The past of those whose story the demo tells: courses passed, lessons read of the next, days since they began."""


def chance(key: str, salt: str = "") -> float:
    """A number from 0 to 1 that depends on the key alone."""
    return int(sha256(f"{salt}:{key}".encode()).hexdigest()[:8], 16) / 0xFFFFFFFF


@dataclass(frozen=True)
class Past:
    """What one person has done so far: how many courses were passed, how many lessons of the next were read, and when it began."""

    passed: int
    lessons: int
    began_at: datetime


def past_of(email: str, *, at: datetime) -> Past:
    """A person's past: about half hold the first certificate, some are on their way, the rest have not begun."""
    if email in FIXED:
        passed, lessons, days = FIXED[email]
        return Past(passed, lessons, at - timedelta(days=days))
    roll = chance(email, "how far")
    began = at - timedelta(days=30 + 350 * chance(email, "when"), hours=8 * chance(email, "hour"))
    if roll < 0.5:
        return Past(2, 0, began)
    if roll < 0.62:
        return Past(1, 3, at - timedelta(days=20 + 60 * chance(email, "when")))
    if roll < 0.74:
        return Past(0, 1 + int(4 * chance(email, "lessons")), at - timedelta(days=3 + 40 * chance(email, "when")))
    return Past(0, 0, at)
