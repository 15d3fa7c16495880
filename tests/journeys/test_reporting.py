"""Step 6 of the main job: HR knows who completed what and says why it looks at a person; a manager sees totals and nobody."""

import csv
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from playwright.sync_api import Browser, expect

from app.demo.rules import PASSWORD
from tests.support.axe import violations
from tests.support.demo import House
from tests.support.window import Window

pytestmark = pytest.mark.main_job


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
    number = page.locator("table tbody td a").first
    course = page.locator("thead th[data-course]").first.get_attribute("data-course")
    assert f"course={course}" in str(number.get_attribute("href")), "a number leads to the people behind it"
    here.send(number)
    list_of_people, name = page.url, page.locator("table tbody th a").nth(2)
    who = name.inner_text()
    here.press(name)
    beside = page.get_by_role("dialog", name=who)
    here.press(beside.locator("form label[for^=purpose]").first)
    here.press(beside.locator("form[action$='/why'] button"))
    expect(beside.locator("h3").first).to_be_visible()
    assert beside.bounding_box() is not None
    assert re.search(r"/hr/people/[0-9a-f-]{36}$", page.url), "the address is the record's own"
    page.go_back()
    expect(beside).to_be_hidden()
    assert page.url == list_of_people
    here.press(name)
    expect(beside.locator("h3").first).to_be_visible()
    page.reload()
    assert page.locator("h1").inner_text() == who


def test_hr_sees_what_lapses_next_opens_its_person_and_takes_the_list_along(house: House, window: Callable[..., Window]) -> None:
    here = window()
    soon = f"{datetime.now(UTC) + timedelta(days=12):%Y-%m-%d}"
    house.change("UPDATE learning_certificate SET expires_on = ? WHERE name LIKE ? AND level = 'enthusiast'", soon, "Bram%")
    page = here.sign_in("hedy", "/hr/completion")
    here.send("main nav a[href='/hr/lapsing']")
    bram = page.locator("table.data-table tbody tr", has_text="Bram").first
    expect(bram.locator("time")).to_be_visible()
    ends = bram.locator("time").get_attribute("datetime")
    days = [each.get_attribute("datetime") for each in page.locator("table.data-table tbody time").all()]
    assert days == sorted(days), "what ends soonest stands first"
    here.send(page.locator(".chips a", has_text="90"))
    expect(page.locator("table.data-table tbody tr", has_text="Bram").first).to_be_visible()
    with page.expect_download() as download:
        here.press("form[action$='/hr/lapsing.csv'] button")
    table = list(csv.reader(StringIO(download.value.path().read_text(encoding="utf-8-sig"))))
    assert next(row[-1] for row in table if row[0].startswith("Bram")) == ends
    here.press(page.locator("table.data-table tbody tr", has_text="Bram").first.locator("a"))
    expect(page.get_by_role("dialog").locator("form")).to_be_visible()


def test_hr_asks_for_one_course_and_the_file_holds_no_other(window: Callable[..., Window]) -> None:
    here = window()
    page = here.sign_in("hedy", "/hr/completion")
    page.locator("form.sentence-form [name=course]").select_option("social-media-principles")
    here.send("form.sentence-form button")
    expect(page.locator("thead th[data-course]")).to_have_count(1)
    here.send(page.locator("tbody button.fold").first)
    expect(page.locator("thead th[data-course]")).to_have_count(1)
    with page.expect_download() as download:
        here.press("form[action$='/hr/completion.csv'] button")
    table = list(csv.reader(StringIO(download.value.path().read_text(encoding="utf-8-sig"))))
    assert len({row[3] for row in table[1:]}) == 1


def test_a_person_opens_beside_the_list_over_its_whole_width_on_a_phone(window: Callable[..., Window], size: str) -> None:
    here = window()
    page = here.sign_in("hedy", "/hr/certificates")
    here.press(page.locator("tbody td a").nth(3))
    beside = page.locator("dialog[open]")
    expect(beside.locator("form")).to_be_visible()
    box, width = beside.bounding_box(), page.evaluate("innerWidth")
    assert box is not None
    assert box["width"] == (width if size == "phone" else 672)
    assert box["x"] + box["width"] == width
    assert not violations(page)
    here.press(beside.locator("label[for^=purpose]").last)
    here.press(beside.locator("form button"))
    expect(beside.locator("a[href$='/revocation']")).to_be_visible()
    assert not violations(page)
    here.press(beside.locator("p a[data-panel]"))
    expect(beside.locator("table")).not_to_have_count(0)
    here.press(beside.locator("[data-closes]"))
    expect(beside).to_be_hidden()
    expect(page.locator("tbody td a").nth(3)).to_be_focused()


def test_without_script_everything_is_a_page(chromium: Browser, house: House) -> None:
    context = chromium.new_context(base_url=house.address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/hr/people")
    door = page.locator("form", has=page.locator("input[type=email]")).first
    door.locator("input[name=email]").fill("hedy@meridian.example")
    door.locator("input[name=password]").fill(PASSWORD)
    door.locator("button[type=submit]").click()
    who = page.locator("table tbody th a").first.inner_text()
    page.locator("table tbody th a").first.click()
    page.locator("main form label[for^=purpose]").first.click()
    page.locator("main form[action$='/why'] button").click()
    assert page.locator("h1").inner_text() == who
    context.close()


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
    here.press(page.get_by_role("row", name=re.compile(r"\bBram\b")).locator("td a").first)
    here.press("dialog form label:last-of-type")
    here.press("dialog form[action*='/why'] button")
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
