"""The rows of `access/<room>.json`: for each route its address, its policy, who may open it, and whose things it shows."""

import json
from pathlib import Path
from typing import Any, Final

from flask import Flask

from tests.architecture.world import EMPLOYEES, MEMBERS, World

FOLDER: Final = Path(__file__).parent / "access"
GROUPS: Final = {"everyone": set(MEMBERS), "employees": set(EMPLOYEES)}


def rows() -> dict[str, dict[str, Any]]:
    """Every row by endpoint."""
    found: dict[str, dict[str, Any]] = {}
    for file in sorted(FOLDER.glob("*.json")):
        found |= {f"{file.stem}.{name}": row for name, row in json.loads(file.read_text(encoding="utf-8")).items()}
    return found


def members(names: str | list[str]) -> set[str]:
    """The members that a row names: a group, or a list."""
    return set(GROUPS[names]) if isinstance(names, str) else set(names)


def facts(app: Flask) -> dict[str, dict[str, Any]]:
    """What the code says of each route: address, methods and the name of its policy."""
    policies = app.extensions["policies"]
    return {
        rule.endpoint: {
            "rule": rule.rule,
            "methods": sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}),
            "policy": policies[rule.endpoint].__name__ if rule.endpoint in policies else None,
        }
        for rule in app.url_map.iter_rules()
    }


def write_down(world: World) -> list[str]:
    """Bring the files in line with the code: facts are copied, new routes get the members whom their policy lets in. Returns the new endpoints.

    The members of a new row must be read by a person: it says what the code does, not yet what it should do. Things are never guessed.
    """
    known, found = rows(), facts(world.app)
    new = sorted(set(found) - set(known))
    by_room: dict[str, dict[str, Any]] = {}
    for endpoint in sorted(found):
        room, _, name = endpoint.partition(".")
        row = known.get(endpoint) or {"may": _may_now(world, endpoint)} | (
            {"things": {}, "untested": "name a thing"} if "<" in found[endpoint]["rule"] else {}
        )
        by_room.setdefault(room, {})[name] = found[endpoint] | {key: value for key, value in row.items() if key not in found[endpoint]}
    for file in FOLDER.glob("*.json"):
        file.unlink()
    for room, its in by_room.items():
        lines = ",\n".join(f"  {json.dumps(name)}: {json.dumps(row, ensure_ascii=False)}" for name, row in its.items())
        (FOLDER / f"{room}.json").write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")
    return new


def _may_now(world: World, endpoint: str) -> str | list[str]:
    may = world.app.extensions["policies"][endpoint]
    let_in = [name for name in MEMBERS if may(world.who(name))]
    return next((group for group, names in GROUPS.items() if set(let_in) == names), let_in)
