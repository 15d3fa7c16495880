"""Pure decisions about days: until when a pass counts, when it may be renewed, by when a duty is due."""

from calendar import monthrange
from datetime import date, timedelta
from typing import Final

RENEWAL: Final = timedelta(days=60)
"""How long before a pass runs out it may be renewed."""


def add_months(day: date, months: int) -> date:
    """The same day of the month `months` later; the last day of a month that is shorter (31 January + 1 = 28 or 29 February)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def expiry(completed_on: date, validity_months: int) -> date:
    """The last day on which a pass counts."""
    return add_months(completed_on, validity_months)


def counts(expires_on: date | None, on: date) -> bool:
    """Whether a pass with this last day still counts on the day `on`; one without a last day always does."""
    return expires_on is None or on <= expires_on


def renewable_from(expires_on: date) -> date:
    """The first day on which a pass may be renewed."""
    return expires_on - RENEWAL


def may_renew(expires_on: date | None, on: date) -> bool:
    """Whether the course may be taken again on the day `on`."""
    return expires_on is not None and on >= renewable_from(expires_on)


def due(given_on: date, due_days: int, *, passed_until: date | None = None) -> date:
    """By when a duty that was given on a day is due; a pass that still counts puts it off until that pass ends."""
    day = given_on + timedelta(days=due_days)
    return day if passed_until is None else max(day, passed_until)
