"""What holds for every request, generated over the route table: GETs that write nothing, tricks that open nothing, headers on every page."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from werkzeug.test import TestResponse

from app.core.database import Base
from tests.architecture.rows import members, rows
from tests.architecture.typable import forms_of
from tests.architecture.world import EMPLOYEES, MEMBERS, World, asks_to_sign_in, token_of
from tests.support.browser import BASE
from tests.support.parameters import parameters
from tests.support.statements import counting_statements, writes

ROWS = rows()
PAGES = sorted(name for name, row in ROWS.items() if "GET" in row["methods"])
WRITES = sorted(name for name, row in ROWS.items() if "POST" in row["methods"])
COLUMNS = sorted({column.name for table in Base.metadata.sorted_tables for column in table.columns})
APP = Path(__file__).parents[2] / "app"
KEPT = {
    "learning.lesson": "private, no-cache",
    "library.story": "private, no-cache",
    "library.picture": "private, max-age=3600",
    "learning.media": "private, max-age=31536000, immutable",
}
"""What a browser may keep while somebody is signed in, and how (docs/decisions/0011): what is the same for everybody who may see it."""
ASKED_BY = {"people.sign_in": "stranger"}
"""Whoever has signed in already is led on, whatever the form says."""
CANARY = '"\'><i data-canary="1">{{7*7}}</i>'


def _path(world: World, endpoint: str) -> str:
    rule = next(world.app.url_map.iter_rules(endpoint))
    return world.path(rule, world.thing_of(rule, ROWS[endpoint]))


def _one_let_in(endpoint: str) -> str:
    row = ROWS[endpoint]
    first = next(iter(row.get("things", {}).values()), row["may"])
    return next(name for name in (*EMPLOYEES, *MEMBERS) if name in members(first))


@pytest.mark.parametrize("endpoint", PAGES)
def test_a_get_writes_nothing(world: World, endpoint: str):
    for member in sorted({"stranger", _one_let_in(endpoint)}):
        with counting_statements() as sent:
            world.ask(member, "GET", _path(world, endpoint))
        assert not writes(sent), f"{member}: {writes(sent)}"


@pytest.mark.parametrize("endpoint", PAGES)
def test_head_decides_like_get_and_says_nothing(world: World, endpoint: str):
    """T24."""
    for member in ("stranger", "mallory", _one_let_in(endpoint)):
        get, head = (world.ask(member, method, _path(world, endpoint)) for method in ("GET", "HEAD"))
        assert head.status_code == get.status_code
        assert head.data == b""


@pytest.mark.parametrize("endpoint", sorted(name for name, row in ROWS.items() if row["may"] != "everyone"))
def test_no_spelling_of_a_path_opens_a_door(world: World, endpoint: str):
    """T24: doubled slashes, encoded dots, path parameters, trailing slashes, capitals and method overrides.

    For a stranger, and for somebody who is signed in and may not: whatever the spelling, the decision is that of the plain address.
    """
    path = _path(world, endpoint)
    spellings = [path, f"/{path}", path.replace("/", "//"), f"{path}/", f"{path};x=1", f"{path}%2e", f"/%2e{path}", f"/x/%2e%2e{path}"]
    spellings += [f"/x/..{path}", f"{path}%00", f"{path}?_method=GET", path.upper(), f"{path}.json", f"{path}%20"]
    overrides = dict.fromkeys(("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"), "GET")
    elsewhere = {"X-Original-URL": path, "X-Rewrite-URL": path, "X-Forwarded-Prefix": path, "X-Forwarded-Uri": path}
    for member in ("stranger", *_one_kept_out(endpoint)):
        for method in {*ROWS[endpoint]["methods"], "HEAD"}:
            for spelling in spellings:
                for trick in ({}, overrides, elsewhere):
                    answer = world.ask(
                        member, method, f"{BASE}{spelling}", headers=trick
                    )  # in full, since two slashes alone begin the name of a host
                    _assert_kept_out(world, answer, member, method, spelling)
    assert world.contents() == world.untouched


def _one_kept_out(endpoint: str) -> list[str]:
    """Somebody who works here and may not: at the door, or when it is about this thing. Some doors let in everybody who works here."""
    row = ROWS[endpoint]
    let_in = members(next(iter(row.get("things", {}).values()), row["may"])) & members(row["may"])
    return [name for name in ("mallory", "ada", *EMPLOYEES) if name not in let_in][:1]


def _assert_kept_out(world: World, answer: TestResponse, member: str, method: str, spelling: str) -> None:
    what = f"{method} {spelling} as {member}: {answer.status_code}"
    if answer.status_code == 308:
        answer = world.ask(member, method, f"{BASE}{urlsplit(answer.headers['Location']).path}")
    if member == "stranger":
        assert asks_to_sign_in(answer) or answer.status_code in {404, 405}, what
    else:
        assert answer.status_code in {404, 405}, what


@pytest.mark.parametrize("endpoint", WRITES)
def test_a_write_needs_our_token_our_origin_and_a_form(world: World, endpoint: str):
    """T65: without token, from a foreign origin, as text/plain, by GET: refused, and nothing changed."""
    path, member = _path(world, endpoint), _one_let_in(endpoint)
    client = world.client(member)
    assert client.post(path, base_url=BASE).status_code in {400, 413}
    assert client.post(path, base_url=BASE, data={"csrf_token": "forged"}).status_code == 400
    assert client.post(path, base_url=BASE, data='{"a": 1}', content_type="text/plain").status_code == 400
    assert client.post(path, base_url=BASE, json={"a": 1}).status_code == 400
    for headers in ({"Origin": "https://evil.example"}, {"Origin": "null"}, {"Origin": f"{BASE}.evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        assert world.ask(member, "POST", path, headers=headers).status_code == 400, headers
    stolen = world.client("rosa" if member != "rosa" else "ada")
    assert client.post(path, base_url=BASE, data={"csrf_token": token_of(world.app, stolen)}).status_code == 400
    for method in ("PUT", "PATCH", "DELETE", *(["GET", "HEAD"] if "GET" not in ROWS[endpoint]["methods"] else [])):
        assert client.open(path, method=method, base_url=BASE).status_code in {400, 404, 405}, method
    assert world.contents() == world.untouched


@pytest.mark.parametrize("endpoint", WRITES)
def test_a_form_with_an_old_proof_is_shown_again_and_does_nothing(world: World, endpoint: str):
    """T65: as a browser sends it, from a page of ours, with every field of the form."""
    path, member = _path(world, endpoint), _one_let_in(endpoint)
    page = BeautifulSoup(world.ask(member, "GET", path).text, "html.parser")
    fields = {str(field["name"]): "x" for field in page.find_all(["input", "textarea", "select"], attrs={"name": True})}
    headers = {"Accept": "text/html", "Referer": f"{BASE}/me"}
    answer = world.ask(member, "POST", path, data={**fields, "csrf_token": "of-another-session"}, headers=headers)
    leads_back = "GET" not in ROWS[endpoint]["methods"] and member != "stranger" and endpoint not in world.app.extensions["typed"]
    assert (answer.status_code, answer.headers.get("Location")) == ((303, "/me") if leads_back else (400, None))
    assert world.contents() == world.untouched


@pytest.mark.parametrize("endpoint", WRITES)
def test_a_write_takes_no_field_that_its_form_does_not_have(world: World, endpoint: str):
    """T21: columns beside what the form offers, in every write of the house: 422, and nothing changed.

    The four that would do most go to every write, and every column of every table to one or another.
    """
    path, member = _path(world, endpoint), ASKED_BY.get(endpoint) or _one_let_in(endpoint)
    known = {field.name for form in forms_of(world, member, path) for field in form}
    turn = {*COLUMNS[WRITES.index(endpoint) :: len(WRITES)]} - known
    for column in sorted(turn | {"password_hash", "state", "person_id", "session_epoch"}):
        answer = world.ask(member, "POST", path, data={column: "1"})
        assert answer.status_code == 422, f"{column}: {answer.status_code}"
    assert world.contents() == world.untouched


@pytest.mark.parametrize("endpoint", PAGES)
def test_every_page_carries_its_guards(world: World, endpoint: str):
    """T13, T14, T51: a fresh nonce, no inline script or style, no framing; a browser stores what decision 0011 names, and nothing else."""
    member, path = _one_let_in(endpoint), _path(world, endpoint)
    first, second = world.ask(member, "GET", path), world.ask(member, "GET", path)
    assert first.headers["X-Content-Type-Options"] == "nosniff"
    if member != "stranger" and ROWS[endpoint]["may"] != "everyone":
        assert second.headers["Cache-Control"] == KEPT.get(endpoint, "no-store")
        assert ("ETag" in second.headers) == (endpoint in KEPT)
        assert "Cookie" in second.headers["Vary"]
    if first.mimetype != "text/html":
        return
    policies = [answer.headers["Content-Security-Policy"] for answer in (first, second)]
    assert policies[0] != policies[1], "the nonce is used twice"
    for part in ("default-src 'none'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "style-src 'self';"):
        assert part in policies[0]
    assert "unsafe" not in policies[0]
    assert " " not in str(re.findall(r"script-src 'self' ('nonce-[\w-]{20,}');", policies[0])[0])


@pytest.mark.parametrize("endpoint", PAGES)
def test_what_an_address_says_is_never_markup(world: World, endpoint: str):
    """T50, T52: a canary in every parameter that any page reads, and in the path."""
    member, path = _one_let_in(endpoint), _path(world, endpoint)
    query = dict.fromkeys(parameters(), CANARY)
    for answer in (world.ask(member, "GET", path, query_string=query), world.ask(member, "GET", f"{path}/{CANARY}")):
        assert answer.status_code < 500, answer.status_code
        if answer.mimetype == "text/html":
            _assert_inert(answer.text)


@pytest.mark.parametrize("endpoint", WRITES)
def test_what_a_form_says_is_never_markup(world: World, endpoint: str):
    """T50, T52: a canary in every field of every form comes back as text or not at all, and never as an error of ours."""
    member, path = _one_let_in(endpoint), _path(world, endpoint)
    fields = {"csrf_token"}
    if "GET" in ROWS[endpoint]["methods"]:
        page = BeautifulSoup(world.ask(member, "GET", path).text, "html.parser")
        fields |= {str(field["name"]) for field in page.find_all(["input", "textarea", "select"], attrs={"name": True})}
    answer = world.ask(member, "POST", path, data=dict.fromkeys(fields - {"csrf_token"}, CANARY))
    assert answer.status_code < 500, answer.status_code
    _assert_inert(answer.text)


def _assert_inert(text: str) -> None:
    assert not BeautifulSoup(text, "html.parser").find_all(attrs={"data-canary": True}), "a canary became markup"
    assert ">49<" not in text
