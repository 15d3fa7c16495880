"""Every kind of page that the route table knows, reached by the links on the pages before it.

Nothing for axe to say, nothing wider than the window at 320 px and at 200 % zoom, no complaint in the console: in light and dark, in both
languages, on a phone and on a desk.
"""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.support.axe import overflow, violations
from tests.support.demo import House
from tests.support.tour import tour
from tests.support.window import SMALLEST, Window

OpenWindow = Callable[..., Window]
LOOKS = {"en": (("light", 390, 844), ("dark", 1280, 900)), "nl": (("light", 1280, 900), ("dark", 390, 844))}
"""Per language two of the four combinations: over both languages every pair of language, theme and size is met once."""
ZOOMED = (640, 450)
"""1280 × 900 px at 200 %."""
NOT_PAGES = {
    "hub.colleagues",
    "hub.send",
    "house.brand",
    "house.live",
    "house.logo",
    "house.ready",
    "people.everything_json",
    "learning.certificate_pdf",
    "learning.media",
    "library.picture",
    "sharing.follow",
}
"""What answers no page of its own: files, and the editor under a second address."""


@pytest.mark.parametrize("language", list(LOOKS))
def test_every_page_can_be_reached_used_and_read(house: House, open_window: OpenWindow, application: Flask, language: str) -> None:
    reached: set[str] = set()
    faults: list[str] = []
    for name, here, stop in tour(application, house, open_window, language=language):
        reached |= {stop.endpoint, stop.by}
        faults += [f"{name} at {stop.path}: {fault}" for fault in looked_at(here, stop.path, language)]
    kinds = {rule.endpoint for rule in application.url_map.iter_rules() if "GET" in (rule.methods or ())} & set(application.extensions["policies"])
    assert not faults, "\n".join(faults)
    missed = sorted(kinds - reached - NOT_PAGES)
    assert not missed, f"no link leads to {missed}"


def looked_at(here: Window, path: str, language: str) -> list[str]:
    """Everything that is wrong with a page in two looks and at the smallest sizes."""
    page, found = here.page, []
    page.goto(path)
    if "lang=" not in path and page.locator("html").get_attribute("lang") != language:
        found.append("speaks another language")
    for scheme, width, height in LOOKS[language]:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.set_viewport_size({"width": width, "height": height})
        found += [f"{scheme} {width}: {fault}" for fault in violations(page)]
    for width, height in (SMALLEST, ZOOMED):
        page.set_viewport_size({"width": width, "height": height})
        found += [f"at {width} px: {fault}" for fault in overflow(page)]
    found += here.faults
    here.faults.clear()
    return found
