"""Covers for courses and stories without a picture: the same slug always gives the same drawing.

Colours come from the style sheet through classes, so that a cover follows the theme and the company's accent.
"""

import hashlib
from collections.abc import Callable, Iterator
from functools import lru_cache
from math import cos, pi, sin
from typing import Final

from markupsafe import Markup

WIDTH: Final = 320
HEIGHT: Final = 180
GROUNDS: Final = 4


def _numbers(slug: str) -> Iterator[int]:
    """An endless row of bytes that depends on the slug alone."""
    turn = 0
    while True:
        yield from hashlib.blake2b(f"{slug}/{turn}".encode(), digest_size=32).digest()
        turn += 1


def _between(numbers: Iterator[int], low: int, high: int) -> int:
    return low + next(numbers) * (high - low) // 255


def _orbits(numbers: Iterator[int]) -> str:
    x, y = _between(numbers, 190, 260), _between(numbers, 60, 120)
    parts = []
    for radius in (22, 46, 72, 100, 132):
        parts.append(f'<circle class="cover-line" cx="{x}" cy="{y}" r="{radius}"/>')
        angle = next(numbers) * 2 * pi / 255
        parts.append(f'<circle class="cover-dot" cx="{x + radius * cos(angle):.0f}" cy="{y + radius * sin(angle):.0f}" r="5"/>')
    parts.append(f'<circle class="cover-light" cx="{x}" cy="{y}" r="9"/>')
    return "".join(parts)


def _arcs(numbers: Iterator[int]) -> str:
    left = next(numbers) % 2 == 0
    x = _between(numbers, 40, 110) if left else _between(numbers, 210, 280)
    parts = [f'<circle class="cover-{"soft" if step % 2 else "line"}" cx="{x}" cy="{HEIGHT}" r="{28 + step * 24}"/>' for step in range(6, -1, -1)]
    parts.append(f'<circle class="cover-light" cx="{x}" cy="{HEIGHT}" r="14"/>')
    angle = pi * (0.25 + next(numbers) / 510)
    parts.append(f'<circle class="cover-dot" cx="{x + 124 * cos(angle):.0f}" cy="{HEIGHT - 124 * sin(angle):.0f}" r="6"/>')
    return "".join(parts)


def _waves(numbers: Iterator[int]) -> str:
    parts = []
    rise = _between(numbers, 12, 26)
    sun = _between(numbers, 60, 260)
    parts.append(f'<circle class="cover-light" cx="{sun}" cy="{_between(numbers, 40, 62)}" r="{_between(numbers, 12, 20)}"/>')
    for step in range(5):
        y = 84 + step * 22
        shift = _between(numbers, -40, 0)
        curve = "".join(" t 80 0" for _ in range(5))
        parts.append(f'<path class="cover-{"soft" if step % 2 else "line"}" d="M {shift} {y} q 40 {-rise * 2} 80 0{curve} V 200 H {shift} Z"/>')
    return "".join(parts)


def _dots(numbers: Iterator[int]) -> str:
    parts = []
    light = (_between(numbers, 3, 8), _between(numbers, 1, 4))
    for column in range(11):
        for line in range(6):
            x, y = 10 + column * 30, 15 + line * 30
            if (column, line) == light:
                parts.append(f'<circle class="cover-light" cx="{x}" cy="{y}" r="11"/>')
            else:
                size = (2, 3, 4, 6)[next(numbers) % 4]
                parts.append(f'<circle class="cover-dot cover-faint" cx="{x}" cy="{y}" r="{size}"/>')
    return "".join(parts)


def _threads(numbers: Iterator[int]) -> str:
    knots = [(30 + step * 52 + _between(numbers, -12, 12), _between(numbers, 34, 146)) for step in range(6)]
    parts = []
    for index, (x, y) in enumerate(knots):
        for ax, ay in knots[index + 1 : index + 3]:
            parts.append(f'<path class="cover-line" d="M {x} {y} L {ax} {ay}"/>')
    chosen = next(numbers) % len(knots)
    for index, (x, y) in enumerate(knots):
        size = (6, 8, 10)[next(numbers) % 3]
        parts.append(f'<circle class="cover-{"light" if index == chosen else "dot"}" cx="{x}" cy="{y}" r="{size}"/>')
    return "".join(parts)


def _tiles(numbers: Iterator[int]) -> str:
    parts = []
    light = next(numbers) % 12
    for index in range(12):
        x, y = 80 + index % 4 * 60, index // 4 * 60
        turn = next(numbers) % 4
        name = "light" if index == light else ("soft", "line")[next(numbers) % 2]
        parts.append(f'<path class="cover-{name}" transform="rotate({turn * 90} {x + 30} {y + 30})" d="M {x} {y} a 60 60 0 0 1 60 60 h -60 Z"/>')
    return "".join(parts)


FAMILIES: Final[tuple[Callable[[Iterator[int]], str], ...]] = (_orbits, _arcs, _waves, _dots, _threads, _tiles)


@lru_cache(maxsize=512)
def cover_svg(slug: str) -> Markup:
    """The drawing that belongs to a slug, as inline SVG without a style or a colour of its own."""
    numbers = _numbers(slug)
    family = FAMILIES[next(numbers) % len(FAMILIES)]
    ground = next(numbers) % GROUNDS + 1
    return Markup(  # noqa: S704 - built from numbers only; the slug itself is never printed
        f'<svg class="cover-svg cover-ground-{ground}" viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="xMidYMid slice" focusable="false">'
        f'<rect class="cover-ground" width="{WIDTH}" height="{HEIGHT}"/>{family(numbers)}</svg>'
    )
