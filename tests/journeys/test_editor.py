"""The story editor where there is script: a colleague is looked up, Markdown is put by button and key, and nothing typed or chosen is lost."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from app.demo.rules import PASSWORD
from tests.support.axe import violations
from tests.support.demo import House
from tests.support.window import Window

NEW = "/hub/stories/new"
SAVE = "form.editor .thumb button:not([formaction])"


def test_a_colleague_is_found_by_keyboard_and_by_finger(window: Callable[..., Window]) -> None:
    here = window()
    page = here.sign_in("grace", NEW)
    field = page.locator("#replies_by")
    expect(field).to_have_attribute("role", "combobox")
    own = page.locator("#contact").input_value()
    field.fill("hof")
    option = page.locator("[role=option]", has_text="Linus Hofman")
    expect(option).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    assert not violations(page)
    expect(page.locator("#announcer")).not_to_be_empty()
    page.keyboard.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") == page.locator("[role=option][aria-selected=true]").get_attribute("id")
    page.keyboard.press("Escape")
    expect(option).to_be_hidden()
    assert field.input_value() == "hof", "what was typed stays"
    page.keyboard.press("ArrowDown")
    expect(option).to_be_visible()
    here.press(option)
    assert field.input_value() == "Linus Hofman"
    chosen = page.locator("#contact").input_value()
    assert chosen
    assert chosen != own
    field.fill("grace van d")
    expect(page.locator("[role=option]")).to_have_count(1)
    page.keyboard.press("Enter")
    assert (field.input_value(), page.locator("#contact").input_value()) == ("Grace van Dijk", own)
    assert page.url.endswith(NEW), "Enter chose, and sent nothing"


def test_markdown_is_put_by_button_and_by_key(open_window: Callable[..., Window]) -> None:
    here = open_window(size="desktop")
    page = here.sign_in("grace", NEW)
    language = page.locator("html").get_attribute("lang")
    text, bar = page.locator(f"#body_{language}"), page.locator(f"markdown-toolbar[for=body_{language}]")
    expect(bar).to_be_visible()
    text.fill("one two\nthree")
    select(text, 4, 7)
    bar.locator("[data-md-button=bold]").click()
    assert text.input_value() == "one **two**\nthree"
    page.keyboard.press("Control+z")
    assert text.input_value() == "one two\nthree", "the browser's own undo knows of it"
    select(text, 5, 5)
    bar.locator("[data-md-button=header-2]").click()
    bar.locator("[data-md-button=header-3]").click()
    assert text.input_value() == "### one two\nthree", "a heading is a whole line, of one level"
    text.fill("see here")
    select(text, 4, 8)
    page.keyboard.press("Control+k")
    assert text.input_value() == "see [here](url)"
    text.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("End")
    assert page.evaluate("document.activeElement.dataset.mdButton") == "quote", "the bar is one stop, and arrows move in it"
    page.keyboard.press("Enter")
    assert text.input_value().startswith("> ")


def test_a_draft_keeps_words_boxes_and_colleague_when_the_session_ends(house: House, window: Callable[..., Window]) -> None:
    here = window()
    page = here.sign_in("grace", NEW)
    language = page.locator("html").get_attribute("lang")
    page.locator(f"#title_{language}").fill("A cupboard of screens")
    box = page.locator("[name=topics][value=service]")
    box.check(force=True)
    page.locator("#replies_by").fill("linus hofman")
    here.press("[role=option]")
    chosen = page.locator("#contact").input_value()
    house.change("DELETE FROM people_session")
    here.send(SAVE)
    assert "/sign-in?next=/hub/stories/new" in page.url
    sign_in_again(here, "grace")
    assert page.url.endswith(NEW), "back where it was"
    expect(page.locator("[data-restored]")).to_be_visible()
    assert page.locator(f"#title_{language}").input_value() == "A cupboard of screens"
    assert box.is_checked()
    assert page.locator("#contact").input_value() == chosen
    page.locator("#target_url").fill("javascript:nothing")
    here.send(SAVE)
    expect(page.locator("[role=alert]")).to_be_visible()
    assert box.is_checked()
    expect(page.locator("[data-restored]")).to_be_hidden()
    page.locator("#target_url").fill("")
    here.send(SAVE)
    page.wait_for_url(re.compile(r"/hub/stories/[0-9a-f-]{36}"))
    here.go(NEW)
    assert page.locator(f"#title_{language}").input_value() == "", "what was saved is no draft any more"


def test_a_draft_is_never_written_unseen_over_what_somebody_saved_since(open_window: Callable[..., Window]) -> None:
    mine, theirs = open_window(size="desktop"), open_window(size="desktop")
    page = mine.sign_in("hugo", "/hub/?board=drafts")
    mine.send("main .row-title a")
    story, language = page.url, page.locator("html").get_attribute("lang")
    page.locator(f"#title_{language}").fill("Mine")
    other = theirs.sign_in("hugo", story.removeprefix(mine.address))
    other.locator(f"#standfirst_{language}").fill("Theirs")
    theirs.send(SAVE)
    page.once("dialog", lambda leave: leave.accept())
    page.goto(story)
    assert page.locator(f"#title_{language}").input_value() == "Mine"
    mine.send(SAVE)
    expect(page.locator(".changes")).to_contain_text("Mine")
    mine.send(SAVE)
    expect(page.locator(".flash")).to_be_visible()
    assert page.locator(f"#standfirst_{language}").input_value() == "Theirs"


def test_the_preview_opens_beside_the_editor_and_shows_posts(window: Callable[..., Window]) -> None:
    here = window()
    page = here.sign_in("grace", "/hub/?board=live")
    here.send("main .row-title a")
    here.send("a[href^='/hub/stories/']")
    with page.expect_popup() as opened:
        here.press("form.editor button[formtarget=_blank]")
    shown = opened.value
    shown.wait_for_load_state()
    assert shown.locator(".preview-told").count() == 2
    assert shown.locator("figure.preview .preview-link").count() >= 1
    assert not violations(shown)
    shown.close()
    here.send(SAVE)
    assert page.locator("form.editor").count() == 1, "the form can still be sent"


def select(text, start: int, end: int) -> None:
    """Select letters of a text area."""
    text.evaluate("(field, [start, end]) => { field.focus(); field.setSelectionRange(start, end); }", [start, end])


def sign_in_again(here: Window, name: str) -> Page:
    """Fill in the form that is there."""
    form = here.page.locator("form", has=here.page.locator("input[type=email]")).first
    form.locator("input[type=email]").fill(f"{name}@meridian.example")
    form.locator("input[name=password]").fill(PASSWORD)
    here.send(form.locator("button[type=submit]"))
    return here.page
