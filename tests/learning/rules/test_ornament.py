"""The drawings on a certificate."""

import re
from xml.etree import ElementTree as ET

import segno

from app.learning.rules.ornament import border_svg, qr_svg, seal_svg

TEAL = "#0f665f"
ADDRESS = "http://socii.test/verify/7Kq2mXw9Pb"


def test_the_same_code_gives_the_same_drawing_and_another_code_another():
    assert border_svg("7Kq2mXw9Pb", TEAL) == border_svg("7Kq2mXw9Pb", TEAL)
    assert border_svg("7Kq2mXw9Pb", TEAL) != border_svg("7Kq2mXw9Pc", TEAL)
    assert seal_svg("7Kq2mXw9Pb", 2) != seal_svg("7Kq2mXw9Pc", 2)


def test_the_drawings_are_well_formed_small_and_without_style():
    for drawing in (border_svg("7Kq2mXw9Pb", TEAL), seal_svg("7Kq2mXw9Pb", 3), qr_svg(ADDRESS)):
        ET.fromstring(drawing)  # noqa: S314  # our own drawing
        assert "style" not in drawing
        assert len(drawing) < 16_000


def test_the_code_to_scan_says_the_address():
    drawn = modules_of(qr_svg(ADDRESS))
    assert drawn == {(x, y) for y, row in enumerate(segno.make(ADDRESS, error="m", micro=False).matrix) for x, dark in enumerate(row) if dark}


def modules_of(drawing: str) -> set[tuple[int, int]]:
    """The dark modules of a drawn QR code, found by following its pen."""
    path = re.search(r'stroke="#1d1c1a"[^>]* d="([^"]+)"|d="([^"]+)"[^>]*stroke="#1d1c1a"', drawing)
    assert path, drawing[:300]
    x = y = 0.0
    dark = set()
    for pen, numbers in re.findall(r"([Mmh])([-\d. ]+)", path[1] or path[2]):
        values = [float(number) for number in re.findall(r"-?[\d.]+", numbers)]
        if pen == "M":
            x, y = values
        elif pen == "m":
            x, y = x + values[0], y + values[1]
        else:
            dark |= {(int(x) + step - 2, int(y) - 2) for step in range(int(values[0]))}
            x += values[0]
    return dark
