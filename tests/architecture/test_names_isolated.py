"""T89: wherever a name stands for itself on a page, its direction is its own and turns nothing around it."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup, NavigableString

from tests.architecture.rows import members, rows
from tests.architecture.world import EMPLOYEES, World

ROWS = rows()
ALIEN = "شيرين 3 שרה"
"""Two directions and a digit: beside it, a number or a full stop would change sides."""
BLOCKS = {"p", "dd", "td", "li", "div", "h1", "h2", "h3"}
"""Where a name is all there is, it has no neighbours."""
OWN = ("title", "option", "textarea", "script")
"""What a browser shows apart from its surroundings, or not at all."""


@pytest.fixture(scope="module")
def alien_world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """The cast, each under a name of their own from right to left."""
    names = {name: f"{ALIEN} {number}" for number, name in enumerate(EMPLOYEES)}
    return World(Path(tmp_path_factory.mktemp("alien")), names=names)


@pytest.mark.parametrize("endpoint", sorted(name for name, row in ROWS.items() if "GET" in row["methods"]))
def test_a_name_that_stands_for_itself_is_isolated(alien_world: World, endpoint: str):
    row, rule = ROWS[endpoint], next(alien_world.app.url_map.iter_rules(endpoint))
    path = alien_world.path(rule, alien_world.thing_of(rule, row))
    for member in sorted(members(row["may"]) & set(EMPLOYEES)):
        answer = alien_world.ask(member, "GET", path)
        page = BeautifulSoup(answer.text if answer.mimetype == "text/html" else "", "html.parser")
        bare = [str(text.parent) for text in page.find_all(string=lambda text: text.strip().startswith(ALIEN)) if not _is_isolated(text)]
        assert not bare, f"{path} as {member}: {bare}"


def _is_isolated(text: NavigableString) -> bool:
    parent = text.parent
    alone = parent is not None and parent.name in BLOCKS and parent.get_text(strip=True) == text.strip()
    return alone or any(parent.name in {"bdi", *OWN} or parent.get("dir") == "auto" for parent in text.parents)
