"""What day it is for the cast, whatever the hour here; and another time than it is."""

from datetime import date, datetime, tzinfo

import pytest

from app.core import clock

HOME = "Europe/Amsterdam"
"""Where the cast lives; from there come the dates of what they learn, and for an hour or two a day it is tomorrow there already."""


def today() -> date:
    """The day that it is for the cast. Asked for when it is needed, since a run of all tests may go on past midnight."""
    return clock.today_in(HOME, clock.now())


def set_clock(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    """Let it be this moment for everybody who asks the clock, until the test is over."""

    class Stopped(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:
            return at.astimezone(tz)

    monkeypatch.setattr(clock, "datetime", Stopped)
