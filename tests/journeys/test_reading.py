"""A lesson in ten spare minutes: it opens where its reader stopped, a scenario stays under the finger, and the keyboard does all of it."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.support.axe import violations
from tests.support.window import Window

LESSON = re.compile(r"/learn/[a-z-]+/[a-z0-9-]+(#stopped)?$")


def continue_reading(here: Window) -> Page:
    """The one tap on the front page."""
    here.go("/")
    here.send(here.page.locator("main a[href^='/learn/']").first)
    return here.page


def test_a_lesson_opens_where_its_reader_stopped(window: Callable[..., Window]) -> None:
    here = window()
    here.sign_in("ada")
    page = continue_reading(here)
    assert LESSON.search(page.url)
    line = page.locator("#stopped")
    expect(line).to_be_hidden()
    heading = page.locator("article.prose h2").nth(1)
    heading.evaluate("(one) => scrollTo(0, one.getBoundingClientRect().top + scrollY - 90)")
    page.wait_for_timeout(600)
    page = continue_reading(here)
    expect(line).to_be_visible()
    assert page.url.endswith("#stopped")
    top, tall = heading.bounding_box()["y"], page.viewport_size["height"]
    assert 0 < top < tall / 2, "what was on the screen is there again"
    assert not violations(page)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement === document.querySelector('#stopped a')"), "the keyboard goes on from there"
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.evaluate("scrollY") < 10
    assert "#stopped" not in page.url


def test_a_lesson_that_was_finished_begins_at_its_beginning(window: Callable[..., Window]) -> None:
    here = window()
    here.sign_in("ada")
    page = continue_reading(here)
    lesson = page.url
    page.evaluate("scrollTo(0, 1200)")
    page.wait_for_timeout(600)
    here.send("form[action$='/done'] button")
    page.goto(lesson)
    assert page.evaluate("scrollY") == 0
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.includes(':read:') && key.endsWith(location.pathname))") == []


def test_a_choice_stays_where_it_was_pressed_and_each_can_be_made_by_keyboard(window: Callable[..., Window]) -> None:
    here = window()
    page = here.sign_in("ada", "/learn/social-media-principles/five-principles")
    choices = page.locator(".scenario").first.locator(".choice > summary")
    here.press(choices.nth(0))
    expect(page.locator(".choice[open] .consequence").first).to_be_visible()
    choices.nth(1).evaluate("(one) => one.scrollIntoView({ block: 'center' })")
    before = choices.nth(1).bounding_box()["y"]
    here.press(choices.nth(1))
    expect(page.locator(".choice[open]")).to_have_count(1)
    assert abs(choices.nth(1).bounding_box()["y"] - before) < 3, "the one above closed, and nothing jumped"
    choices.nth(1).focus()
    page.keyboard.press("Tab")
    while not choices.nth(2).evaluate("(one) => one === document.activeElement"):
        assert here.focused()["shown"]
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".scenario").first.locator(".choice").nth(2)).to_have_attribute("open", "")
    assert page.url.endswith("/five-principles"), "Enter chose, and did not go on to the next lesson"
    page.keyboard.press("Space")
    expect(page.locator(".scenario").first.locator(".choice[open]")).to_have_count(0)
