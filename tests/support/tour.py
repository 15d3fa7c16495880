"""A tour of every kind of page: each of the cast in turn, and a stranger first, walks wherever links lead."""

import re
import time
from collections.abc import Callable, Iterator
from email import message_from_bytes
from email.policy import default

from flask import Flask

from tests.support.demo import House
from tests.support.pen import Pen
from tests.support.walk import Stop, reading, walk
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
        for stop in walk(app, reading(here.context.request), start, house.address):
            seen[stop.endpoint] = seen.get(stop.endpoint, 0) + 1
            if seen[stop.endpoint] <= each:
                yield name, here, stop
        here.context.close()


def prepare(here: Window, name: str, house: House) -> tuple[str, ...]:
    """Sign in, and do what must be done before some pages are there; returns where the walk begins."""
    pen = Pen(here.context.request, house.address)
    if name != STRANGER:
        pen.sign_in(name)
    return beginnings(pen, name, house)


def beginnings(pen: Pen, name: str, house: House) -> tuple[str, ...]:
    """Do what must be done before some pages are there; returns where the walk of whoever is signed in begins."""
    if name == STRANGER:
        pen.send("/forgotten", "/forgotten", email="bram@meridian.example")
        code = house.ask("SELECT code FROM learning_certificate ORDER BY id LIMIT 1")[0][0]
        return (*STREET, f"/verify/{code}", letter_link(house))
    start: tuple[str, ...] = ("/", "/me", "/search?q=laptop")
    if name == "ada":
        start += (begin_quiz(pen, PRINCIPLES),)
    if name == "hedy":
        first = pen.read("/hr/people").select_one("main table th a")
        assert first is not None, "HR's list names nobody"
        pen.send("/hr/completion/views/new", "/views/new", name="Everybody, everywhere")
        start += (said_why(pen, str(first["href"])), *two_certificates(pen))
    if name == "rosa":
        start += (bring(pen, "people.csv", b"email,name\nolle@meridian.example,Olle\nwrong,\n"),)
    return start


def said_why(pen: Pen, path: str) -> str:
    """Where a page about a person is, once HR has said why it looks."""
    place = pen.follow(path)
    return pen.inside(pen.send(place, "/why", purpose="question")) if "/why" in place else place


def two_certificates(pen: Pen, reason: str = "It was meant for somebody else.") -> tuple[str, ...]:
    """One certificate that counts, and one that was just revoked; before them the record of somebody about whom nobody has said why."""
    page = pen.read("/hr/certificates")
    asked = str(page.select("main tbody tr:nth-child(3) th a")[0]["href"])
    first, second = (said_why(pen, str(page.select(f"main tbody tr:nth-child({row}) td a")[0]["href"])) for row in (1, 2))
    form = pen.read(f"{second}/revocation")
    ground, sure = (form.select(f"main [name={name}]")[0]["value"] for name in ("ground", "sure"))
    pen.send(f"{second}/revocation", "/revocation", ground=ground, sure=sure, reason=reason)
    return asked, first, second


def begin_quiz(pen: Pen, slug: str) -> str:
    """Read every lesson of a course to the end, and begin its quiz; returns where the first question stands."""
    course = f"/learn/{slug}"
    if pen.read(course).find("form", action=f"{course}/enrolments"):
        pen.send(course, "/enrolments")
    for lesson in pen.read(course).select(f"a[href^='{course}/']"):
        pen.send(str(lesson["href"]), "/done")
    return pen.inside(pen.send(course, "/attempts"))


def bring(pen: Pen, name: str, content: bytes) -> str:
    """Bring a file of people, and wait until the jobs have tried its rows; returns where the outcome stands."""
    file = {"name": name, "mimeType": "text/csv", "buffer": content}
    place = pen.inside(pen.send("/admin/import", "/admin/import", files={"file": file}))
    pen.wait_for(place, "dl.stats")
    return place


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
