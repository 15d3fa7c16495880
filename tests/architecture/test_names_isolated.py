"""T89: wherever a name, a title or a department stands on a page, its direction is its own and turns nothing around it.

Where it stands for itself it has an element of its own, in a sentence and in what is only read aloud a pair of U+2068 and U+2069.
"""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, NavigableString

from tests.architecture.rows import members, rows
from tests.architecture.world import EMPLOYEES, World

ROWS = rows()
RENAMED = (
    "UPDATE people_department SET name = :alien || ' D' || id",
    "UPDATE library_topic SET name = json_object('en', :alien || ' T' || id, 'nl', :alien || ' T' || id)",
    "UPDATE library_story SET content = json_set(content, '$.title.en', :alien || ' S' || id)",
    "UPDATE library_edition SET document = json_set(document, '$.title.en', :alien || ' E' || id)",
    "UPDATE insight_view SET name = :alien || ' V' || id",
)
ALIEN = "شيرين 3 שרה"
"""Two directions and a digit: beside it, a number or a full stop would change sides."""
BLOCKS = {"p", "dd", "td", "th", "li", "div", "h1", "h2", "h3"}
"""Where a name is all there is, it has no neighbours."""
OWN = ("title", "option", "textarea", "script")
"""What a browser shows apart from its surroundings, or not at all."""
TOLD = ("aria-label", "title", "alt", "placeholder")
"""What is read aloud or shown beside the pointer."""
APART = re.compile(f"\u2068[^\u2068\u2069]*{ALIEN}[^\u2068\u2069]*\u2069")


@pytest.fixture(scope="module")
def alien_world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """The cast, each under a name of their own from right to left, and whatever else people call by a name."""
    names = {name: f"{ALIEN} {number}" for number, name in enumerate(EMPLOYEES)}
    world = World(Path(tmp_path_factory.mktemp("alien")), names=names)
    with closing(sqlite3.connect(world.file)) as database, database:
        for statement in RENAMED:
            database.execute(statement, {"alien": ALIEN})
    return world


@pytest.mark.parametrize("endpoint", sorted(name for name, row in ROWS.items() if "GET" in row["methods"]))
def test_a_name_that_stands_for_itself_is_isolated(alien_world: World, endpoint: str):
    row, rule = ROWS[endpoint], next(alien_world.app.url_map.iter_rules(endpoint))
    path = alien_world.path(rule, alien_world.thing_of(rule, row))
    for member in sorted(members(row["may"]) & set(EMPLOYEES)):
        answer = alien_world.ask(member, "GET", path)
        page = BeautifulSoup(answer.text if answer.mimetype == "text/html" else "", "html.parser")
        bare = [str(text.parent) for text in page.find_all(string=lambda text: ALIEN in APART.sub("", text)) if not _is_isolated(text)]
        bare += [f"{name}: {part[name]}" for name in TOLD for part in page.find_all(attrs={name: True}) if _is_mixed(part[name])]
        assert not bare, f"{path} as {member}: {bare}"


def _is_mixed(told: str) -> bool:
    """Whether a name stands in it beside something else, and not apart from that."""
    return ALIEN in APART.sub("", told) and not told.startswith(ALIEN)


def _is_isolated(text: NavigableString) -> bool:
    return _is_all_there_is(text) or any(parent.name in {"bdi", *OWN} or parent.get("dir") == "auto" for parent in text.parents)


def _is_all_there_is(text: NavigableString) -> bool:
    around = [parent for parent in text.parents if parent.get_text(strip=True) == text.strip()]
    return any(parent.name in BLOCKS for parent in around)
