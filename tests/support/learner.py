"""How a learner in a real browser reads lessons and sits a quiz."""

import re

from tests.support.course_answers import right_answers, settled
from tests.support.window import Window


def finish_lesson(window: Window) -> None:
    """Go on from the lesson on the screen."""
    before = window.page.url
    window.press("form[action$='/done'] button")
    window.page.wait_for_url(lambda url: url != before)


def read_to_the_end(window: Window) -> None:
    """Read every lesson from the one on the screen to the last."""
    while window.page.locator("form[action$='/done']").count():
        finish_lesson(window)


def sit(window: Window, slug: str, *, well: bool) -> None:
    """Start the quiz from the course's page, answer every question, and hand in."""
    window.send("form[action$='/attempts'] button")
    while re.search(r"/attempts/[0-9a-f-]+/\d+$", window.page.url):
        answer(window, slug, well=well)
    window.press("form[action$='/submission'] > button")
    confirm = window.page.locator("dialog[open] [data-confirms]")
    if confirm.count():
        window.press(confirm)
    window.page.wait_for_selector("#score")


def answer(window: Window, slug: str, *, well: bool) -> None:
    """Choose what is right, or (not `well`) what is not, and go on."""
    page, before = window.page, window.page.url
    right = right_answers(slug, page.locator("html").get_attribute("lang") or "en")[settled(page.locator("h1").inner_text())]
    cards = page.locator(".choice-card")
    wordings = [settled(text) for text in cards.all_inner_texts()]
    assert right <= set(wordings), f"the file's answers {right} are not among {wordings}"
    wanted = [place for place, text in enumerate(wordings) if (text in right) == well]
    for place in wanted if well else wanted[:1]:
        window.press(cards.nth(place))
    window.press("button[form=answer]")
    page.wait_for_url(lambda url: url != before)
