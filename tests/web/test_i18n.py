"""How dates and numbers are written: British in English, Dutch in Dutch, and in one place for every room."""

import ast
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from app.web.i18n import LANGUAGES, ago, clock, countries, day, exact, moment, names_of_country, number, speaking

APP = Path(__file__).parents[2] / "app"
AT = datetime(2026, 12, 24, 13, 5, 6, tzinfo=UTC)
WRITTEN = {
    "en": {
        "day": "24 December 2026",
        "weekday": "Thursday 24 December",
        "exact": "24 December 2026, 13:05:06 UTC",
        "short": "24/12/2026, 13:05",
        "medium": "24 Dec 2026, 13:05:06",
        "clock": "13:05",
        "number": "1,234.5",
        "country": "St Lucia",
    },
    "nl": {
        "day": "24 december 2026",
        "weekday": "donderdag 24 december",
        "exact": "24 december 2026, 13:05:06 UTC",
        "short": "24-12-2026, 13:05",
        "medium": "24 dec 2026, 13:05:06",
        "clock": "13:05",
        "number": "1.234,5",
        "country": "Saint Lucia",
    },
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_dates_and_numbers_are_written_as_where_the_language_is_ours(app, language):
    with app.test_request_context(), speaking(language):
        said = {
            "day": day(AT),
            "weekday": day(AT.date(), "EEEE d MMMM"),
            "exact": exact(AT),
            "short": moment(AT),
            "medium": moment(AT, "medium"),
            "clock": clock(AT),
            "number": number(1234.5),
            "country": countries()["LC"],
        }
    assert said == WRITTEN[language]


def test_a_moment_late_at_night_is_the_next_day_where_it_is_read(app, monkeypatch):
    """The date alone is the date in the reader's zone."""
    monkeypatch.setattr("app.web.i18n.get_timezone", lambda: ZoneInfo("Europe/Amsterdam"))
    late = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    with app.test_request_context():
        assert day(late) == "1 January 2027"
        assert moment(late) == "01/01/2027, 00:30"
        assert clock(late) == "00:30"
        assert day(date(2026, 12, 31)) == "31 December 2026"


def test_how_long_ago_is_said_in_words(app, monkeypatch):
    monkeypatch.setattr("app.web.i18n.now", lambda: AT)
    with app.test_request_context(), speaking("nl"):
        assert ago(date(2026, 12, 21)) == "3 dagen geleden"
        assert ago(AT - timedelta(seconds=62)) == "1 minuut geleden"
        assert ago(AT + timedelta(seconds=59)) == "zojuist"


def test_a_country_has_its_name_in_each_language():
    assert names_of_country("DE") == {"Germany", "Duitsland"}
    assert names_of_country("") == set()


def test_no_room_writes_dates_or_numbers_by_itself():
    """So that no page is American beside a British one."""
    for file in APP.rglob("*.py"):
        if file == APP / "web" / "i18n.py":
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and str(node.module).partition(".")[0] in {"babel", "flask_babel"}:
                writing = [alias.name for alias in node.names if alias.name.startswith("format_") or alias.name == "Locale"]
                assert not writing, f"{file.relative_to(APP)}: {writing}"
