"""What a person does with a keyboard alone: the focus shows on every stop, reaches everything, and is held nowhere."""

import re
from collections.abc import Callable

from tests.support.course_answers import right_answers, settled
from tests.support.demo import House
from tests.support.window import Window

PRINCIPLES = "social-media-principles"


def test_signing_in_and_going_on_with_a_lesson_and_its_quiz(open_window: Callable[..., Window]) -> None:
    here = open_window(size="desktop")
    page = here.go("/")
    here.tab_to("input[name=email]")
    page.keyboard.type("ada@meridian.example")
    here.tab_to("input[name=password]")
    page.keyboard.type("vier blauwe otters dansen")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    here.tab_to(".card a.btn")
    enter(here)
    while page.locator("form[action$='/done']").count():
        here.tab_to("form[action$='/done'] button")
        enter(here)
    if "/attempts/" not in page.url:
        here.tab_to("form[action$='/attempts'] button")
        enter(here)
    while re.search(r"/attempts/[0-9a-f-]+/\d+$", page.url):
        right = right_answers(PRINCIPLES, "nl")[settled(page.locator("h1").inner_text())]
        for place, text in enumerate(page.locator(".choice-card").all_inner_texts(), start=1):
            if settled(text) in right:
                page.keyboard.press(str(place))
        here.tab_to("button[form=answer]")
        enter(here)
    here.tab_to("form[action$='/submission'] > button")
    page.keyboard.press("Enter")
    if page.locator("dialog[open]").count():
        here.tab_to("dialog[open] [data-confirms]", most=4)
        enter(here)
    page.wait_for_selector("#score")


def test_the_stroke_searches_stories_from_wherever_they_are_read(open_window: Callable[..., Window]) -> None:
    here = open_window(size="desktop")
    page = here.sign_in("hugo", "/library/")
    for path in ("/library/", "/library/our-own-phishing-test", "/hub/"):
        here.go(path)
        page.keyboard.press("/")
        page.keyboard.type("phishing")
        assert page.locator("[data-search]").input_value() == "phishing", path
        enter(here)
        assert page.url.endswith("/search?q=phishing")


def test_writing_a_post(open_window: Callable[..., Window]) -> None:
    here = open_window(size="desktop")
    page = here.sign_in("bram", "/share/our-own-phishing-test")
    here.tab_to(".networks a[href*='network=mastodon']")
    enter(here)
    here.tab_to("#body")
    page.keyboard.type("I clicked too, once, and this is what I look at since then.")
    here.tab_to("[name=server]")
    page.keyboard.type("mastodon.social")
    here.tab_to(".composer-foot button")
    enter(here)
    assert re.search(r"/shares/[0-9a-f-]{36}$", page.url), page.locator("main").inner_text()
    here.tab_to("a[target=_blank]")
    here.tab_to("form[action$='/posted'] button")
    enter(here)
    assert page.url.endswith("/shares")


def test_drilling_down_from_the_report(house: House, open_window: Callable[..., Window]) -> None:
    here = open_window(size="desktop")
    page = here.sign_in("hedy", "/hr/completion")
    here.tab_to(".fold")
    enter(here)
    assert page.locator(".fold-open").count() >= 1
    here.tab_to("table a[href^='/hr/people']")
    enter(here)
    here.tab_to("table th a")
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog[open] form")
    here.tab_to("dialog input[name=purpose]", most=3)
    page.keyboard.press("Space")
    here.tab_to("dialog form button", most=2)
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog[open] table")
    assert re.search(rf"{house.address}/hr/people/[0-9a-f-]{{36}}$", page.url)
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog", state="hidden")
    assert page.locator("table th a").first.evaluate("(link) => link === document.activeElement")


def enter(here: Window) -> None:
    """Press Enter, and wait for the page that it leads to."""
    with here.page.expect_navigation():
        here.page.keyboard.press("Enter")
