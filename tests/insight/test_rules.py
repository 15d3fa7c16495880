"""Which numbers may be shown, as tables and as a property."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.insight.rules import Counts, Figure, Kind, Place, Status, figure, hidden_parts, hidden_places, tellable

NONE = Counts()


@pytest.mark.parametrize(
    ("asked", "people", "duty", "choice", "expected"),
    [
        # free choice: groups under ten are not shown, whatever their number
        ((Status.COMPLETED, Kind.VOLUNTARY), 9, NONE, Counts(completed=4), None),
        ((Status.COMPLETED, Kind.VOLUNTARY), 10, NONE, Counts(completed=4), Figure(4, 10)),
        ((Status.COMPLETED, Kind.VOLUNTARY), 10, NONE, NONE, Figure(0, 10)),
        # who is on the way is one of those who have not completed: ten of them
        ((Status.STARTED, Kind.VOLUNTARY), 12, NONE, Counts(completed=3, started=1), None),
        ((Status.STARTED, Kind.VOLUNTARY), 13, NONE, Counts(completed=3, started=1), Figure(1, 13)),
        ((Status.WAITING, Kind.VOLUNTARY), 20, NONE, Counts(completed=3, started=5), Figure(12, 20)),
        # a duty: five
        ((Status.COMPLETED, Kind.MANDATORY), 50, Counts(completed=2, waiting=2), NONE, None),
        ((Status.COMPLETED, Kind.MANDATORY), 50, Counts(completed=2, waiting=3), NONE, Figure(2, 5)),
        ((Status.OVERDUE, Kind.BOTH), 50, Counts(completed=2, waiting=3, overdue=1), Counts(completed=9), Figure(1, 5)),
        # both together
        ((Status.COMPLETED, Kind.BOTH), 20, Counts(completed=2, waiting=3), Counts(completed=8), Figure(10, 20)),
        ((Status.COMPLETED, Kind.BOTH), 5, Counts(completed=2, waiting=3), NONE, Figure(2, 5)),
        ((Status.STARTED, Kind.BOTH), 14, Counts(completed=2, started=3), Counts(started=2), None),
    ],
)
def test_a_cell_is_shown_when_its_group_is_large_enough(asked, people, duty, choice, expected):
    """P8: under k "too few", which looks like no data."""
    assert figure(asked[0], people=people, duty=duty, choice=choice, kind=asked[1]) == expected


@pytest.mark.parametrize(("count", "of", "percent"), [(0, 10, 0), (1, 1000, 1), (999, 1000, 99), (1000, 1000, 100), (1, 3, 33)])
def test_all_and_nobody_are_said_only_when_true(count, of, percent):
    assert Figure(count, of).percent == percent


@pytest.mark.parametrize(
    ("count", "of", "shown"),
    [
        (5, 9, False),
        (5, 10, True),
        (0, 10, False),
        (10, 10, False),
        (9, 10, False),
        (1, 10, False),
        (2, 10, True),
        (0, 20, True),
        (20, 20, True),
        (19, 20, True),
    ],
)
def test_a_manager_is_not_told_what_would_speak_about_each_or_about_one(count, of, shown):
    """P9: "all", "none" and "all but one" of a small team name somebody."""
    assert (tellable(count, of, k=10) is not None) is shown


@pytest.mark.parametrize(
    ("own", "parts", "hidden"),
    [
        (0, {"a": 20, "b": 15}, set()),
        (0, {"a": 20, "b": 3}, {"a", "b"}),
        (0, {"a": 20, "b": 15, "c": 3}, {"b", "c"}),
        (12, {"a": 20, "c": 3}, {"c"}),
        (4, {"a": 20, "b": 12}, {"b"}),
        (0, {"a": 6, "b": 7}, {"a", "b"}),
    ],
)
def test_a_second_part_is_hidden_when_one_would_follow_by_subtraction(own, parts, hidden):
    """P9: the complement rule."""
    assert hidden_parts(own, parts, k=10) == hidden


@given(st.integers(0, 30), st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.integers(0, 40), max_size=6))
def test_nothing_smaller_than_k_follows_by_subtraction_in_any_tree(own, parts):
    """P9: over random groups, what is hidden is together nobody, or ten and more, or everything."""
    hidden = hidden_parts(own, parts, k=10)
    rest = own + sum(size for name, size in parts.items() if name in hidden)
    assert rest == 0 or rest >= 10 or hidden == frozenset(parts)
    assert all(size >= 10 for name, size in parts.items() if name not in hidden)


def test_what_is_below_a_hidden_department_is_hidden():
    places = [
        Place(1, "a", "A", "/a/", 30),
        Place(2, "b", "B", "/b/", 14),
        Place(3, "c", "C", "/c/", 4),
        Place(4, "b1", "B1", "/b/b1/", 12),
    ]
    assert hidden_places(48, places[:3], places) == {"/b/", "/c/", "/b/b1/"}
