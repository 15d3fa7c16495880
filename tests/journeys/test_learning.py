"""Steps 1 and 2 of the main job: learn where you stopped, be tested fairly, hold a certificate that anybody can verify."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.support.demo import House
from tests.support.learner import finish_lesson, read_to_the_end, sit
from tests.support.window import Window

pytestmark = pytest.mark.main_job

PRINCIPLES = "social-media-principles"
OWN_WORDS = "in-your-own-words"
LESSON = re.compile(r"/learn/[a-z-]+/[a-z0-9-]+$")


def test_ada_lands_in_her_language_and_goes_on_with_one_tap_on_whatever_device(window: Callable[..., Window]) -> None:
    here = window()
    home = here.sign_in("ada")
    assert home.locator("html").get_attribute("lang") == "nl"
    here.send(home.locator("main a[href^='/learn/']").first)
    assert LESSON.search(home.url), home.url
    finish_lesson(here)
    where_she_stopped = home.url
    elsewhere = window(size="desktop" if here.size == "phone" else "phone")
    other = elsewhere.sign_in("ada")
    elsewhere.send(other.locator("main a[href^='/learn/']").first)
    assert other.url == where_she_stopped


def test_mallory_enrols_from_the_catalogue_reads_and_leaves_in_the_middle(window: Callable[..., Window]) -> None:
    here = window()
    page = here.sign_in("mallory")
    here.send("nav.places a[href='/learn/']")
    here.send(f"main a[href='/learn/{PRINCIPLES}']")
    here.send("form[action$='/enrolments'] button")
    page.wait_for_url(LESSON)
    finish_lesson(here)
    second = page.url
    here.go(f"/learn/{PRINCIPLES}")
    assert page.locator(".lesson-done").count() == 1
    here.send(".thumb a, .thumb button")
    assert page.url == second


def test_a_failed_quiz_explains_itself_and_opens_again_after_the_cooldown(house: House, window: Callable[..., Window]) -> None:
    here = window()
    page = here.sign_in("linus", f"/learn/{OWN_WORDS}")
    here.send(".thumb a, .thumb button")
    read_to_the_end(here)
    here.go(f"/learn/{OWN_WORDS}")
    sit(here, OWN_WORDS, well=False)
    assert page.locator(".judged .option-why").count() >= 10, "each option says why"
    assert page.locator("#score time").count() == 1, "it says when to try again"
    here.go(f"/learn/{OWN_WORDS}")
    assert page.locator("#quiz time").count() >= 1
    assert page.locator("form[action$='/attempts']").count() == 0, "nothing to start before the cool-down is over"
    house.change(
        "UPDATE learning_attempt SET submitted_at = ? WHERE submitted_at IS NOT NULL",
        f"{datetime.now(UTC) - timedelta(hours=2):%Y-%m-%d %H:%M:%S.%f}",
    )
    here.go(f"/learn/{OWN_WORDS}")
    assert page.locator("form[action$='/attempts']").count() == 1
    sit(here, OWN_WORDS, well=True)
    assert "100" in page.locator("#score").inner_text()
    here.go(f"/learn/{OWN_WORDS}")
    assert page.locator("form[action$='/attempts']").count() == 0, "nothing is left to start"
    assert house.ask("SELECT number, passed FROM learning_attempt ORDER BY id DESC LIMIT 2") == [(2, 1), (1, 0)]


def test_two_passed_courses_make_a_certificate_that_a_stranger_can_verify(window: Callable[..., Window]) -> None:
    here = window()
    page = here.sign_in("ada")
    for slug in (PRINCIPLES, OWN_WORDS):
        here.go(f"/learn/{slug}")
        here.send(".thumb a, .thumb button")
        read_to_the_end(here)
        here.go(f"/learn/{slug}")
        sit(here, slug, well=True)
    here.send("#score a[href*='/certificates/']")
    assert page.locator("h1").inner_text() == "Ada de Wit"
    assert page.locator(".certificate-code svg").count() == 1
    verify = page.locator("#verify-address").inner_text()
    with page.expect_download() as download:
        here.press("a[href$='certificate.pdf']")
    pdf = PdfReader(BytesIO(download.value.path().read_bytes()))
    assert "Ada de Wit" in pdf.pages[0].extract_text()
    assert verify.rsplit("/", 1)[1] in pdf.pages[0].extract_text().replace("\n", "")
    stranger = window(language="en")
    public = stranger.go(re.sub(r"^https?://[^/]+", "", verify))
    assert "Ada de Wit" in public.locator("h1").inner_text()
    assert public.locator(".notice-done, .notice").count() >= 1
    assert "@" not in public.locator("main").inner_text()
