"""What a story says: kept, cleaned, compared."""

import time
from datetime import UTC, datetime, timedelta

import pytest

from app.core.errors import Faulty
from app.library.rules.content import EMPTY, MOST, Caption, Picture, checked, checksum, content_from, document_from, edition_of
from app.library.rules.reviewing import STEPS, Piece, allows, compare, missing, state_after_edit
from app.people.rules import Audience
from tests.factories.library import some_content

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_content_and_edition_come_back_as_they_were_stored():
    content = some_content(audience=Audience(countries=("NL",)), opens_at=NOW, topics=("repair",))
    edition = edition_of(content, html={"en": "<p>x</p>"}, picture=Picture("a-uuid", 1200, 630, {"en": "A laptop."}))
    assert content_from(content.as_document()) == content
    assert document_from(edition.as_document()) == edition


def test_a_checksum_depends_on_what_is_said_and_not_on_how_it_is_spelt():
    stored = some_content().as_document()
    assert checksum(stored) == checksum(dict(reversed(stored.items())))
    assert checksum(stored) != checksum(stored | {"target_url": "https://elsewhere.example/"})


def test_a_reader_gets_their_language_or_the_one_there_is():
    both = some_content(title={"en": "A", "nl": "B"}, standfirst={"en": "a", "nl": "b"})
    assert (both.said("title", "nl"), both.said("title", "en"), both.said("title", "fr")) == ("B", "A", "A")
    dutch = some_content(title={"nl": "B"}, body={"nl": "verhaal"})
    assert dutch.languages == ("nl",)
    assert dutch.said("body", "en") == "verhaal"


def test_empty_texts_and_lines_are_not_kept():
    clean = checked(
        some_content(title={"en": " A \u202e title ", "nl": "\u200b"}, facts={"en": ("", " one "), "nl": ()}, captions=(Caption("x", "en", " "),))
    )
    assert clean.title == {"en": "A title"}
    assert clean.facts == {"en": ("one",)}
    assert clean.captions == ()


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"title": {"en": "x" * 121}}, "title_en"),
        ({"topics": tuple("abcdef")}, "topics"),
        ({"facts": {"nl": ("x",) * (MOST["facts"] + 1)}}, "facts_nl"),
        ({"replies_within_hours": 0}, "replies_within_hours"),
        ({"captions": (Caption("myspace", "en", "x"),)}, "caption_myspace_en"),
        ({"opens_at": NOW, "closes_at": NOW}, "closes_at"),
        ({"target_url": "javascript:x"}, "target_url"),
    ],
)
def test_a_fault_names_the_field_that_shows_it(more, field):
    """T75, T62."""
    with pytest.raises(Faulty) as refused:
        checked(some_content(**more))
    assert [fault.field for fault in refused.value.faults] == [field]


def test_all_faults_are_told_at_once():
    with pytest.raises(Faulty) as refused:
        checked(some_content(title={"en": "x" * 121}, target_url="x", body={"nl": "x" * 20_001}))
    assert {fault.field for fault in refused.value.faults} == {"title_en", "target_url", "body_nl"}


def test_a_complete_story_lacks_nothing_and_an_empty_one_nearly_everything():
    from app.library.rules.content import Contact

    complete = some_content(topics=("repair",), replies_by=Contact("a-uuid", "Grace"))
    assert missing(complete, picture_alt=None, at=NOW) == ()
    assert {field for _code, field in missing(EMPTY, picture_alt=None, at=NOW)} >= {"title_en", "body_en", "topics", "target_url", "replies_by"}
    assert missing(complete, picture_alt={"nl": "Een laptop."}, at=NOW) == (("missing.alt", "alt_en"),)
    half = some_content(topics=("repair",), replies_by=Contact("a-uuid", "Grace"), title={"en": "A", "nl": "B"})
    assert {field for _code, field in missing(half, picture_alt=None, at=NOW)} == {
        f"{part}_nl" for part in ("standfirst", "reader_value", "facts", "angles", "body")
    }
    over = some_content(topics=("repair",), replies_by=Contact("a-uuid", "Grace"), closes_at=NOW - timedelta(hours=1))
    assert missing(over, picture_alt=None, at=NOW) == (("missing.future", "closes_at"),)


@pytest.mark.parametrize(
    ("step", "state", "allowed"),
    [
        ("sent", "draft", True),
        ("sent", "in_review", False),
        ("approved", "in_review", True),
        ("approved", "draft", False),
        ("approved", "asked", False),
        ("asked", "approved", False),
        ("retired", "approved", True),
        ("retired", "recalled", False),
        ("recalled", "retired", True),
        ("reopened", "recalled", True),
        ("reopened", "approved", False),
    ],
)
def test_a_step_is_taken_only_from_where_it_makes_sense(step, state, allowed):
    assert allows(step, state) is allowed
    assert STEPS[step][1] != state or not allowed


def test_an_edit_of_what_was_approved_goes_back_to_review():
    """T83."""
    assert {state: state_after_edit(state) for state in ("draft", "asked", "in_review", "approved")} == {
        **{state: state for state in ("draft", "asked", "in_review")},
        "approved": "in_review",
    }


@pytest.mark.parametrize(
    ("before", "after", "pieces"),
    [
        ("", "", ()),
        ("same", "same", (Piece("same", "same"),)),
        ("two parts", "two good parts", (Piece("same", "two "), Piece("added", "good "), Piece("same", "parts"))),
        ("it was", "it is", (Piece("same", "it "), Piece("gone", "was"), Piece("added", "is"))),
        ("We repair it.", "They sell it.", (Piece("gone", "We repair "), Piece("added", "They sell "), Piece("same", "it."))),
        ("", "new", (Piece("added", "new"),)),
    ],
)
def test_a_comparison_shows_which_words_came_and_went(before, after, pieces):
    assert compare(before, after) == pieces


@pytest.mark.parametrize(
    ("before", "after"),
    [("a b " * 700, "b a c " * 500), ("a," * 10_000, "b,a," * 5_000), ("a\n" * 10_000, "b\na\n" * 5_000)],
)
def test_no_two_texts_keep_a_reviewer_waiting(before, after):
    """T75: the first pair, of some 1,400 words each, once took minutes."""
    began = time.process_time()
    pieces = compare(before, after)
    assert time.process_time() - began < 3
    assert "".join(piece.text for piece in pieces if piece.kind != "added") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "gone") == after
