"""The contrast of both themes, computed from the theme file: text 4.5 : 1, controls and drawn bars 3 : 1 (WCAG 2.2, 1.4.3 and 1.4.11)."""

import re
from pathlib import Path

import pytest

THEMES = Path(__file__).resolve().parents[2] / "static" / "src" / "themes.css"

PAPER, RAISED, LINE, INK = "color-base-100", "color-base-200", "color-base-300", "color-base-content"
ACCENT, ON_ACCENT, SOFT, ON_SOFT = "color-primary", "color-primary-content", "color-secondary", "color-secondary-content"
DONE, CAREFUL, FAILED = "color-success", "color-warning", "color-error"

TEXT = [
    *((text, ground) for text in (INK, "quiet", ACCENT, DONE, CAREFUL, FAILED) for ground in (PAPER, RAISED)),
    (ON_ACCENT, ACCENT),
    (ON_SOFT, SOFT),
    (INK, SOFT),
    ("quiet", SOFT),
    *((f"{meaning}-content", meaning) for meaning in (DONE, CAREFUL, FAILED)),
    *((meaning, soft) for meaning, soft in ((DONE, "done-soft"), (CAREFUL, "careful-soft"), (FAILED, "failed-soft"))),
    *((INK, soft) for soft in ("done-soft", "careful-soft", "failed-soft")),
]
CONTROLS = [
    *(("edge", ground) for ground in (PAPER, RAISED)),
    *((mark, ground) for mark in (ACCENT, DONE, CAREFUL, FAILED) for ground in (PAPER, RAISED, LINE)),
    *(("mark", f"cover-{number}") for number in (1, 2, 3, 4)),
]


def themes() -> dict[str, dict[str, str]]:
    """Each theme's colours by the name of the token."""
    found = {}
    for block in re.findall(r'@plugin "daisyui/theme" \{(.*?)\n\}', THEMES.read_text(encoding="utf-8"), re.DOTALL):
        name = re.search(r'name: "([a-z-]+)"', block)
        assert name
        found[name[1]] = dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", block))
    return found


def luminance(colour: str) -> float:
    """Relative luminance as WCAG defines it."""
    parts = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black on white)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_both_themes_have_the_same_tokens() -> None:
    found = themes()
    assert set(found) == {"socii", "socii-dark"}
    assert set(found["socii"]) == set(found["socii-dark"])


@pytest.mark.parametrize("theme", ["socii", "socii-dark"])
def test_text_can_be_read(theme: str) -> None:
    colours = themes()[theme]
    faint = {f"{text} on {ground}": round(contrast(colours[text], colours[ground]), 2) for text, ground in TEXT}
    assert {pair: value for pair, value in faint.items() if value < 4.5} == {}


@pytest.mark.parametrize("theme", ["socii", "socii-dark"])
def test_controls_can_be_seen(theme: str) -> None:
    colours = themes()[theme]
    faint = {f"{mark} on {ground}": round(contrast(colours[mark], colours[ground]), 2) for mark, ground in CONTROLS}
    assert {pair: value for pair, value in faint.items() if value < 3} == {}


def test_the_measure_itself_is_right() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
