"""Covers are the same for ever, differ from each other, and carry nothing that a strict page forbids."""

import re
from xml.etree import ElementTree as ET

import pytest

from app.web.cover import FAMILIES, cover_svg

SLUGS = [
    f"a-course-about-{word}"
    for word in ("listening", "tone", "law", "crisis", "profile", "words", "service", "rain", "price", "energy", "home", "work")
]


def test_a_slug_always_gets_the_same_drawing() -> None:
    first = cover_svg("social-media-principles")
    cover_svg.cache_clear()
    assert cover_svg("social-media-principles") == first


def test_drawings_differ_and_use_several_families() -> None:
    assert len({str(cover_svg(slug)) for slug in SLUGS}) == len(SLUGS)
    shapes = {re.sub(r"[\d.-]+", "0", str(cover_svg(f"slug-{number}"))) for number in range(60)}
    assert len(shapes) >= len(FAMILIES)


@pytest.mark.parametrize("slug", [*SLUGS, "", "é/../<script>alert(1)</script>", "x" * 5000])
def test_a_cover_is_small_well_formed_and_without_style_script_or_slug(slug: str) -> None:
    drawn = str(cover_svg(slug))
    assert len(drawn) < 8000
    assert "<script" not in drawn
    for element in ET.fromstring(drawn).iter():  # noqa: S314 - our own drawing
        assert element.tag in {"svg", "rect", "circle", "path"}
        assert not {name for name in element.attrib if name.startswith("on") or name in {"style", "fill", "stroke", "id", "href"}}
