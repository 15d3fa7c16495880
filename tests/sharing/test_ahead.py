"""The layer ahead of Flask answers a short link as the route behind it does: status by status, header by header, byte by byte."""

import re
from contextvars import Context
from functools import partial
from io import BytesIO
from typing import Any, NamedTuple

import pytest
from flask import Flask
from sqlalchemy import update
from structlog.contextvars import merge_contextvars
from structlog.testing import capture_logs

from app.core.ids import new_code
from app.factory import create_app
from app.sharing.adapters.journal import journals as names_of
from app.sharing.models import Link
from app.sharing.queries import destinations
from app.sharing.views.ahead import Ahead
from app.web.database import unit_of_work
from app.web.headers import headers_of_all
from config import Settings
from tests.factories.sharing import TARGET, a_bare_story, a_link
from tests.sharing.conftest import statements

PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari/604.1"
BRACKETS = "https://www.meridian.example/a%20b/%C3%A9?tag[]=1+2&r=https%3A%2F%2Fe.example#"
_NONCE = re.compile(r"nonce-[\w-]+|nonce=\"[\w-]+\"")


class Answer(NamedTuple):
    """What a server would send."""

    status: str
    headers: list[tuple[str, str]]
    body: bytes


@pytest.fixture
def shared(session, cast):
    """Makes a link of a story."""
    return partial(a_link, session, story=a_bare_story(session, by=cast.grace))


@pytest.fixture
def link(shared):
    return shared()


@pytest.fixture
def known(app, link):
    """The path of a link that this process knows."""
    app.extensions["doorway"].destinations.ask(link.code)
    return f"/s/{link.code}"


def asked(path: str, method: str = "GET", query: str = "", **more: Any) -> dict[str, Any]:
    """A request as a server hands it over; None takes something away."""
    environ = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "198.51.100.7",
        "HTTP_HOST": "socii.test",
        "HTTP_USER_AGENT": PHONE,
        "HTTP_X_REQUEST_ID": "11111111-1111",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        "wsgi.errors": BytesIO(),
        **more,
    }
    return {name: value for name, value in environ.items() if value is not None}


def answer(wsgi: Any, environ: dict[str, Any]) -> Answer:
    """What `wsgi` answers, in a context of its own, as a server's thread would give it."""
    told: list[Any] = []
    parts = Context().run(wsgi, environ, lambda status, headers, *_: told.extend((status, headers)))
    body = b"".join(parts)
    getattr(parts, "close", lambda: None)()
    return Answer(told[0], told[1], body)


def route(app: Flask, environ: dict[str, Any]) -> Answer:
    """What Flask answers when nothing stands before it."""
    return answer(lambda *request: Flask.wsgi_app(app, *request), environ)


def nobody(*_request: Any) -> Any:
    raise AssertionError("this was for the layer to answer")


def layer(app: Flask, behind: Any = nobody, *, https: bool = False) -> Ahead:
    """The layer with nothing behind it."""
    return Ahead(behind, lambda: app.extensions["doorway"], hosts=["socii.test"], always=headers_of_all(https=https))


