"""A tour of every kind of page: each of the cast in turn, and a stranger first, walks wherever links lead."""

import re
import time
from collections.abc import Callable, Iterator
from email import message_from_bytes
from email.policy import default

from flask import Flask

from tests.support.demo import House
from tests.support.learner import read_to_the_end
from tests.support.walk import Stop, walk
from tests.support.window import Window

PRINCIPLES = "social-media-principles"
STRANGER = "a stranger"
PERSONAS = ("bram", "ada", "linus", "grace", "iris", "hugo", "hedy", "rosa", "sanne")
STREET = ("/sign-in", "/forgotten", "/policy", "/verify", "/-/components")
"""Where a stranger begins."""


def tour(app: Flask, house: House, open_window: Callable[..., Window], *, language: str, each: int = 2) -> Iterator[tuple[str, Window, Stop]]:
    """Who is at which page in which window; of each kind of page `each`, over all personas. The whole house speaks `language`."""
    house.change("UPDATE people_person SET locale = ?, theme = 'system'", language)
    seen: dict[str, int] = {}
    for name in (STRANGER, *PERSONAS):
        here = open_window(size="desktop", language=language)
        start = prepare(here, name, house)
        for stop in walk(app, here.context.request, start, house.address):
            seen[stop.endpoint] = seen.get(stop.endpoint, 0) + 1
            if seen[stop.endpoint] <= each:
                yield name, here, stop
        here.context.close()


def prepare(here: Window, name: str, house: House) -> tuple[str, ...]:
    """Sign in, and do what must be done before some pages are there; returns where the walk begins."""
    if name == STRANGER:
        here.go("/forgotten")
        here.page.locator("input[name=email]").fill("bram@meridian.example")
        here.send("main form button")
        code = house.ask("SELECT code FROM learning_certificate ORDER BY id LIMIT 1")[0][0]
        return (*STREET, f"/verify/{code}", letter_link(house))
    here.sign_in(name, "/me")
    start = ("/", "/me", "/search?q=laptop")
    if name == "ada":
        here.go(f"/learn/{PRINCIPLES}")
        here.send(".thumb a, .thumb button")
        read_to_the_end(here)
        here.go(f"/learn/{PRINCIPLES}")
        here.send("form[action$='/attempts'] button")
        start += (here.page.url.removeprefix(house.address),)
    if name == "hedy":
        here.go("/hr/people")
        here.go(here.page.locator("main table th a").first.get_attribute("href") or "")
        here.press("main form label[for^=purpose]")
        here.send("main form[action$='/why'] button")
        start += (here.page.url.removeprefix(house.address), *two_certificates(here, house))
    if name == "rosa":
        here.go("/admin/import")
        file = {"name": "people.csv", "mimeType": "text/csv", "buffer": b"email,name\nolle@meridian.example,Olle\nwrong,\n"}
        here.page.locator("input[type=file]").set_input_files(file)
        here.press("main form[enctype] button")
        here.page.wait_for_selector("dl.stats")
        start += (here.page.url.removeprefix(house.address),)
    return start


def two_certificates(here: Window, house: House) -> list[str]:
    """One certificate that counts, and one that was just revoked; before them the record of somebody about whom nobody has said why."""
    here.go("/hr/certificates")
    found = [here.page.locator("main tbody tr:nth-child(3) th a").get_attribute("href") or ""]
    for row in (1, 2):
        here.go("/hr/certificates")
        here.go(here.page.locator(f"main tbody tr:nth-child({row}) td a").get_attribute("href") or "")
        if here.page.locator("form[action*='/why']").count():
            here.press("main form label[for^=purpose]")
            here.send("main form[action*='/why'] button")
        found.append(here.page.url.removeprefix(house.address))
    here.send("main a[href$='/revocation']")
    here.press("main form label[for=ground-1]")
    here.page.locator("main textarea").fill("It was meant for somebody else.")
    here.press("main form label[for=sure]")
    here.send("main form[action$='/revocation'] button[type=submit]")
    return found


def letter_link(house: House) -> str:
    """Where the newest letter with a link leads; the jobs send it in a moment."""
    for _ in range(100):
        for letter in sorted((house.folder / "mail").glob("*.eml")):
            body = message_from_bytes(letter.read_bytes(), policy=default).get_body(("plain",))
            found = re.search(rf"{re.escape(house.address)}(/password/\S+)", body.get_content() if body else "")
            if found:
                return found[1]
        time.sleep(0.1)
    raise AssertionError("no letter with a link was sent")
