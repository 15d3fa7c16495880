"""The company's accent and logo: every colour can be read, pages link to what is there, and nothing changes when nothing is set."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.web.brand import DARK, LIGHT, mixed, palette, style_sheet
from tests.support.browser import BASE, Browser
from tests.web.test_theme import ACCENT, CONTROLS, INK, LINE, PAPER, RAISED, SOFT, TEXT, contrast, themes

MARK = Path(__file__).resolve().parents[2] / "static" / "src" / "base" / "mark.svg"
GROUNDS = {"socii": LIGHT, "socii-dark": DARK}
SOFTS = ("done-soft", "careful-soft", "failed-soft")
COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def worn(colours):
    """The paper of a row that the mouse is on, or around a word of code."""
    return mixed(colours[PAPER], colours[INK], 7)


@pytest.mark.parametrize("theme", sorted(GROUNDS))
def test_the_grounds_are_those_of_the_theme_file(theme):
    colours, ground = themes()[theme], GROUNDS[theme]
    assert ground.papers == (colours[PAPER], colours[RAISED], worn(colours), *(colours[soft] for soft in SOFTS))
    assert ground.texts == (colours[INK], colours["quiet"])
    assert (ground.line, ground.mark) == (colours[LINE], colours["mark"])


@given(COLOURS)
def test_whatever_the_accent_text_can_be_read_and_controls_can_be_seen(accent):
    for theme, ground in GROUNDS.items():
        colours = themes()[theme] | {name.removeprefix("--"): value for name, value in palette(accent, ground).items()}
        text = [*TEXT, *((ACCENT, soft) for soft in SOFTS)]
        assert [pair for pair in text if contrast(*(colours[each] for each in pair)) < 4.5] == []
        assert [pair for pair in (*CONTROLS, (ACCENT, SOFT)) if contrast(*(colours[each] for each in pair)) < 3] == []
        assert contrast(colours[ACCENT], worn(colours)) >= 4.5


def test_an_accent_that_can_be_read_stays_as_it_is():
    assert palette("#C8102E", LIGHT)["--color-primary"] == "#c8102e"
    assert palette("#ffe600", DARK)["--color-primary"] == "#ffe600"


def test_a_faint_accent_keeps_its_hue():
    red, green, blue = (int(palette("#ffe600", LIGHT)["--color-primary"][start : start + 2], 16) for start in (1, 3, 5))
    assert red > green > 10 * blue


def test_the_sheet_says_both_themes_as_the_layout_chooses_them():
    light, system, dark = style_sheet("#c8102e").splitlines()
    assert light.startswith(":root,[data-theme=socii]{--color-primary:#c8102e;")
    assert system.startswith("@media (prefers-color-scheme:dark){:root:not([data-theme]){--color-primary:")
    assert light.endswith(";--paper-accent:#c8102e}")
    assert dark.startswith(":root[data-theme=socii-dark]{--color-primary:")
    assert dark.partition("{")[2].rstrip("}") == system.partition("]){")[2].rstrip("}")


def addresses(page):
    sheets = [link["href"] for link in page.select('link[rel="stylesheet"]') if link["href"].startswith("/-/")]
    return sheets, [picture["src"] for picture in page.select("img.brand-logo")]


def test_without_settings_pages_ask_for_nothing_and_say_the_name(browser):
    page = browser().visit("/sign-in")
    assert addresses(page) == ([], [])
    assert page.select_one(".brand").get_text() == "Meridian"


@pytest.mark.parametrize("path", ["/", "/sign-in", "/nowhere"])
def test_pages_link_to_the_sheet_and_show_the_logo_by_its_name(branded, cast, path):
    own = branded(accent="#c8102e", logo=str(MARK), org_name="Ruiter & Zn")
    with own.app_context():
        page = Browser(own, None if path == "/sign-in" else cast.ada).visit(path, 404 if path == "/nowhere" else 200)
    sheets, logos = addresses(page)
    assert len(sheets) == len(logos) == 1
    assert page.select_one(".brand img")["alt"] == "Ruiter & Zn"
    assert page.select_one(".brand").get_text(strip=True) == ""


def test_the_sheet_and_the_logo_are_kept_for_a_year_by_anybody_and_run_nothing(branded):
    own = branded(accent="#c8102e", logo=str(MARK))
    brand = own.extensions["brand"]
    client = own.test_client()
    client.set_cookie("socii", "whatever this is")
    for served, kind, content in ((brand.sheet, "text/css", style_sheet("#c8102e").encode()), (brand.logo, "image/svg+xml", MARK.read_bytes())):
        answer = client.get(served.address, base_url=BASE)
        assert (answer.status_code, answer.mimetype, answer.data) == (200, kind, content)
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'; style-src 'unsafe-inline'"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "Set-Cookie" not in answer.headers
        assert "Cookie" not in answer.headers.get("Vary", "")
        assert client.get(served.address, base_url=BASE, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_another_accent_has_another_address_and_the_old_one_is_gone(branded):
    red, blue = branded(accent="#c8102e"), branded(accent="#0033a0")
    old = red.extensions["brand"].sheet.address
    assert old != blue.extensions["brand"].sheet.address
    assert blue.test_client().get(old, base_url=BASE).status_code == 404


def test_letters_have_the_accent_in_a_shade_that_reads_on_white(branded):
    for accent, shade in (("", "#0f665f"), ("#c8102e", "#c8102e"), ("#ffe600", palette("#ffe600", LIGHT)["--color-primary"])):
        own = branded(accent=accent)
        with own.test_request_context(base_url=BASE):
            button = own.jinja_env.from_string('{% from "components/mail_button.html" import mail_button %}{{ mail_button("Go", "/") }}').render()
        assert f"background:{shade};" in button


def test_nothing_is_served_that_nobody_set(app):
    for path in ("/-/brand-0123456789abcdef.css", "/-/logo-0123456789abcdef.svg", "/-/logo-None"):
        assert app.test_client().get(path, base_url=BASE).status_code == 404
