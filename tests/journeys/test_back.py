"""Back after a form that was put right: the form, and no question of the browser's own."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.support.window import Window

FORMS = {
    "/admin/departments": ("rosa", {"name": "Craft", "slug": "craft"}, "slug", "Not small"),
    "/hub/channels": ("hugo", {"name_en": "Craft", "name_nl": "Vakwerk", "slug": "craft"}, "slug", "Not small"),
}
"""Page -> who fills in which form there, and what is wrong at first: a form at its own address, and a deed that has none."""


def fill(page: Page, fields: dict[str, str]) -> None:
    """Write into the form."""
    for name, value in fields.items():
        page.locator(f"main [name={name}]").fill(value)


@pytest.mark.parametrize("path", FORMS)
def test_back_from_a_form_that_was_put_right_leads_to_the_form(open_window: Callable[..., Window], path: str) -> None:
    name, fields, wrong, typed = FORMS[path]
    here = open_window(size="desktop")
    page = here.sign_in(name, path)
    send = here.page.locator("main form", has=page.locator(f"[name={wrong}]")).locator("button[type=submit]")
    fill(page, {**fields, wrong: typed})
    here.send(send)
    expect(page.locator(f"main [name={wrong}]")).to_have_value(typed)
    page.reload()  # asks nothing here, where nobody could answer, and loses nothing
    expect(page.locator(f"main [name={wrong}]")).to_have_value(typed)
    fill(page, {wrong: fields[wrong]})
    here.send(send)
    expect(page.locator("main [role=alert]")).to_have_count(0)
    here.go("/me")
    page.go_back()
    page.go_back()
    assert page.url.endswith(path)
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(f"main [name={wrong}]")).to_be_visible()
