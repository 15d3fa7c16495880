"""T75: every text field of every form of the house has a greatest length: one letter more is refused, and nothing is stored."""

from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup
from werkzeug.test import TestResponse

from tests.architecture.rows import members, rows
from tests.architecture.world import EMPLOYEES, MEMBERS, World
from tests.support.browser import offered

ROWS = rows()
PAGES = sorted(name for name, row in ROWS.items() if "GET" in row["methods"])
LONGEST = 64_000
"""The most that any field of the house takes: the words of a share. One letter more is too much for all of them."""
TEXTS = ("text", "email", "password", "url", "search", "hidden", "tel")


def _forms(world: World, endpoint: str) -> Iterator[tuple[str, str, dict[str, object], list[str]]]:
    """Who sends which form of a page to where: the fields as a browser would send them, and which of them are texts."""
    row, rule = ROWS[endpoint], next(world.app.url_map.iter_rules(endpoint))
    first = next(iter(row.get("things", {}).values()), row["may"])
    member = "stranger" if row["may"] == "everyone" else next(name for name in (*EMPLOYEES, *MEMBERS) if name in members(first))
    path = world.path(rule, world.thing_of(rule, row))
    answer = world.ask(member, "GET", path)
    page = BeautifulSoup(answer.text if answer.mimetype == "text/html" else "", "html.parser")
    for form in page.select("main form[method=post]"):
        fields = [field for field in form.find_all(["input", "textarea"]) if field.name == "textarea" or field.get("type", "text") in TEXTS]
        names = [str(field["name"]) for field in fields if field.get("name") not in {None, "csrf_token"}]
        values = {name: value for name, value in offered(form).items() if name != "csrf_token"}
        yield member, str(form.get("action") or path), values, names


@pytest.mark.parametrize("endpoint", PAGES)
def test_one_letter_more_than_anything_may_have_is_refused(world: World, endpoint: str):
    for member, action, values, names in _forms(world, endpoint):
        for name in names:
            answer = world.ask(member, "POST", action, data={**values, name: "x" * (LONGEST + 1)})
            assert _is_refused(answer), f"{action} takes {name}: {answer.status_code}"
            assert world.contents() == world.untouched, f"{action} keeps {name}"


def _is_refused(answer: TestResponse) -> bool:
    return 400 <= answer.status_code < 500
