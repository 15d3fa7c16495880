"""The company's own colour and logo: one accent becomes the colours of both themes, in which everything can still be read.

WCAG 2.2: text 4.5 : 1 (1.4.3), controls and drawn bars 3 : 1 (1.4.11). A colour that is too faint for a theme is darkened (light) or
lightened (dark) in small steps until it is strong enough, and not a step further.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from colorsys import hls_to_rgb, rgb_to_hls
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Final

from markupsafe import Markup

TEXT: Final = 4.5
CONTROL: Final = 3.0
STEPS: Final = 100
BLACK: Final = "#000000"
WHITE: Final = "#ffffff"
OWN: Final = "#0f665f"
"""Socii's own accent, for letters, which no style sheet reaches."""
TYPES: Final = {".svg": "image/svg+xml", ".png": "image/png"}
HUES: Final = (0.0, 0.06, -0.05, 0.12)
"""How far the grounds of the four covers stand from the accent, in turns of the colour circle: a family, not one colour."""


@dataclass(frozen=True)
class Ground:
    """What a theme brings before there is an accent; the colours are those of `static/src/themes.css`."""

    papers: tuple[str, ...]
    """Everything that text in the accent stands on: page, raised, worn by a hand above it, and the three soft meanings."""
    texts: tuple[str, ...]
    """Text that stands on the soft accent: ink and quiet."""
    line: str
    mark: str
    lighter: bool
    """Whether a colour that is too faint must become lighter; else darker."""
    softness: int
    depth: int
    """How many steps the soft accent is away from the raised paper, and a cover from black."""


LIGHT: Final = Ground(
    papers=("#faf8f4", "#ffffff", "#ebe9e5", "#e4efe4", "#f7ecd6", "#f8e4e1"),
    texts=("#1d1c1a", "#5f5b54"),
    line="#e4dfd6",
    mark="#f2c27a",
    lighter=False,
    softness=14,
    depth=100,
)
DARK: Final = Ground(
    papers=("#171715", "#20201d", "#262624", "#1c2c1f", "#30281a", "#38211f"),
    texts=("#f1eee8", "#b0aaa0"),
    line="#35332f",
    mark="#e7bd6b",
    lighter=True,
    softness=16,
    depth=80,
)


def luminance(colour: str) -> float:
    """Relative luminance as WCAG defines it, 0–1."""
    parts = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _parts(colour))
    red, green, blue = parts
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black on white)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def mixed(colour: str, other: str, steps: int) -> str:
    """`colour` on its way to `other`, which is `STEPS` steps away."""
    return _written([one + (two - one) * steps / STEPS for one, two in zip(_parts(colour), _parts(other), strict=True)])


def shades(colour: str, *, lighter: bool) -> Iterator[str]:
    """`colour` and the same hue ever lighter up to white, or ever darker down to black."""
    hue, light, full = rgb_to_hls(*_parts(colour))
    end = 1.0 if lighter else 0.0
    yield colour.lower()
    yield from (_written(hls_to_rgb(hue, light + (end - light) * steps / STEPS, full)) for steps in range(1, STEPS + 1))


def first_that_reads(way: Iterable[str], against: Mapping[str, float]) -> str:
    """The first colour of `way` that has the contrast asked for with each colour in `against`; the end of every way used here does."""
    return next(one for one in way if all(contrast(one, other) >= least for other, least in against.items()))


def palette(accent: str, ground: Ground) -> dict[str, str]:
    """The variables of a theme that follow the accent, by name."""
    strong, raised = _strong(accent, ground), ground.papers[1]
    soft_ones = (mixed(raised, strong, steps) for steps in range(ground.softness, -1, -1))
    soft = first_that_reads(soft_ones, dict.fromkeys(ground.texts, TEXT))
    on_strong = [WHITE, *shades(mixed(strong, BLACK, 85), lighter=False)]
    return {
        "--color-primary": strong,
        "--color-primary-content": first_that_reads(on_strong, {strong: TEXT}),
        "--color-secondary": soft,
        "--color-secondary-content": first_that_reads(shades(strong, lighter=ground.lighter), {soft: TEXT}),
        **{f"--cover-{number}": _cover(_strong(accent, LIGHT), hue, ground) for number, hue in enumerate(HUES, 1)},
    }


def style_sheet(accent: str) -> str:
    """The small style sheet that a page loads after its own. What looks like paper is light in both themes, and so is its accent."""
    light, dark = (";".join(f"{name}:{value}" for name, value in palette(accent, ground).items()) for ground in (LIGHT, DARK))
    return (
        f":root,[data-theme=socii]{{{light};--paper-accent:{_strong(accent, LIGHT)}}}\n"
        f"@media (prefers-color-scheme:dark){{:root:not([data-theme]){{{dark}}}}}\n"
        f":root[data-theme=socii-dark]{{{dark}}}\n"
    )


@dataclass(frozen=True)
class Served:
    """A file of the company's brand; its address changes whenever its content does."""

    address: str
    content: bytes
    kind: str

    @property
    def format(self) -> str:
        """What its name ends with: css, svg or png."""
        return self.address.rpartition(".")[2]


@dataclass(frozen=True)
class Brand:
    """What a company brought; nothing of it need be there. `accent` is the one of the light theme, strong enough for text."""

    accent: str = OWN
    sheet: Served | None = None
    logo: Served | None = None

    @property
    def address_of_sheet(self) -> str | None:
        """What pages link to."""
        return self.sheet.address if self.sheet else None

    def served(self, address: str) -> Served | None:
        """The file at this address of ours."""
        return next((each for each in (self.sheet, self.logo) if each and each.address == address), None)

    def mast(self, name: str) -> Markup:
        """The company's name as it stands at the head of a page: the logo if there is one, else the word."""
        if self.logo is None:
            return Markup.escape(name)
        return Markup('<img class="brand-logo" src="{}" alt="{}">').format(self.logo.address, name)


def brand_of(accent: str, logo: Path | None) -> Brand:
    """The brand for these settings, which have been checked; the logo is read here, once."""
    brand = Brand()
    if accent:
        brand = replace(brand, accent=_strong(accent, LIGHT), sheet=_served("brand", ".css", style_sheet(accent).encode(), "text/css"))
    if logo:
        ending = logo.suffix.lower()
        brand = replace(brand, logo=_served("logo", ending, logo.read_bytes(), TYPES[ending]))
    return brand


def _served(name: str, ending: str, content: bytes, kind: str) -> Served:
    return Served(f"/-/{name}-{sha256(content).hexdigest()[:16]}{ending}", content, kind)


def _strong(accent: str, ground: Ground) -> str:
    return first_that_reads(shades(accent, lighter=ground.lighter), {**dict.fromkeys(ground.papers, TEXT), ground.line: CONTROL})


def _cover(colour: str, hue: float, ground: Ground) -> str:
    turned, light, full = rgb_to_hls(*_parts(colour))
    relative = _written(hls_to_rgb((turned + hue) % 1, light, full * (1 - abs(hue) * 4)))
    return first_that_reads(shades(mixed(BLACK, relative, ground.depth), lighter=False), {ground.mark: CONTROL})


def _parts(colour: str) -> Sequence[float]:
    return [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]


def _written(parts: Sequence[float]) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)
