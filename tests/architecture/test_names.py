"""T46, T49: people and departments with hostile names do no harm on any page of anybody."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.architecture.rows import members, rows
from tests.architecture.world import EMPLOYEES, World
from tests.support.polyglots import BREAKOUT, POLYGLOTS

ROWS = rows()


@pytest.fixture(scope="module")
def hostile_world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """The cast under names that try to become markup."""
    names = {member: f"{polyglot} {BREAKOUT}" for member, polyglot in zip((*EMPLOYEES, "leaver", "department"), POLYGLOTS, strict=False)}
    return World(Path(tmp_path_factory.mktemp("hostile")), names=names)


@pytest.mark.parametrize("endpoint", sorted(name for name, row in ROWS.items() if "GET" in row["methods"]))
def test_a_hostile_name_stays_text_on_every_page(hostile_world: World, endpoint: str):
    row, rule = ROWS[endpoint], next(hostile_world.app.url_map.iter_rules(endpoint))
    path = hostile_world.path(rule, hostile_world.thing_of(rule, row))
    for member in sorted(members(row["may"]) & set(EMPLOYEES)):
        answer = hostile_world.ask(member, "GET", path)
        assert answer.status_code < 500
        found = BeautifulSoup(answer.text, "html.parser").find_all(attrs={"data-canary": True}) if answer.mimetype == "text/html" else []
        assert not found, f"{path} as {member}: {found}"
