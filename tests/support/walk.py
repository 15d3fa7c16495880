"""Walks through the application as people do: from page to page by the links on them, until nothing new appears."""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin, urlsplit

from bs4 import BeautifulSoup
from flask import Flask
from playwright.sync_api import APIRequestContext, APIResponse
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

EACH = 2
"""How many pages of one kind are opened: the second may hold what the first lacks."""


@dataclass(frozen=True)
class Stop:
    """A page that was reached: its address, what kind of page it is, and what the link named that led to it (another kind, where that one leads on)."""

    path: str
    endpoint: str
    by: str


@dataclass(frozen=True)
class Answer:
    """What an address answers: where it led, and the links on the page (None where it is no page)."""

    url: str
    links: tuple[str, ...] | None


Read = Callable[[str], Answer]


def reading(ask: APIRequestContext) -> Read:
    """Read pages without drawing them."""
    return lambda path: links_on(ask.get(path), path)


def links_on(answer: APIResponse, path: str) -> Answer:
    """What an answer says, without drawing it."""
    assert answer.status < 400, f"a link leads to {path}, which answers {answer.status}"
    if "text/html" not in answer.headers.get("content-type", ""):
        return Answer(answer.url, None)
    page = BeautifulSoup(answer.text(), "html.parser")
    return Answer(answer.url, tuple(urljoin(answer.url, str(link["href"])) for link in page.find_all("a", href=True)))


def walk(app: Flask, read: Read, start: tuple[str, ...], address: str, *, each: int = EACH) -> Iterator[Stop]:
    """Every kind of page that links reach from `start`, `each` so often; an answer that is no page is left out."""
    kind_of, seen, waiting = endpoint_of(app, address), set(start), deque(start)
    count: dict[str, int] = {}
    while waiting:
        path = waiting.popleft()
        by = kind_of(path)
        if by is None or count.get(by, 0) >= each:
            continue
        answer = read(path)
        landed = urlsplit(answer.url)._replace(scheme="", netloc="").geturl()
        endpoint = kind_of(landed) or by
        if answer.links is None or count.get(endpoint, 0) >= each:
            continue
        count[endpoint] = count.get(endpoint, 0) + 1
        yield Stop(landed, endpoint, by)
        for link in answer.links:
            found = urldefrag(link)[0]
            if found.startswith(address) and (inside := found.removeprefix(address)) not in seen:
                seen.add(inside)
                waiting.append(inside)


def endpoint_of(app: Flask, address: str) -> Callable[[str], str | None]:
    """Tells which kind of page a path names, None if it names none."""
    kinds = app.url_map.bind(urlsplit(address).netloc)

    def find(path: str) -> str | None:
        try:
            return str(kinds.match(urlsplit(path).path, method="GET")[0])
        except (HTTPException, RequestRedirect):
            return None

    return find
