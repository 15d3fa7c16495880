"""Walks through the application as people do: from page to page by the links on them, until nothing new appears."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin, urlsplit

from bs4 import BeautifulSoup
from flask import Flask
from playwright.sync_api import APIRequestContext
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

EACH = 2
"""How many pages of one kind are opened: the second may hold what the first lacks."""


@dataclass(frozen=True)
class Stop:
    """A page that was reached: its address, and what kind of page it is."""

    path: str
    endpoint: str


def walk(app: Flask, ask: APIRequestContext, start: tuple[str, ...], address: str) -> Iterator[Stop]:
    """Every kind of page that links reach from `start`, each a few times; an answer that is no page is left out."""
    kinds, seen, waiting = app.url_map.bind(urlsplit(address).netloc), set(start), deque(start)
    count: dict[str, int] = {}
    while waiting:
        path = waiting.popleft()
        endpoint = _endpoint(kinds, path)
        if endpoint is None or count.get(endpoint, 0) >= EACH:
            continue
        answer = ask.get(path)
        assert answer.status < 400, f"a link leads to {path}, which answers {answer.status}"
        landed = urlsplit(answer.url)._replace(scheme="", netloc="").geturl()
        endpoint = _endpoint(kinds, landed) or endpoint
        if "text/html" not in answer.headers.get("content-type", "") or count.get(endpoint, 0) >= EACH:
            continue
        count[endpoint] = count.get(endpoint, 0) + 1
        yield Stop(landed, endpoint)
        page = BeautifulSoup(answer.text(), "html.parser")
        for link in page.find_all("a", href=True):
            found = urldefrag(urljoin(answer.url, str(link["href"])))[0]
            if found.startswith(address) and (inside := found.removeprefix(address)) not in seen:
                seen.add(inside)
                waiting.append(inside)


def _endpoint(kinds: object, path: str) -> str | None:
    try:
        return str(kinds.match(urlsplit(path).path, method="GET")[0])
    except (HTTPException, RequestRedirect):
        return None
