"""The pages that are measured, as the readers of the seeded organisation open them."""

from collections.abc import Callable, Sequence
from contextvars import Context
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import urlencode

from bs4 import BeautifulSoup
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from flask.testing import FlaskClient
from sqlalchemy import select

from app.core.ids import new_code
from app.library.models import Story
from app.sharing.models import Link
from app.web.database import db
from bench.seed import TAKERS
from tests.support.browser import offered

HOST: Final = "socii.bench"
BASE: Final = f"https://{HOST}"
COURSE: Final = "social-media-principles"


@dataclass(frozen=True)
class Page:
    """One thing to measure: a path and a body per reader, told apart by their cookie."""

    title: str
    floor: str
    cookies: Sequence[str]
    path: Callable[[str], str]
    method: str = "GET"
    status: int = 200
    connections: int = 16
    body: Callable[[str], bytes] = field(default=lambda _cookie: b"")
    host: str = HOST


def pages(app: Flask, tokens: Sequence[str]) -> list[Page]:
    """The plan; opens a quiz for every reader on the way."""
    sign = SecureCookieSessionInterface().get_signing_serializer(app)
    assert sign is not None  # there is a secret
    name = app.config["SESSION_COOKIE_NAME"]
    cookies = [f"{name}={sign.dumps({'_user_id': token, '_fresh': True, 'csrf_token': 'bench'})}" for token in tokens]
    hr, readers = cookies[:1], cookies[1:]
    lesson = _first_lesson(app, readers[0])
    quizzes = {cookie: _open_quiz(app, cookie) for cookie in readers[: TAKERS - 1]}
    takers = list(quizzes)
    return [
        Page("home", ">= 315", readers, lambda _: "/"),
        Page("catalogue", "", readers, lambda _: "/learn/"),
        Page("course", ">= 450, p99 <= 100", readers, lambda _: f"/learn/{COURSE}"),
        Page("lesson", "", readers, lambda _: lesson),
        Page("quiz page", ">= 300", takers, lambda cookie: quizzes[cookie][0]),
        Page("quiz answer", ">= 150, p99 <= 300", takers, lambda cookie: quizzes[cookie][0], "POST", 303, body=lambda cookie: quizzes[cookie][1]),
        Page("library", "", readers, lambda _: "/library/"),
        Page("composer", "", readers, lambda _: "/share/story-0?network=linkedin"),
        Page("completion report", ">= 70 at 4 connections", hr, lambda _: "/hr/completion", connections=4),
        Page("completion month by month", "", hr, lambda _: "/hr/completion/trend", connections=4),
        Page("people", "", hr, lambda _: "/hr/people", connections=4),
        Page("who is late", "", hr, lambda _: "/hr/people?status=overdue", connections=4),
        Page("people by name", "", hr, lambda _: "/hr/people?q=ja", connections=4),
        Page("what lapses", "", hr, lambda _: "/hr/lapsing", connections=4),
        Page("directory by name", "", hr, lambda _: "/admin/people?q=jan", connections=4),
        Page("redirect", ">= 60 % of bare WSGI", [""], a_link(), status=302),
    ]


def _client(app: Flask, cookie: str) -> Callable[..., Any]:
    client: FlaskClient = app.test_client(use_cookies=False)

    def ask(path: str, method: str = "GET", **more: Any) -> Any:
        # In a context of its own, as a server would: otherwise all readers are taken for the first.
        return Context().run(client.open, path, method=method, base_url=BASE, headers={"Cookie": cookie}, **more)

    return ask


def _first_lesson(app: Flask, cookie: str) -> str:
    page = BeautifulSoup(_client(app, cookie)(f"/learn/{COURSE}").text, "html.parser")
    links = [str(link["href"]) for link in page.find_all("a", href=True)]
    return next(link for link in links if link.startswith(f"/learn/{COURSE}/") and "attempts" not in link)


def _open_quiz(app: Flask, cookie: str) -> tuple[str, bytes]:
    """Start an attempt and read its first question; returns the question's address and an answer to it."""
    ask, token = _client(app, cookie), a_token(app, cookie)
    begun = ask(f"/learn/{COURSE}/attempts", "POST", data={"csrf_token": token})
    path = str(begun.headers["Location"])
    path = path if path.rsplit("/", 1)[-1].isdigit() else f"{path}/1"
    form = next(one for one in BeautifulSoup(ask(path).text, "html.parser").find_all("form") if one.find("input", type=["radio", "checkbox"]))
    choice = form.find("input", type=["radio", "checkbox"])
    assert choice is not None  # a question has options
    return path, urlencode({**offered(form), str(choice["name"]): str(choice["value"])}, doseq=True).encode()


def a_token(app: Flask, cookie: str) -> str:
    """The proof that a form of this reader's carries."""
    page = BeautifulSoup(_client(app, cookie)("/me/settings").text, "html.parser")
    found = page.find("input", attrs={"name": "csrf_token"})
    assert found is not None  # the page has a form
    return str(found["value"])


def a_link() -> Callable[[str], str]:
    """A link of some story; gives its path."""
    story, code = db.session.scalars(select(Story.id).limit(1)).one(), new_code()
    db.session.add(
        Link(code=code, story_id=story, network="linkedin", target="https://www.meridian.example/", created_at=datetime(2026, 1, 5, tzinfo=UTC))
    )
    db.session.commit()
    return lambda _: f"/s/{code}"
