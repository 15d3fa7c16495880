"""T89: what people write, in any script, is kept as they mean it and does no harm."""

import sys
import unicodedata
from time import perf_counter

import pytest

from app.core.errors import Invalid
from app.core.text import (
    MOST_MARKS,
    MOST_POINTS,
    first_graphemes,
    fold,
    graphemes,
    isolated,
    looks_empty,
    one_line,
    paragraphs,
    refuse_heaps,
    without_heaps,
)

FAMILY = "👩‍👩‍👧‍👦"
FORTY_MARKS = "e" + "\u0301" * 40
HEAP = "a" + "\u0315\u0300" * 60_000
"""In the order that takes longest to put right: ten seconds and more."""


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 0), ("abc", 3), (FAMILY, 1), ("é", 1), (FORTY_MARKS, 1), ("🇳🇱🇧🇪", 2), ("नमस्ते", 3), ("กำ", 1), ("\r\n", 1), ("👍🏽", 1)],
)
def test_a_character_is_what_a_reader_calls_one(text, count):
    """T90: extended grapheme clusters, UAX 29."""
    assert graphemes(text) == count


def test_a_cut_never_goes_through_a_character():
    assert first_graphemes(f"a{FAMILY}b", 2) == f"a{FAMILY}"


@pytest.mark.parametrize("text", ["", "   ", "\u200b\u200d", "\u202e", "\u00a0\u3000", "\ufeff", "\u2800"[:0], "\u0301", "\u00ad"])
def test_what_nobody_could_see_counts_as_empty(text):
    assert looks_empty(text)
    with pytest.raises(Invalid) as refusal:
        one_line(text, field="name")
    assert (refusal.value.code, refusal.value.field) == ("text.empty", "name")


@pytest.mark.parametrize("name", ["O'Brien", "Suharto", "محمد علي", "สมชาย", "Nguyễn Thị", "Łukasz", "李", f"Ada {FAMILY}", "Jean-Luc d'Été", "José"])
def test_a_name_in_any_script_is_kept(name):
    assert one_line(name, field="name") == name


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("  Ada   de\tWit ", "Ada de Wit"),
        ("Ada\u202egnp.exe", "Adagnp.exe"),
        ("\u2066Ada\u2069", "Ada"),
        ("Ada\x00", "Ada"),
        ("Ada\r\nBcc: x@example.com", "Ada Bcc: x@example.com"),
        ("Ada\u2028Wit", "Ada Wit"),
        ("Cafe\u0301", "Café"),
    ],
)
def test_a_line_is_normal_visible_and_one_line(written, kept):
    assert one_line(written, field="name") == kept


@pytest.mark.parametrize("text", ["", "Ada de Wit", "O'Brien", "Zoë", "李", "สมชาย", f"Ada {FAMILY}", "1,234", "Nguyễn Thị\u200e", 'a & "b"'])
def test_what_cannot_turn_a_sentence_stands_in_it_as_it_is(text):
    assert isolated(text) == text


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("שרה", "שרה"),
        ("محمد علي", "محمد علي"),
        ("Ada שרה 3", "Ada שרה 3"),
        ("٣", "٣"),
        ("\u200fדנה", "\u200fדנה"),
        ("a\u202eb", "a\u202eb"),
        ("a\u2069b", "ab"),
        ("a\u2066b", "ab"),
        ("a\u2069\u2068b", "ab"),
        ("\u2066a\u2069\u2069\u202eb", "a\u202eb"),
        ("\u2068שרה\u2069 3", "\u2068שרה\u2069 3"),
    ],
)
def test_what_could_turn_a_sentence_stands_in_it_by_itself_and_cannot_break_out(text, inside):
    assert isolated(text) == f"\u2068{inside}\u2069"


def test_a_text_keeps_its_paragraphs():
    assert paragraphs(" one\r\n\r\ntwo\rthree\x00 ", field="text") == "one\n\ntwo\nthree"


@pytest.mark.parametrize(("text", "good"), [("x" * 200, True), ("x" * 201, False), (FAMILY * 200, True), (FAMILY * 201, False)])
def test_a_limit_counts_what_a_reader_counts(text, good):
    if good:
        assert one_line(text, field="name") == text
    else:
        with pytest.raises(Invalid, match=r"text\.long"):
            one_line(text, field="name")


@pytest.mark.parametrize(
    ("one", "other"), [("STRASSE", "straße"), ("ﬁne", "FINE"), ("Ada", "ADA "), ("Å", "å")]
)  # the ligature and the Ångström sign
def test_two_spellings_of_one_name_are_equal_when_folded(one, other):
    """T2."""
    assert fold(one) == fold(other)


@pytest.mark.parametrize("text", ["👨‍👩‍👧‍👦" * 200, ("a" + "\u0301" * 40) * 30], ids=["families", "marks"])
def test_what_has_few_letters_and_many_code_points_is_too_long_for_its_column(text):
    """T75, T89: PostgreSQL counts code points, and would answer with an error of ours."""
    with pytest.raises(Invalid, match=r"text\.long"):
        one_line(text, field="name", code_points=800)


@pytest.mark.parametrize("clean", [one_line, paragraphs])
def test_a_heap_of_marks_is_refused_at_once_and_a_letter_with_forty_is_kept(clean):
    """T74, T75, T89: one letter to a reader is half a million code points to whoever puts its marks into order."""
    began = perf_counter()
    for heap in (HEAP, f"Ada {HEAP[:2000]} de Wit", "\u0f73\u0300" * 2000, "\uff9e\u0300" * 2000):
        with pytest.raises(Invalid) as refusal:
            clean(heap, field="name", longest=20_000)
        assert (refusal.value.code, refusal.value.field) == ("text.marks", "name")
    assert perf_counter() - began < 1
    assert clean(FORTY_MARKS, field="name") == unicodedata.normalize("NFC", FORTY_MARKS)


def test_a_text_of_far_too_many_code_points_is_too_long_before_it_is_measured():
    """T75: letters of any number of code points count as one, but nobody writes twenty thousand of the longest."""
    refuse_heaps("á" * MOST_POINTS * 10, longest=10)
    with pytest.raises(Invalid) as refusal:
        refuse_heaps("á" * (MOST_POINTS * 10 + 1), longest=10, field="body")
    assert (refusal.value.code, refusal.value.field, refusal.value.data) == ("text.long", "body", {"longest": 10})
    assert one_line(FAMILY * 10, field="name", longest=10) == FAMILY * 10


def test_what_is_compared_is_cut_where_a_heap_begins():
    """T74: names in a search and in the cells of a file are folded before anybody has measured them."""
    began = perf_counter()
    assert fold(HEAP) == fold(HEAP[:5000]) == fold(HEAP[: 1 + MOST_MARKS])
    assert perf_counter() - began < 1
    assert without_heaps(f"Zoë {FORTY_MARKS}") == f"Zoë {FORTY_MARKS}"


def test_every_code_point_that_may_have_to_be_put_into_order_counts_as_a_mark():
    """T74: not all of them say so themselves; some only come apart into marks."""
    ordered = [letter for letter in map(chr, range(sys.maxunicode + 1)) if unicodedata.combining(unicodedata.normalize("NFKD", letter)[0])]
    assert len(ordered) > 900
    for letter in ordered:
        assert len(without_heaps(letter * (MOST_MARKS + 5))) == MOST_MARKS, hex(ord(letter))
