"""Days: until when a pass counts, and by when a duty is due."""

from datetime import date

import pytest

from app.learning.rules.terms import add_months, counts, due, expiry, may_renew


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2037, 12, 31), 24, date(2039, 12, 31)),
        (date(2020, 12, 31), 12, date(2021, 12, 31)),
        (date(2026, 5, 17), 0, date(2026, 5, 17)),
    ],
)
def test_months_are_added_by_the_calendar(day, months, later):
    """T86: 29 February, ends of months, years past 2038, the end of a year with 53 weeks."""
    assert add_months(day, months) == later


def test_a_pass_counts_on_its_last_day_and_not_the_day_after():
    """T86: the last day is included."""
    last = expiry(date(2025, 11, 23), 12)
    assert counts(last, date(2026, 11, 23))
    assert not counts(last, date(2026, 11, 24))
    assert counts(None, date(2026, 11, 24))


@pytest.mark.parametrize(("on", "may"), [(date(2026, 9, 23), False), (date(2026, 9, 24), True), (date(2026, 11, 23), True), (date(2027, 3, 1), True)])
def test_a_pass_may_be_renewed_from_sixty_days_before_its_end(on, may):
    assert may_renew(date(2026, 11, 23), on) is may


def test_a_pass_without_an_end_needs_no_renewal():
    assert may_renew(None, date(2026, 11, 23)) is False


def test_a_duty_is_due_after_its_days_or_when_the_running_pass_ends():
    assert due(date(2026, 1, 31), 30) == date(2026, 3, 2)
    assert due(date(2026, 1, 31), 30, passed_until=date(2026, 6, 1)) == date(2026, 6, 1)
    assert due(date(2026, 1, 31), 30, passed_until=date(2025, 6, 1)) == date(2026, 3, 2)
