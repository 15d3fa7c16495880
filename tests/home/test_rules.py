"""Which course stands on the card, and which words find which."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.home.rules import Running, query_of, to_go_on_with, words_of

TODAY = date(2026, 11, 23)
EARLY, LATE = datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 11, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("running", "expected"),
    [
        ([], None),
        ([Running(1, None, False, EARLY), Running(2, None, False, LATE)], 2),
        ([Running(1, None, True, LATE), Running(2, None, False, EARLY)], 2),
        ([Running(1, None, True, LATE)], None),
        ([Running(1, TODAY + timedelta(days=14), False, EARLY), Running(2, None, False, LATE)], 1),
        ([Running(1, TODAY + timedelta(days=15), False, EARLY), Running(2, None, False, LATE)], 2),
        ([Running(1, TODAY, False, LATE), Running(2, TODAY - timedelta(days=3), True, EARLY)], 2),
    ],
)
def test_a_duty_that_presses_goes_first_and_then_what_was_last_worked_on(running, expected):
    found = to_go_on_with(running, TODAY)
    assert (found.enrolment_id if found else None) == expected


@pytest.mark.parametrize(
    ("language", "typed", "text", "found"),
    [
        ("en", "sharing", "Why people share", True),
        ("en", "shares people", "People are sharing", True),
        ("en", "people lapt", "People and laptops", True),
        ("en", "people tops", "People and laptops", False),
        ("en", "people printers", "People and laptops", False),
        ("nl", "verhalen", "Een goed verhaal", True),
        ("nl", "verhal", "Goede verhalen vertellen", True),
        ("nl", "werkt", "Zeg dat je hier werkt", True),
        ("nl", "EEN", "Zeg één ding", True),
        ("en", "", "Anything", False),
        ("en", "' OR 1=1 --", "Anything", False),
        ("en", "%", "Anything", False),
    ],
)
def test_a_search_finds_words_in_other_forms_and_unfinished_ones(language, typed, text, found):
    assert query_of(typed, language).finds(words_of(text, language)) is found


def test_only_the_first_64_characters_count():
    """3c: search is 64 characters."""
    assert query_of("a" * 70, "en").last == "a" * 64
