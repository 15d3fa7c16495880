"""What a level asks for, and until when it is held."""

from datetime import date

import pytest

from app.learning.rules.levels import Needed, from_level, held_until, needed_for, up_to_level

COURSES = [Needed(1, "enthusiast"), Needed(2, "enthusiast"), Needed(3, "professional")]
TODAY = date(2026, 11, 23)
LATER = date(2027, 3, 1)


def test_a_level_asks_for_its_own_courses_and_those_below():
    assert needed_for("enthusiast", COURSES) == (1, 2)
    assert needed_for("professional", COURSES) == (1, 2, 3)
    assert needed_for("spokesperson", COURSES) == ()


@pytest.mark.parametrize(
    ("passes", "until"),
    [
        ({}, None),
        ({1: LATER}, None),
        ({1: LATER, 2: TODAY}, TODAY),
        ({1: LATER, 2: date(2026, 11, 22)}, None),
        ({1: date(2026, 12, 1), 2: LATER, 3: LATER}, date(2026, 12, 1)),
    ],
)
def test_a_level_is_held_until_the_first_of_its_passes_ends(passes, until):
    assert held_until("enthusiast", COURSES, passes, TODAY) == until


def test_a_level_without_courses_of_its_own_cannot_be_reached():
    assert held_until("spokesperson", COURSES, {1: LATER, 2: LATER, 3: LATER}, TODAY) is None


def test_who_holds_more_may_do_what_less_allows():
    assert from_level("professional") == ("professional", "spokesperson")
    assert up_to_level("professional") == ("enthusiast", "professional")
