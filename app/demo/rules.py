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


SPEAKERS: Final = 0.1
"""The share of people beside the cast who speak through an official channel, so that some courses are mandatory for them."""
LEADER: Final = "linus@meridian.example"
"""Whose team learns by free choice alone: one or two duties in it would hide all of its totals."""
SLIPS: Final = 0.12
"""How often a question of middling difficulty is answered wrongly by somebody who passes."""


def chance_of_slip(item: str) -> float:
    """How often this question is answered wrongly by those who pass: some are hard for everybody."""
    return SLIPS * (0.25 + 2 * chance(item, "difficulty") ** 2)


@dataclass(frozen=True)
class Duty:
    """Since when somebody speaks for the organisation, and how many days later they began with what that asks for."""

    given_at: datetime
    began_at: datetime


def duty_of(email: str, manager: str, *, at: datetime) -> Duty | None:
    """The duty of one of those who speak for the organisation; None for everybody else, and for the cast and its team, whose parts are fixed."""
    if email in FIXED or manager == LEADER or chance(email, "speaks") >= SPEAKERS:
        return None
    given = at - timedelta(days=18 + 36 * chance(email, "speaks since"))
    return Duty(given, given + timedelta(days=1 + 4 * chance(email, "speaks and begins")))


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
