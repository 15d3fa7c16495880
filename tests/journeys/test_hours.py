"""A story comes at its hour and goes at its end, for everybody who has the page open as well."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.support.demo import House
from tests.support.window import Window

pytestmark = pytest.mark.main_job

STORY, TITLE = "a-keyboard-you-can-feel", "A keyboard you can find your way on by touch"
WORDS = "I have never looked at my keyboard since, and my desk at Meridian is tidier for it."


def test_a_story_opens_at_its_hour_and_leaves_at_its_end(house: House, window: Callable[..., Window]) -> None:
    house.change("UPDATE people_person SET locale = 'en'")
    reader = window()
    page = reader.sign_in("bram", "/library/")
    expect(page.locator("main")).not_to_contain_text(TITLE)
    reader.go(f"/library/{STORY}")
    expect(page.locator("h1")).not_to_contain_text(TITLE)
    reader.go("/search?q=keyboard")
    expect(page.locator("main")).not_to_contain_text(TITLE)

    its_hour(house, "opens_at", timedelta(minutes=-1))
    reader.go("/library/")
    reader.send(f"main a[href='/library/{STORY}']")
    expect(page.locator("h1")).to_have_text(TITLE)
    reader.send("nav.steps a[href^='/share/']")
    page.locator("textarea").fill(WORDS)

    its_hour(house, "closes_at", timedelta(minutes=-1))
    reader.send(".composer-foot button:not([formaction])")
    expect(page.locator("h1")).to_have_text("This story has ended")
    expect(page.locator("main")).to_contain_text(WORDS)
    reader.go("/library/")
    expect(page.locator("main")).not_to_contain_text(TITLE)
    assert house.ask("SELECT count(*) FROM sharing_share s JOIN library_story l ON l.id = s.story_id WHERE l.slug = ?", STORY) == [(0,)]


def its_hour(house: House, column: str, away: timedelta) -> None:
    """Let the hour at which the story opens or closes be `away` from now."""
    moment = (datetime.now(UTC) + away).strftime("%Y-%m-%d %H:%M:%S.%f")
    house.change(f"UPDATE library_edition SET {column} = ? WHERE story_id = (SELECT id FROM library_story WHERE slug = ?)", moment, STORY)
