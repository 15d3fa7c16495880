"""Steps 5 and 7 of the main job: two people behind every story, and an administrator behind every account."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.support.window import Window

pytestmark = pytest.mark.main_job

STORY = {
    "title_nl": "Een kast vol geleende schermen",
    "standfirst_nl": "Wie een week thuis werkt, leent een scherm uit de kast bij de ingang.",
    "reader_value_nl": "Je weet hoe je zoiets op je eigen werk begint.",
    "facts_nl": "Er staan veertig schermen in de kast\nEen scherm gaat een week mee naar huis",
    "angles_nl": "Wat leende jij het laatst van je werk?",
    "body_nl": "Bij de ingang staat een kast. **Wie een scherm nodig heeft, neemt het mee** en schrijft zijn naam op.",
    "target_url": "https://www.meridian.example/stories/borrowed-screens",
    "replies_by": "grace@meridian.example",
    "replies_within_hours": "24",
}


def test_a_story_needs_two_people_reaches_its_audience_and_goes_back_to_review_when_it_changes(window: Callable[..., Window], tmp_path: Path) -> None:
    author = window()
    desk = author.sign_in("grace", "/hub/stories/new")
    form = desk.locator("form.editor")
    dutch = form.locator("details.editor-part", has=desk.locator("[name='title_nl']"))
    if dutch.get_attribute("open") is None:
        author.press(dutch.locator("summary"))
    for name, value in STORY.items():
        form.locator(f"[name='{name}']").fill(value)
    form.locator("[name='topics'][value='service']").check(force=True)
    form.locator("[name='countries'][value='NL']").check(force=True)
    author.send("form.editor .thumb button:not([formaction])")
    desk.wait_for_url(re.compile(r"/hub/stories/[0-9a-f-]{36}"))
    edit = desk.url
    author.send("a[href$='/picture']")
    Image.new("RGB", (1600, 900), (15, 102, 95)).save(tmp_path / "kast.png")
    desk.locator("input[type=file]").set_input_files(tmp_path / "kast.png")
    desk.locator("[name='alt_en']").fill("A green cupboard")
    desk.locator("[name='alt_nl']").fill("Een groene kast")
    author.send("form[action$='/picture'] button")
    author.go(edit)
    author.send("form.editor button[formaction$='/sending']")
    assert desk.locator("form[action$='/approval']").count() == 0, "nobody approves their own story"
    uuid = edit.rsplit("/", 1)[1].split("?")[0]

    reviewer = window()
    table = reviewer.sign_in("iris", f"/hub/reviews/{uuid}")
    reviewer.send("form[action$='/approval'] button")
    reader = window()
    magazine = reader.sign_in("ada", "/library/")
    expect(magazine.locator("main")).to_contain_text(STORY["title_nl"])
    elsewhere = window()
    assert STORY["title_nl"] not in elsewhere.sign_in("mallory", "/library/").locator("main").inner_text(), "it is meant for the Netherlands"

    author.go(edit)
    reopen = desk.locator("form[action$='/reopening'] button")
    if desk.locator("form.editor").count() == 0 and reopen.count():
        author.send(reopen)
    desk.locator("form.editor [name='title_nl']").fill("Een kast vol geleende schermen en muizen")
    author.send("form.editor .thumb button:not([formaction])")
    reader.go("/library/")
    assert "en muizen" not in magazine.locator("main").inner_text(), "readers see what was approved"
    reviewer.go(f"/hub/reviews/{uuid}")
    assert table.locator("form[action$='/approval']").count() == 1, "the change waits for a second person again"


def test_an_administrator_adds_by_hand_gives_a_role_and_shuts_an_open_window(window: Callable[..., Window]) -> None:
    admin = window()
    page = admin.sign_in("rosa", "/admin/people")
    admin.send(".page-actions a[href='/admin/people/new']")
    form = page.locator("main form[method=post]").first
    form.locator("[name=name]").fill("Tove Nyström")
    form.locator("[name=email]").fill("tove@meridian.example")
    form.locator("[name=department]").select_option(index=1)
    admin.press(form.locator("button").last)
    page.wait_for_url(re.compile(r"/admin/people/[0-9a-f-]{36}"))
    page.locator("#grant-role").select_option("author")
    admin.send("form[action$='/roles'] button")
    expect(page.locator("#roles form[action$='/revoke']")).to_have_count(1)

    victim = window()
    open_page = victim.sign_in("mallory", "/me")
    admin.go("/admin/people?q=mallory")
    admin.send("main th a")
    admin.press("form[action$='/deactivate'] > button")
    admin.send("dialog[open] [data-confirms]")
    expect(page.locator("form[action$='/reactivate']")).to_have_count(1)
    victim.go("/me")
    assert "/sign-in" in open_page.url, "out at once, in a window that was open"

    admin.go("/admin/audit")
    log = page.locator("main").inner_text()
    assert "Mallory" in log
    assert "Tove" in log


def test_an_administrator_brings_people_from_a_file_and_hears_of_every_wrong_row(window: Callable[..., Window], tmp_path: Path) -> None:
    admin = window()
    page = admin.sign_in("rosa", "/admin/import")
    columns = [column.strip() for column in page.locator("main code").inner_text().split(",")]
    good = {"email": "olle@meridian.example", "name": "Olle Brand", "department": "sales", "country": "NL", "locale": "nl"}
    bad = {**good, "email": "not an address", "name": "Nobody"}
    lines = [",".join(columns), *(",".join(row.get(column, "") for column in columns) for row in (good, bad))]
    file = tmp_path / "people.csv"
    for expected, body in (("refused", lines), ("done", lines[:2])):
        file.write_text("\n".join(body) + "\n", encoding="utf-8")
        admin.go("/admin/import")
        page.locator("input[type=file]").set_input_files(file)
        admin.press("main form[enctype] button")
        page.wait_for_url(re.compile(r"/admin/import/[0-9a-f-]{36}"))
        page.wait_for_selector("dl.stats")
        if expected == "refused":
            expect(page.locator("main table tbody tr")).to_have_count(1)
            continue
        admin.press("form[action$='/confirm'] button")
        page.wait_for_selector(".notice-done")
    admin.go("/admin/people?q=olle")
    expect(page.locator("main")).to_contain_text("Olle Brand")