def is_passed_on(app: Flask, environ: dict[str, Any]) -> bool:
    """Whether the layer leaves a request to what stands behind it."""
    passed: list[Any] = []

    def behind(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        passed.append(environ)
        start_response("200 OK", [])
        return []

    answer(layer(app, behind), environ)
    return passed == [environ]


def lines(folder) -> list[bytes]:
    """Every line of the journals."""
    return [line for name in names_of(folder) for line in (folder / f"{name}.log").read_bytes().split(b"\n") if line]


def unsigned(found: Answer) -> Answer:
    """An answer without its nonce, which is another one each time."""
    headers = [(name, _NONCE.sub("", value)) for name, value in found.headers]
    return Answer(found.status, headers, _NONCE.sub("", found.body.decode()).encode())


READERS = {
    "plain": {},
    "head": {"method": "HEAD"},
    "another target asked for (T61)": {"query": "url=https://evil.example&next=//evil.example&utm_source=me"},
    "robot": {"HTTP_USER_AGENT": "Mozilla/5.0 (compatible; Bluesky Cardyb/1.1)"},
    "nameless": {"HTTP_USER_AGENT": None},
    "not to be followed": {"HTTP_SEC_GPC": "1", "HTTP_REFERER": "https://www.linkedin.com/feed/"},
    "not to be tracked": {"HTTP_DNT": "1"},
    "from a site": {"HTTP_REFERER": "https://www.linkedin.com/feed/?me=ada"},
    "from nonsense": {"HTTP_REFERER": "https://[broken/"},
    "fetched ahead": {"HTTP_SEC_PURPOSE": "prefetch;prerender"},
    "signed in": {"HTTP_COOKIE": "socii=x; other=y"},
    "says it is elsewhere (T6)": {"HTTP_X_FORWARDED_FOR": "203.0.113.9", "HTTP_X_FORWARDED_HOST": "evil.example"},
    "wants a fragment": {"HTTP_HX_REQUEST": "true", "HTTP_ACCEPT": "application/json"},
    "an unbelievable agent": {"HTTP_USER_AGENT": "Mozilla/5.0 " + "x" * 5000},
}


@pytest.mark.parametrize("asking", READERS.values(), ids=READERS)
@pytest.mark.parametrize("target", [TARGET, BRACKETS])
def test_what_the_layer_answers_is_what_the_route_answers_and_notes(app, shared, journals, target, asking):
    """SPEED §3.1, T61, P14: the answer and the journal's line, in every byte."""
    code = shared(target=target).code
    app.extensions["doorway"].destinations.ask(code)
    flask = route(app, asked(f"/s/{code}", **asking))
    after_flask = lines(journals)
    ahead = answer(layer(app), asked(f"/s/{code}", **asking))
    after_both = lines(journals)
    assert ahead == flask
    assert ahead.status == "302 FOUND"
    assert dict(ahead.headers)["Location"] == target
    assert after_both == after_flask * 2
    assert {name for name, _ in ahead.headers}.isdisjoint({"Set-Cookie", "Vary", "Content-Type"})


def test_over_https_both_ask_never_to_come_back_without_it(tmp_path):
    secure = create_app(Settings(mode="test", secret="s" * 40, base_url="https://socii.test", instance=str(tmp_path)))
    code = new_code()
    secure.extensions["doorway"].destinations._remember(code, destinations.Destination(1, TARGET))
    ahead = answer(layer(secure, https=True), asked(f"/s/{code}"))
    assert ahead == route(secure, asked(f"/s/{code}")) == answer(secure.wsgi_app, asked(f"/s/{code}"))
    assert "Strict-Transport-Security" in dict(ahead.headers)


@pytest.mark.parametrize("given", [None, "short", "with spaces in it", "line\nend-1234567", "x" * 65])
def test_an_id_that_is_not_plain_is_not_carried_on(app, known, given):
    ahead = dict(answer(layer(app), asked(known, HTTP_X_REQUEST_ID=given)).headers)["X-Request-Id"]
    assert re.fullmatch(r"[0-9a-f]{32}", ahead)


ODD = {
    "posted": {"method": "POST"},
    "options": {"method": "OPTIONS"},
    "small letters": {"method": "get"},
    "foreign host (T3)": {"HTTP_HOST": "evil.example"},
    "our host as a part (T3)": {"HTTP_HOST": "socii.test.evil.example"},
    "two hosts (T3)": {"HTTP_HOST": "socii.test, evil.example"},
    "host with a port": {"HTTP_HOST": "socii.test:80"},
    "host in capitals": {"HTTP_HOST": "SOCII.TEST"},
    "host with a user (T3)": {"HTTP_HOST": "socii.test@evil.example"},
    "no host": {"HTTP_HOST": None},
    "empty host": {"HTTP_HOST": ""},
    "elsewhere in a server": {"SCRIPT_NAME": "/app"},
    "too long": {"query": "x" * 5000},
    "long": {"query": "x" * 1500},
}


@pytest.mark.parametrize("asking", ODD.values(), ids=ODD)
def test_what_is_odd_about_a_request_is_left_to_the_route(app, known, asking):
    """T3."""
    assert is_passed_on(app, asked(known, **asking))
    assert unsigned(answer(app.wsgi_app, asked(known, **asking))) == unsigned(route(app, asked(known, **asking)))


@pytest.mark.parametrize(
    "spelling",
    ["/s/{}/", "//s/{}", "/s//{}", "/S/{}", "/s/{};x", "/s/{}/..", "/s/../s/{}", "/./s/{}", "/s/{} ", "/s/ {}", "/s/{}\x00", "/s/%41{}", "/s/"],
)
def test_another_spelling_of_the_path_is_left_to_the_route(app, link, known, spelling):
    """T24: an address has one spelling."""
    path = spelling.format(link.code)
    assert is_passed_on(app, asked(path))
    assert unsigned(answer(app.wsgi_app, asked(path))) == unsigned(route(app, asked(path)))


def test_what_is_not_known_or_known_for_too_long_is_asked_by_the_route(app, link, monkeypatch):
    doorway, path = app.extensions["doorway"], f"/s/{link.code}"
    for _ in range(2):
        with statements() as sent:
            assert answer(app.wsgi_app, asked(path)).status == "302 FOUND"
        assert len(sent) == 1
        later = doorway.destinations._clock() + destinations.GOOD_SECONDS + 0.1
        monkeypatch.setattr(doorway.destinations, "_clock", lambda later=later: later)


def test_closed_and_unknown_codes_get_the_routes_page(app, session, link, known):
    """T64."""
    with unit_of_work() as work:
        work.execute(update(Link).where(Link.id == link.id).values(state="recalled"))
    app.extensions["doorway"].destinations.ask(link.code)
    for path in (known, f"/s/{new_code()}", "/s/x"):
        there = answer(app.wsgi_app, asked(path))
        assert there.status == "200 OK"
        assert unsigned(there) == unsigned(route(app, asked(path)))


def test_a_full_disk_costs_the_click_and_not_the_reader_and_is_written_down_with_the_requests_id(app, known, monkeypatch):
    """F5."""
    monkeypatch.setattr("os.write", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    told = []
    for wsgi in (layer(app), lambda *request: Flask.wsgi_app(app, *request)):
        with capture_logs(processors=[merge_contextvars]) as logs:
            assert answer(wsgi, asked(known)).status == "302 FOUND"
        told.append(logs)
    assert told[0] == told[1]
    assert told[0][0]["request"] == "11111111-1111"


def test_the_click_is_on_paper_before_the_answer_begins(app, known, journals):
    """SPEED §3.1."""
    seen: list[int] = []
    layer(app)(asked(known), lambda *_: seen.append(len(lines(journals))))
    assert seen == [1]
