"""Pages that say no: as calm, as readable and as usable as all others, and they say what to do."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.journeys.test_every_page import LOOKS, SMALLEST, ZOOMED
from tests.support.axe import overflow, violations
from tests.support.demo import House
from tests.support.window import Window

NOWHERE = "/library/there-is-no-such-story"


def seen(here: Window, kind: str) -> list[str]:
    """What is wrong with the page as it stands; it is not opened again, since most of these answer a deed."""
    page, found = here.page, []
    assert page.locator("h1").count() == 1, kind
    for looks in LOOKS.values():
        for scheme, width, height in looks:
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.set_viewport_size({"width": width, "height": height})
            found += [f"{kind}, {scheme} {width}: {fault}" for fault in violations(page)]
    for width, height in (SMALLEST, ZOOMED):
        page.set_viewport_size({"width": width, "height": height})
        found += [f"{kind} at {width} px: {fault}" for fault in overflow(page)]
    return found


def test_a_page_that_is_not_there_and_a_form_that_is_too_old(house: House, open_window: Callable[..., Window]) -> None:
    faults = []
    stranger = open_window(size="desktop", language="nl")
    stranger.go("/s/AAAAAAAAAA")
    faults += seen(stranger, "a link that leads nowhere")
    stranger.go("/verify/AAAAAAAAAA")
    faults += seen(stranger, "a code that is unknown")
    stranger.go("/password/an-old-link")
    faults += seen(stranger, "a link that is over")
    reader = open_window(size="phone", language="en")
    page = reader.sign_in("ada", NOWHERE)
    faults += seen(reader, "no such page")
    reader.go("/me/settings")
    page.locator("main input[name=csrf_token]").first.evaluate("(field) => { field.value = 'old'; }")
    reader.send("main form button[type=submit]")
    faults += seen(reader, "a form that is too old")
    assert not faults, "\n".join(faults)


def test_too_many_tries_and_a_database_that_is_busy(house: House, open_window: Callable[..., Window]) -> None:
    faults = []
    here = open_window(size="desktop", language="en")
    page = here.go("/sign-in")
    with house.busy():
        try_to_sign_in(here)
        expect(page.locator("main")).to_contain_text("We cannot reach our own data at present")
        faults += seen(here, "no data")
        here.faults.clear()  # the browser reports the 503 that was asked for
    here.go("/sign-in")
    for _ in range(11):
        try_to_sign_in(here)
    expect(page.locator("main")).to_contain_text("Wait")
    faults += seen(here, "too many tries")
    assert not faults, "\n".join(faults)


def try_to_sign_in(here: Window) -> None:
    """With a password that is wrong."""
    here.page.locator("#email").fill("ada@meridian.example")
    here.page.locator("#password").fill("this is not the password")
    here.send("main form button[type=submit]")
