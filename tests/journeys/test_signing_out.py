"""Leaving a computer that others use: what was read there is gone with whoever read it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from app.demo.rules import PASSWORD
from tests.support.demo import House
from tests.support.window import QUIET, find_chromium

PAGES = ("/learn/social-media-principles/say-it-first", "/library/our-own-phishing-test", "/me/everything")


@pytest.fixture(scope="module")
def plain_chromium(chromium: Browser) -> Iterator[Browser]:
    """A browser that keeps whole pages for Back, as everybody's does; the other journeys' does not."""
    path = find_chromium(whole=True)
    browser = chromium.browser_type.launch(executable_path=path, args=list(QUIET), ignore_default_args=["--disable-back-forward-cache"])
    yield browser
    browser.close()


@pytest.mark.parametrize("path", PAGES)
def test_after_signing_out_back_shows_nothing(house: House, plain_chromium: Browser, path: str) -> None:
    """T13: neither what a browser may keep while somebody is signed in (decision 0011) nor anything else."""
    context = plain_chromium.new_context(base_url=house.address)  # without routes, which would turn its cache off
    page = context.new_page()
    page.goto(path)
    page.locator("#email").fill("bram@meridian.example")
    page.locator("#password").fill(PASSWORD)
    with page.expect_navigation():
        page.locator("#password").press("Enter")
    page.goto(path)
    read = page.locator("h1").inner_text()
    page.goto("/me")
    with page.expect_navigation():
        page.locator("form[action='/sign-out'] button").last.click()
    for before in ("/me", path):
        page.evaluate("history.back()")
        expect(page).to_have_url(f"{house.address}/sign-in?next={before}")
        expect(page.locator("#password")).to_be_visible()
        assert read not in page.content()
    context.close()
