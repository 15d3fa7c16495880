"""The drawings on a certificate: a woven border and a seal that belong to its code, and the code to scan.

Everything is built from numbers, so that the same code always gives the same drawing, on screen and on paper. Colours stand as
presentation attributes: a style sheet may replace them, a printer need not know one.
"""

from collections.abc import Iterator
from hashlib import blake2b
from io import BytesIO
from math import cos, pi, sin
from typing import Final

import segno

WIDTH: Final = 1188
HEIGHT: Final = 840
TILE: Final = 54
BAND: Final = 34
MARGIN: Final = 30
STRANDS: Final = 6
POINTS: Final = 18
GOLD: Final = "#b98a3e"


def _numbers(code: str) -> Iterator[int]:
    turn = 0
    while True:
        yield from blake2b(f"{code}/{turn}".encode(), digest_size=32).digest()
        turn += 1


def _line(points: list[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)


def _tile(numbers: Iterator[int]) -> str:
    """Strands that leave a tile where they enter the next."""
    turns = 1 + next(numbers) % 2
    strands = []
    for strand in range(STRANDS):
        phase = 2 * pi * strand / STRANDS + next(numbers) / 255
        height = BAND * (0.26 + 0.2 * next(numbers) / 255)
        steps = [TILE * step / POINTS for step in range(POINTS + 1)]
        strands.append(_line([(x, BAND / 2 + height * sin(2 * pi * turns * x / TILE + phase)) for x in steps]))
    return "".join(strands)


def _rosette(numbers: Iterator[int], radius: float) -> str:
    """Closed curves around one centre."""
    petals = 5 + next(numbers) % 5
    depth = 0.16 + 0.14 * next(numbers) / 255
    curves = []
    for turn in range(5):
        phase = 2 * pi * turn / 5
        angles = [2 * pi * step / 72 for step in range(73)]
        reach = [radius * (0.68 + depth * sin(petals * angle + phase)) for angle in angles]
        curves.append(_line([(far * cos(angle), far * sin(angle)) for far, angle in zip(reach, angles, strict=True)]))
    return "".join(curves)


def border_svg(code: str, ink: str) -> str:
    """The border of a landscape sheet, woven from the code, in the colour `ink`."""
    numbers = _numbers(code)
    tile, corner = _tile(numbers), _rosette(numbers, BAND * 1.05)
    inner = BAND + MARGIN
    across, down = WIDTH - 2 * inner, HEIGHT - 2 * inner
    xs, ys = _spread(across), _spread(down)
    uses = [f'<use href="#tile" transform="translate({inner + x:.1f} {y}) scale({xs[1]:.4f} 1)"/>' for x in xs[0] for y in (MARGIN, HEIGHT - inner)]
    uses += [
        f'<use href="#tile" transform="translate({x} {inner + y:.1f}) rotate(90) scale({ys[1]:.4f} 1)"/>'
        for y in ys[0]
        for x in (inner, WIDTH - MARGIN)
    ]
    half = MARGIN + BAND / 2
    corners = [f'<use href="#corner" x="{x}" y="{y}"/>' for x in (half, WIDTH - half) for y in (half, HEIGHT - half)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="guilloche" viewBox="0 0 {WIDTH} {HEIGHT}" fill="none" stroke="{ink}" focusable="false">'
        f'<defs><path id="tile" d="{tile}"/><path id="corner" d="{corner}"/></defs>'
        f'<g class="guilloche-band" stroke-width="0.8" stroke-opacity="0.62">{"".join(uses)}</g>'
        f'<g class="guilloche-corner" stroke-width="0.8" stroke-opacity="0.8">{"".join(corners)}</g>'
        f'<rect class="guilloche-rule" x="{inner + 8}" y="{inner + 8}" width="{across - 16}" height="{down - 16}" stroke-width="1"/>'
        f'<rect class="guilloche-rule" x="{MARGIN - 8}" y="{MARGIN - 8}" width="{WIDTH - 2 * MARGIN + 16}" height="{HEIGHT - 2 * MARGIN + 16}" stroke-width="1"/>'
        "</svg>"
    )


def _spread(length: float) -> tuple[list[float], float]:
    """Where whole tiles begin along an edge, and how much each is stretched to fill it."""
    count = round(length / TILE)
    return [length * step / count for step in range(count)], length / count / TILE


def seal_svg(code: str, stars: int) -> str:
    """The seal: a rosette of the code around one to three stars, as many as the level has steps."""
    numbers = _numbers(f"seal/{code}")
    points = [(sin(pi * step / 5) * (9 if step % 2 == 0 else 3.8), -cos(pi * step / 5) * (9 if step % 2 == 0 else 3.8)) for step in range(10)]
    star = _line(points) + "Z"
    marks = "".join(f'<use href="#star" x="{(step - (stars - 1) / 2) * 21:.1f}" y="1"/>' for step in range(stars))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="seal" viewBox="-80 -80 160 160" fill="none" stroke="{GOLD}" focusable="false">'
        f'<defs><path id="star" d="{star}"/></defs>'
        f'<path d="{_rosette(numbers, 76)}" stroke-width="0.9"/>'
        f'<circle r="38" fill="#ffffff" stroke-width="1.2"/><circle r="34" stroke-width="0.7"/>'
        f'<g fill="{GOLD}" stroke="none">{marks}</g></svg>'
    )


def qr_svg(address: str) -> str:
    """The address as a code to scan (QR, error correction M), dark on white with its quiet zone."""
    stream = BytesIO()
    segno.make(address, error="m", micro=False).save(
        stream, kind="svg", xmldecl=False, nl=False, omitsize=True, border=2, dark="#1d1c1a", light="#ffffff"
    )
    return stream.getvalue().decode()
