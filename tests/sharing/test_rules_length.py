"""T90: a post is as long as its network says it is, over the text exactly as it is sent."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.text import graphemes
from app.sharing.rules.length import fold, measure
from app.sharing.rules.networks import NETWORKS

MIXED = "english text 日本語 😷 https://example.com"
FAMILY = "👨\u200d👩\u200d👧\u200d👦"


@pytest.mark.parametrize(
    ("network", "text", "used"),
    [
        # xdevplatform/docs fundamentals/counting-characters.mdx
        ("x", "Hello, world! 👋", 16),
        ("x", MIXED, 46),
        ("x", FAMILY, 2),
        ("x", "café", 4),
        ("x", "cafe\u0301", 4),
        ("x", "🇳🇱", 2),
        ("x", "1️⃣", 2),
        ("x", "see https://example.com/" + "a" * 300, 27),
        ("x", "see meridian.example/stories.", 28),
        ("x", "Ada@meridian.example", 20),
        ("x", "عربي", 4),
        # atproto app.bsky.feed.post: graphemes, links in full
        ("bluesky", MIXED, 38),
        ("bluesky", FAMILY, 1),
        ("bluesky", "e" + "\u0301" * 40, 1),
        # mastodon posting.md: links 23, of a remote mention only the user part
        ("mastodon", MIXED, 42),
        ("mastodon", "https://a.example", 23),
        ("mastodon", "thanks @ada@mastodon.example", 11),
        # Threads: emoji as their UTF-8 bytes
        ("threads", MIXED, 41),
        ("threads", FAMILY, 25),
        ("linkedin", MIXED, 38),
    ],
)
def test_the_published_vectors_come_out(network, text, used):
    assert measure(text, NETWORKS[network]).used == used


@pytest.mark.parametrize(
    ("network", "limit"),
    [("x", 280), ("bluesky", 300), ("mastodon", 500), ("threads", 500), ("linkedin", 3000), ("facebook", 63_206)],
)
def test_the_last_letter_that_fits_fits_and_the_next_does_not(network, limit):
    assert measure("a" * limit, NETWORKS[network]).fits
    too_long = measure("a" * (limit + 1), NETWORKS[network])
    assert not too_long.fits
    assert too_long.left == -1


def test_bluesky_counts_bytes_beside_graphemes():
    text = FAMILY * 130  # 130 graphemes, 3,250 bytes
    found = measure(text, NETWORKS["bluesky"])
    assert (found.left, found.bytes_over, found.fits) == (170, 250, False)


def test_punctuation_behind_a_link_is_no_part_of_it():
    assert measure("(https://example.com).", NETWORKS["x"]).used == 23 + 3


@given(st.text(max_size=400))
def test_no_text_is_too_odd_to_be_measured_and_a_longer_one_is_never_shorter(text):
    for network in NETWORKS.values():
        assert measure(text, network).used >= 0
        assert measure(text + "\nabc", network).used > measure(text, network).used - 4


def test_measuring_takes_linear_time_on_hostile_text():
    """T74: long runs of what the patterns look for."""
    began = time.perf_counter()
    for hostile in ("a." * 30_000, "https://" * 8_000, "@a" * 30_000, "a-" * 30_000, "@" + "a." * 30_000):
        for network in NETWORKS.values():
            measure(hostile, network)
    assert time.perf_counter() - began < 20


@pytest.mark.parametrize("network", ["linkedin", "facebook"])
def test_a_fold_hides_nothing_and_cuts_no_word_grapheme_or_link(network):
    text = "I work at Meridian. " + f"We met {FAMILY} today. " * 60
    first, rest = fold(text, NETWORKS[network])
    assert first + rest == text
    assert rest.startswith(" ")
    assert graphemes(first) <= NETWORKS[network].folds_at


def test_a_link_across_the_fold_goes_behind_it_whole():
    text = "a" * 150 + " https://meridian.example/" + "b" * 200
    first, rest = fold(text, NETWORKS["linkedin"])
    assert first == "a" * 150
    assert rest.strip().startswith("https://meridian.example/")


def test_a_short_post_does_not_fold():
    assert fold("short", NETWORKS["linkedin"]) == ("short", "")
