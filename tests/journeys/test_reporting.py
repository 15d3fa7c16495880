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


def test_hr_revokes_a_certificate_and_the_right_to_share_falls_with_it(window: Callable[..., Window]) -> None:
    theirs = window()
    theirs.sign_in("bram", "/share/our-own-phishing-test")
    expect(theirs.page.locator("textarea#body")).to_be_visible()
    here = window()
    page = here.sign_in("hedy", "/hr/certificates?q=Bram")
    here.send(page.get_by_role("row", name=re.compile(r"\bBram\b")).locator("td a").first)
    here.press("main form label:last-of-type")
    here.send("form[action*='/why'] button")
    here.send("a[href$='/revocation']")
    here.press("form.form button[type=submit]")
    expect(page.locator("[role=alert]")).to_be_focused()
    here.press("label[for=ground-2]")
    page.locator("textarea").fill("Somebody else sat at the screen.")
    here.press("label[for=sure]")
    here.send("form.form button[type=submit]")
    expect(page.locator("main .badge-failed")).to_be_visible()
    theirs.page.reload()
    assert theirs.page.locator("textarea").count() == 0
    theirs.send("main a[href^='/learn/certificates/']")
    expect(theirs.page.locator("main")).to_contain_text("Somebody else sat at the screen.")
