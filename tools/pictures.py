"""Takes the picture of every kind of page: `make pictures`.

Starts a demo organisation of its own, walks through it as the journeys do, and writes instance/pictures/ with an index.html: each page on a
phone, a tablet and a desk, light and dark, in both languages. The four pictures of the README go to docs/pictures/.
"""

import sys
import tempfile
import time
from dataclasses import dataclass
from html import escape
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from PIL import Image
from playwright.sync_api import sync_playwright

from app.factory import create_app
from config import HERE, Settings
from tests.support.demo import House, load_once
from tests.support.tour import tour
from tests.support.window import Window, start_chromium

PICTURES: Final = HERE / "instance" / "pictures"
FOR_THE_README: Final = HERE / "docs" / "pictures"
LANGUAGES: Final = ("en", "nl")
SCHEMES: Final = ("light", "dark")
SIZES: Final = ((390, 844), (768, 1024), (1280, 900))
TALLEST: Final = 6000
COLOURS: Final = 128
"""The README's pictures are flat enough for a palette, which makes them a third as large."""


@dataclass(frozen=True)
class Scene:
    """One picture of the README."""

    file: str
    who: str
    path: str
    width: int
    height: int
    typed: str = ""


WORDS: Final = "I was one of the 33 who clicked. What helped me most was how kindly my colleagues told me, and these three small habits."
README: Final = (
    Scene("home.png", "ada", "/", 1280, 900),
    Scene("composer.png", "bram", "/share/our-own-phishing-test?network=linkedin", 1280, 900, typed=WORDS),
    Scene("completion.png", "hedy", "/hr/completion", 1280, 900),
    Scene("phone.png", "ada", "/", 390, 844),
)


@dataclass(frozen=True)
class Picture:
    """A picture of a page as it stands in the index."""

    page: str
    file: str
    note: str


def take_every_page(house: House, browser: Any, language: str) -> list[Picture]:
    """Every kind of page once in one language, in all sizes and both schemes."""
    taken: list[Picture] = []
    app = create_app(Settings(mode="test", secret="x" * 32, instance=str(house.folder / "map")))

    def open_window(**more: str) -> Any:
        return Window(browser, house.address, **more)

    for name, here, stop in tour(app, house, open_window, language=language, each=1):
        here.page.goto(stop.path)
        here.page.evaluate("() => document.querySelectorAll('img[loading]').forEach((picture) => { picture.loading = 'eager'; })")
        here.page.wait_for_load_state("networkidle")
        for width, height in SIZES:
            here.page.set_viewport_size({"width": width, "height": height})
            for scheme in SCHEMES:
                here.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
                file = f"{stop.endpoint}-{width}-{scheme}-{language}.png"
                (PICTURES / file).write_bytes(whole(here.page, width))
                taken.append(Picture(stop.endpoint, file, f"{name}, {width} px, {scheme}, {language}"))
        print(".", end="", flush=True)
    return taken


def whole(page: Any, width: int) -> bytes:
    """The page from top to bottom, as far as anybody would scroll."""
    height = min(int(page.evaluate("() => document.documentElement.scrollHeight")), TALLEST)
    picture: bytes = page.screenshot(full_page=True, clip={"x": 0, "y": 0, "width": width, "height": height})
    return picture


def take_for_the_readme(house: House, browser: Any) -> None:
    """What a newcomer sees first, as it looks on a screen."""
    FOR_THE_README.mkdir(parents=True, exist_ok=True)
    house.change("UPDATE people_person SET locale = 'en'")
    for scene in README:
        window = Window(browser, house.address, "desktop")
        window.sign_in(scene.who, scene.path)
        window.page.set_viewport_size({"width": scene.width, "height": scene.height})
        if scene.typed:
            window.page.wait_for_load_state("networkidle")
            with window.page.expect_response("**/check"):
                window.page.locator("#body").fill(scene.typed)
        window.page.wait_for_load_state("networkidle")
        with Image.open(BytesIO(window.page.screenshot())) as picture:
            picture.convert("RGB").quantize(COLOURS).save(FOR_THE_README / scene.file, optimize=True)
        window.close()
        print(f"  docs/pictures/{scene.file}: {(FOR_THE_README / scene.file).stat().st_size // 1000} kB", flush=True)


def write_index(taken: list[Picture]) -> None:
    """All pictures on one page, by kind of page."""
    parts = []
    for page, pictures in groupby(sorted(taken, key=lambda each: each.page), key=lambda each: each.page):
        figures = "".join(
            f'<figure><a href="{each.file}"><img loading="lazy" src="{each.file}" alt=""></a><figcaption>{escape(each.note)}</figcaption></figure>'
            for each in pictures
        )
        parts.append(f"<h2>{escape(page)}</h2><div>{figures}</div>")
    style = "body{font:15px sans-serif;margin:2rem}div{display:flex;gap:1rem;overflow-x:auto}figure{margin:0}img{height:420px;border:1px solid #ccc}"
    page = f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Every page</title><style>{style}</style><h1>Every page</h1>{"".join(parts)}</html>'
    (PICTURES / "index.html").write_text(page, encoding="utf-8")


def main() -> int:
    """Load, serve, walk, take."""
    began = time.monotonic()
    PICTURES.mkdir(parents=True, exist_ok=True)
    for old in PICTURES.glob("*.png"):
        old.unlink()
    with tempfile.TemporaryDirectory(prefix="socii-pictures-") as folder, sync_playwright() as playwright:
        browser = start_chromium(playwright)
        template = load_once(Path(folder) / "demo")
        taken: list[Picture] = []
        with House(template, Path(folder) / "readme").open() as house:
            take_for_the_readme(house, browser)
        for language in LANGUAGES if "--readme" not in sys.argv else ():
            with House(template, Path(folder) / language).open() as house:
                taken += take_every_page(house, browser, language)
        browser.close()
    write_index(taken)
    print(f"\n{len(taken)} pictures after {time.monotonic() - began:.0f} s: {PICTURES / 'index.html'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
