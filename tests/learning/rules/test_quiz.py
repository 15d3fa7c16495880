"""What is drawn, what may be chosen, what it is worth."""

import math
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import Invalid
from app.core.outages import merged
from app.learning.rules.document import course_from
from app.learning.rules.quiz import GRACE, check_choice, credited, draw, grade, is_late, make_paper, percent, read_paper, retry_at
from tests.factories.learning import a_course_document, a_module_document, an_item_document

AT = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def a_document(*, questions: int = 4, **more):
    modules = [a_module_document(slug=f"m{one}", items=[an_item_document(objective=f"o{one}-{two}") for two in range(4)]) for one in range(3)]
    return course_from(a_course_document(questions=questions, **{"modules": modules, **more}))


@pytest.mark.parametrize("seed", range(20))
def test_items_are_spread_over_the_modules(seed):
    modules = [module.items for module in a_document().modules]
    drawn = draw(modules, 6, Random(seed))
    assert [sum(item in items for item in drawn) for items in modules] == [2, 2, 2]
    assert len({item.uuid for item in drawn}) == 6


@pytest.mark.parametrize("seed", range(20))
def test_no_objective_is_asked_twice_while_another_is_left(seed):
    items = [an_item_document(objective=objective) for objective in ("a", "a", "a", "b", "c")]
    document = course_from(a_course_document(modules=[a_module_document(items=items)]))
    assert sorted(item.objective for item in draw([document.items], 3, Random(seed))) == ["a", "b", "c"]
    assert len(draw([document.items], 5, Random(seed))) == 5


def test_a_small_bank_gives_all_it_has():
    document = course_from(a_course_document())
    assert len(draw([document.items], 10, Random(1))) == 2


def test_two_papers_share_no_option_id():
    """T26: ids of options are random per attempt."""
    document = a_document()
    one, two = make_paper(document, Random(1)), make_paper(document, Random(1))
    ids = [each for paper in (one, two) for entry in paper for each, _option in entry["options"]]
    assert len(set(ids)) == len(ids)


def test_options_come_in_any_order():
    document = a_document(questions=12)
    orders = {"".join(option for _id, option in entry["options"]) for seed in range(5) for entry in make_paper(document, Random(seed))}
    assert len(orders) == 6


def test_a_stored_paper_gets_its_words_back():
    document = a_document()
    questions = read_paper(make_paper(document, Random(3)), document)
    assert [question.place for question in questions] == [1, 2, 3, 4]
    assert all(len(question.right) == 1 for question in questions)
    assert all({option.id for _id, option in question.options} == {"a", "b", "c"} for question in questions)


HOSTILE = [True, 1, "1", [], {}, math.nan, 1e309, "１", "a", None, b"id", " one", "one ", "ONE"]


@pytest.mark.parametrize("chosen", HOSTILE, ids=repr)
def test_what_is_no_option_is_refused(chosen):
    """T30: type juggling gets nowhere."""
    with pytest.raises(Invalid, match=r"answer\.unknown"):
        check_choice("multiple", ("one", "two"), [chosen])


@pytest.mark.parametrize(
    ("kind", "chosen", "kept"),
    [("single", [], []), ("single", ["two"], ["two"]), ("multiple", ["two", "one"], ["one", "two"]), ("multiple", [], [])],
)
def test_options_of_the_place_are_kept_in_the_order_of_the_paper(kind, chosen, kept):
    assert check_choice(kind, ("one", "two"), chosen) == kept


def test_two_options_where_one_is_asked_are_refused():
    with pytest.raises(Invalid, match=r"answer\.single"):
        check_choice("single", ("one", "two"), ["one", "two"])


def test_one_option_twice_is_refused():
    with pytest.raises(Invalid, match=r"answer\.unknown"):
        check_choice("multiple", ("one", "two"), ["one", "one"])


def test_all_right_is_a_hundred_and_nothing_is_nought():
    document = a_document()
    questions = read_paper(make_paper(document, Random(3)), document)
    best = grade(questions, {question.place: sorted(question.right) for question in questions}, pass_mark=80)
    assert (best.score, best.passed, best.right) == (100, True, frozenset({1, 2, 3, 4}))
    worst = grade(questions, {}, pass_mark=80)
    assert (worst.score, worst.passed) == (0, False)


def test_of_several_right_options_all_and_only_those_count():
    item = an_item_document(right=("a", "b"))
    document = course_from(a_course_document(modules=[a_module_document(items=[item])], questions=1))
    (question,) = read_paper(make_paper(document, Random(0)), document)
    right = sorted(question.right)
    for chosen, score in [(right, 100), (right[:1], 0), (list(question.ids), 0)]:
        assert grade([question], {1: chosen}, pass_mark=80).score == score


@pytest.mark.parametrize(("part", "whole", "score"), [(0, 0, 0), (0, 3, 0), (1, 3, 33), (2, 3, 67), (1, 8, 13), (7, 8, 88), (3, 3, 100), (1, 200, 1)])
def test_a_score_is_rounded_half_up(part, whole, score):
    assert percent(part, whole) == score


def test_a_paper_without_items_is_never_passed():
    assert grade([], {}, pass_mark=0).passed is False


@pytest.mark.parametrize(("seconds", "late"), [(-1, False), (0, False), (GRACE.seconds, False), (GRACE.seconds + 1, True)])
def test_only_what_comes_after_the_grace_is_late(seconds, late):
    """T28: the server's clock decides, with a grace of thirty seconds."""
    assert is_late(AT, AT + timedelta(seconds=seconds)) is late
    assert is_late(None, AT + timedelta(days=9)) is False


def test_the_next_attempt_waits_for_the_cooldown():
    assert retry_at(AT, 60) == AT + timedelta(hours=1)


def second(number):
    return AT + timedelta(seconds=number)


@pytest.mark.parametrize(
    ("outages", "ends"),
    [
        ([], 60),
        ([(-20, -10)], 60),
        ([(-20, 10)], 70),
        ([(10, 20)], 70),
        ([(10, 20), (30, 31)], 71),
        ([(59, 90)], 91),
        ([(60, 90)], 60),
        ([(50, 70), (75, 80)], 85),
        ([(50, 70), (80, 90)], 80),
    ],
)
def test_an_attempt_gets_back_what_outages_took_from_it_and_from_what_it_got_back(outages, ends):
    """RELIABILITY 3b: timer credited; what was before the attempt or comes when its time is used up is no loss."""
    assert credited(second(60), [(second(one), second(other)) for one, other in outages], started_at=AT) == second(ends)


SPANS = st.lists(st.tuples(st.integers(-30, 90), st.integers(1, 25)), max_size=10).map(lambda found: [(begin, begin + long) for begin, long in found])


@given(SPANS, st.integers(1, 60))
def test_whatever_processes_noticed_the_learner_has_exactly_the_promised_seconds(spans, promised):
    """Counted second by second: an attempt is over when so many seconds have passed in which we could be reached."""
    away = {number for begin, end in spans for number in range(begin, end)}
    here, number = 0, 0
    while here < promised:
        here += number not in away
        number += 1
    noticed = merged((second(begin), second(end)) for begin, end in spans)
    assert credited(second(promised), noticed, started_at=AT) == second(number)
