"""Outages that several processes wrote down are one time."""

from datetime import timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from app.core.models import Outage
from app.core.outages import merged, outages_since
from tests.conftest import NOON

SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), max_size=12).map(lambda found: [(begin, begin + long) for begin, long in found])


def at(second: int):
    return NOON + timedelta(seconds=second)


def seconds(spans) -> set[int]:
    """Every second that lies in one of the spans."""
    return {second for begin, end in spans for second in range(int((begin - NOON).total_seconds()), int((end - NOON).total_seconds()))}


@given(SPANS)
def test_the_union_is_the_same_seconds_in_order_and_apart(numbers):
    spans = [(at(begin), at(end)) for begin, end in numbers]
    found = merged(spans)
    assert seconds(found) == seconds(spans)
    assert all(begin < end for begin, end in found)
    assert all(one[1] < other[0] for one, other in pairwise(found)), "neither overlapping nor touching"
    assert merged(reversed(spans)) == merged(found) == found


def test_only_outages_that_lasted_beyond_a_moment_are_read(session):
    session.add_all(Outage(began_at=at(begin), ended_at=at(end)) for begin, end in ((0, 10), (5, 20), (30, 40)))
    session.commit()
    assert outages_since(session, at(10)) == [(at(5), at(20)), (at(30), at(40))]
    assert outages_since(session, at(40)) == []
