"""T15: the access matrix, generated from the route table: every route × every member of the cast × whose thing it names.

A row of `access/<room>.json` says `may` (who gets past the door), `things` (whose things there are and who may open each) and, where it
is not 404, `absent` (the status for what does not exist). For everybody else a thing looks, byte for byte, as if it did not exist.
`make routes` brings the rows in line with the code.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

import pytest
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.architecture.rows import facts, members, rows
from tests.architecture.world import MEMBERS, STRANGERS, World, absent, asks_to_sign_in, settled

ROWS = rows()
NOT_IN = {401, 403, 404, 405}


def test_every_route_has_a_row_that_says_what_the_code_says(world: World):
    found = facts(world.app)
    assert set(found) == set(ROWS), "the route list is out of date: run `make routes` and read the difference"
    wrong = [name for name, row in ROWS.items() if {key: row[key] for key in found[name]} != found[name]]
    assert not wrong, f"{wrong}: address, methods or policy changed: run `make routes` and read the difference"


def test_every_route_has_a_policy(world: World):
    without = [name for name, fact in facts(world.app).items() if fact["policy"] is None]
    assert not without


def test_every_route_with_a_variable_names_a_thing():
    """T15: a route that names things is proved with at least one; see `objects/`."""
    without = [name for name, row in ROWS.items() if "<" in row["rule"] and not row.get("things")]
    assert not without, f"{without}: name a thing in access/<room>.json and make it in objects/<room>.py"


@pytest.mark.parametrize("endpoint", sorted(ROWS))
def test_the_door_opens_for_whom_the_row_says_and_for_nobody_else(world: World, endpoint: str):
    """T15, T20: whoever is not named is asked to sign in (a stranger) or sees what does not exist (an employee)."""
    rule, row = _rule(world, endpoint), ROWS[endpoint]
    let_in = members(row["may"])
    values = world.thing_of(rule, row)
    for method in row["methods"]:
        for member in (name for name in MEMBERS if name not in let_in):
            answer = world.ask(member, method, world.path(rule, values))
            _assert_shut(answer, member, f"{method} {endpoint} as {member}")
        assert world.contents() == world.untouched, f"{method} {endpoint} changed something for somebody who may not open it"
        if "<" in rule.rule:
            continue
        for member in sorted(let_in):
            answer = world.ask(member, method, rule.rule)
            _assert_open(answer, f"{method} {endpoint} as {member}", row)
            if method == "POST":
                world.reset()


@pytest.mark.parametrize("endpoint", sorted(name for name, row in ROWS.items() if "<" in row["rule"]))
def test_what_does_not_exist_is_absent_for_everybody(world: World, endpoint: str):
    """T15: unknown, 0, −1 and nothing at all."""
    rule, row = _rule(world, endpoint), ROWS[endpoint]
    wanted = {row.get("absent", 404), 404}
    for method in row["methods"]:
        for member in sorted(members(row["may"])):
            for values in _absences(world, rule, row):
                if _leads_elsewhere(world, rule, world.path(rule, values)):
                    continue
                answer = world.ask(member, method, world.path(rule, values))
                assert answer.status_code in wanted, f"{method} {world.path(rule, values)} as {member}: {answer.status_code}, wanted {wanted}"
    assert world.contents() == world.untouched


@pytest.mark.parametrize(
    ("endpoint", "thing"),
    sorted((name, thing) for name, row in ROWS.items() for thing in row.get("things", {})),
    ids=lambda each: each.replace(" ", "_"),
)
def test_a_thing_opens_for_whom_the_row_says_and_is_absent_for_the_others(world: World, endpoint: str, thing: str):
    """T15: foreign = absent, byte for byte; a refused POST changes nothing."""
    rule, row = _rule(world, endpoint), ROWS[endpoint]
    let_in = members(row["things"][thing])
    values = world.things[thing]
    for method in row["methods"]:
        for member in sorted(members(row["may"]) - let_in):
            foreign = world.ask(member, method, world.path(rule, values))
            missing = world.ask(member, method, world.path(rule, absent(rule)))
            assert foreign.status_code == missing.status_code, f"{method} {thing} as {member}: {foreign.status_code}, absent is {missing.status_code}"
            assert settled(foreign) == settled(missing), f"{method} {thing} as {member} reads unlike what does not exist"
        assert world.contents() == world.untouched, f"{method} {endpoint} changed {thing} for somebody who may not open it"
        for member in sorted(let_in):
            _assert_open(world.ask(member, method, world.path(rule, values)), f"{method} {thing} as {member}", row)
            if method == "POST":
                world.reset()


def _rule(world: World, endpoint: str) -> Rule:
    return next(world.app.url_map.iter_rules(endpoint))


def _leads_elsewhere(world: World, rule: Rule, path: str) -> bool:
    """Whether leaving a variable out makes the address of another route."""
    try:
        endpoint, _values = world.app.url_map.bind("socii.test").match(unquote(path), method="GET")
    except HTTPException:
        return False
    return bool(endpoint != rule.endpoint)


def _absences(world: World, rule: Rule, row: Mapping[str, Any]) -> list[Mapping[str, object]]:
    nothing = absent(rule)
    found: list[Mapping[str, object]] = [nothing]
    found += [nothing | {name: odd} for name in nothing for odd in ("0", "-1", "", "%00", "..%2f", "9" * 40)]
    if len(nothing) > 1:
        found += [{**world.things[thing], name: nothing[name]} for thing in row.get("things", {}) for name in nothing]
    return found


def _assert_shut(answer: TestResponse, member: str, what: str) -> None:
    if member in STRANGERS:
        assert asks_to_sign_in(answer), f"{what}: {answer.status_code}"
    else:
        assert answer.status_code == 404, f"{what}: {answer.status_code}"


def _assert_open(answer: TestResponse, what: str, row: Mapping[str, Any]) -> None:
    wanted = row.get("answers")
    if wanted is not None:
        assert answer.status_code == wanted, f"{what}: {answer.status_code}, wanted {wanted}"
        return
    assert answer.status_code not in NOT_IN, f"{what}: {answer.status_code}"
    assert answer.status_code < 500, f"{what}: {answer.status_code}"
    assert not asks_to_sign_in(answer) or row["may"] == "everyone", f"{what}: asked to sign in"
