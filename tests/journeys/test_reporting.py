"""Step 6 of the main job: HR knows who completed what and says why it looks at a person; a manager sees totals and nobody."""

import csv
import re
from collections.abc import Callable
from io import StringIO

from playwright.sync_api import expect

from tests.support.window import Window


def test_hr_filters_drills_down_says_why_and_takes_the_table_along(window: Callable[..., Window]) -> None:
    here = window()
    page = here.sign_in("hedy", "/hr/completion")
    rows = page.locator("table tbody tr")
    whole = rows.count()
    assert whole > 5, "departments stand below each other"
    page.locator("form.sentence-form [name=department]").select_option("sales")
    here.send("form.sentence-form button")
    assert rows.count() < whole
    with page.expect_download() as download:
        here.press("form[action$='/hr/completion.csv'] button")
    table = list(csv.reader(StringIO(download.value.path().read_text(encoding="utf-8-sig"))))
    assert len(table) > 2
    assert not [cell for row in table for cell in row if cell.startswith(("=", "+", "@"))], "no cell is a formula"
    here.send(page.locator("table tbody a[href^='/hr/people']").first)
    name = page.locator("table tbody th a").first
    who = name.inner_text()
    here.send(name)
    assert re.search(r"/hr/people/[0-9a-f-]{36}/why", page.url), "first it asks why"
    here.press("main form label[for^=purpose]")
    here.send("form[action$='/why'] button")
    assert page.locator("h1").inner_text() == who
    assert re.search(r"/hr/people/[0-9a-f-]{36}$", page.url)


def test_a_manager_sees_totals_and_no_name(window: Callable[..., Window]) -> None:
    here = window()
    page = here.sign_in("linus", "/team")
    expect(page.locator("main progress").first).to_be_visible()
    said = page.locator("main").inner_text()
    assert "Ada" not in said
    assert "Bram" not in said
    assert page.goto("/hr/completion").status == 404
