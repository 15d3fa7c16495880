"""The one place that asks what time it is. Doors call `now()` and hand it down as `at`."""

from datetime import UTC, date, datetime
from functools import cache
from zoneinfo import ZoneInfo, available_timezones


def now() -> datetime:
    """The present moment as an aware UTC datetime."""
    return datetime.now(UTC)


def today_in(timezone: str, at: datetime) -> date:
    """The calendar date that it is for a person in `timezone` at the moment `at`."""
    return at.astimezone(ZoneInfo(timezone)).date()


def is_timezone(name: str) -> bool:
    """Whether `name` is a time zone that this machine knows (IANA name)."""
    return name in _timezones()


@cache
def _timezones() -> frozenset[str]:
    """Read once: looking through the machine's files takes fifty milliseconds, and a file of people asks for each row."""
    return frozenset(available_timezones())
