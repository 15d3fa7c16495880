"""The customs of the house, read from its files: sizes, names of files, who commits, who subscribes, what every refusal says."""

import ast
import re
from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from itertools import chain
from pathlib import Path

from sqlalchemy import UniqueConstraint

from app import wiring
from app.core.database import Base
from app.core.events import Event
from app.web.errors import known_codes
from tools import messages
from tools.settings import MANUAL, manual

ROOT = Path(__file__).parents[2]
APP = ROOT / "app"
ROOMS = ("people", "learning", "library", "playbooks", "sharing", "insight", "home")
FLOORS = ("core", "people", "learning library playbooks", "sharing", "insight home", "demo")
VOCABULARY = {
    "routes",
    "views",
    "forms",
    "presenters",
    "jobs",
    "commands",
    "reactions",
    "actions",
    "queries",
    "policy",
    "adapters",
    "models",
    "rules",
    "events",
    "errors",
}
DOORS = {"routes", "views", "forms", "presenters", "jobs", "commands"}
ASSEMBLY = {"factory", "wiring", "cli"}
REFUSALS = {"Refusal", "Invalid", "NotFound", "NotAllowed", "Conflict", "TooMany", "Unavailable"}
LONG_BY_NATURE = {"app/templates/components/gallery.html"}


def python_files(*folders: str) -> list[Path]:
    return sorted(chain.from_iterable((ROOT / folder).rglob("*.py") for folder in folders))


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def lines(file: Path) -> int:
    return len(file.read_text(encoding="utf-8").splitlines())


def name(file: Path) -> str:
    return str(file.relative_to(ROOT))


def functions(file: Path) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(tree(file)) if isinstance(node, ast.FunctionDef))


def is_view(file: Path) -> bool:
    return file.parts[-1] == "views.py" or file.parent.name == "views"


def test_no_module_is_longer_than_four_hundred_lines():
    assert [name(file) for file in python_files("app", "tests", "tools", "static", "bench") if lines(file) > 400] == []


def test_a_module_becomes_a_package_of_the_same_name_when_it_passes_three_hundred_lines():
    assert [name(file) for file in APP.glob("*/*.py") if lines(file) > 300] == []


def test_no_function_is_longer_than_fifty_lines_and_no_view_longer_than_twenty_five():
    long = [
        f"{name(file)}: {function.name}"
        for file in python_files("app", "tools")
        for function in functions(file)
        if (function.end_lineno or 0) - function.lineno + 1 > (25 if is_view(file) else 50)
    ]
    assert long == []


def test_no_template_is_longer_than_a_hundred_and_fifty_lines():
    assert [name(file) for file in (APP / "templates").rglob("*.html") if lines(file) > 150 and name(file) not in LONG_BY_NATURE] == []


def test_a_room_holds_only_the_closed_vocabulary_of_files():
    strange = [
        name(entry)
        for room in ROOMS
        for entry in (APP / room).iterdir()
        if entry.name not in {"__init__.py", "__pycache__"} and not (entry.stem in VOCABULARY and (entry.suffix == ".py" or entry.is_dir()))
    ]
    assert strange == []


def test_the_init_of_a_room_holds_a_docstring_and_nothing_else():
    assert [room for room in ROOMS if len(tree(APP / room / "__init__.py").body) != 1] == []


def test_no_room_reaches_through_another_rooms_doors():
    reaching = []
    for file in python_files("app"):
        own = file.relative_to(APP).parts[0].removesuffix(".py")
        for module in imported(file):
            parts = module.split(".")
            if (
                parts[0] == "app"
                and len(parts) > 2
                and parts[1] in ROOMS
                and parts[1] != own
                and parts[2] in DOORS
                and own not in ASSEMBLY | {"demo"}
            ):
                reaching.append(f"{name(file)} imports {module}")
    assert reaching == []


def imported(file: Path) -> Iterator[str]:
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_nothing_is_imported_inside_a_function():
    hidden = [
        f"{name(file)}: {function.name}"
        for file in python_files("app")
        for function in functions(file)
        if any(isinstance(node, ast.Import | ast.ImportFrom) for node in ast.walk(function))
    ]
    assert hidden == []


def test_only_the_door_commits():
    assert [name(file) for file in python_files("app") if re.search(r"(?<!nested)\.commit\(", file.read_text(encoding="utf-8"))] == [
        "app/core/database.py",  # the settings of a new PostgreSQL connection, before it is anybody's
        "app/web/database.py",
    ]


def test_only_the_wiring_subscribes():
    """`wire` is called by the factory with what `wiring.py` says; nobody listens to the database or to Flask's signals."""
    wired = [name(file) for file in python_files("app") if any(module == "app.core.events.wire" for module in imported(file))]
    assert wired == ["app/factory.py"]
    listening = [
        name(file)
        for file in python_files("app")
        if re.search(r"event\.listens?_?f?o?r?\(|\.connect_via\(|blinker", file.read_text(encoding="utf-8"))
    ]
    assert listening == ["app/core/database.py"]


def test_the_timetable_names_jobs_that_exist():
    assert set(wiring.TIMETABLE) <= set(wiring.JOBS)


def test_every_job_that_is_enqueued_has_a_handler():
    named = {
        argument.value
        for file in python_files("app")
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "enqueue" and len(node.args) > 1
        for argument in node.args[1:2]
        if isinstance(argument, ast.Constant)
    }
    assert named <= set(wiring.JOBS)


def test_events_are_facts_of_numbers_and_strings():
    strange = [
        f"{kind.__name__}.{each.name}: {each.type}"
        for kind in Event.__subclasses__()
        if kind.__module__.startswith("app.")
        for each in fields(kind)
        if str(getattr(each.type, "__name__", each.type)) not in {"int", "str"} and str(each.type) not in {"int | None", "str | None"}
    ]
    assert strange == []


def test_foreign_keys_never_point_up():
    floor = {room: number for number, rooms in enumerate(FLOORS) for room in rooms.split()}
    up = []
    for table in Base.metadata.tables.values():
        own = table.name.split("_")[0]
        for key in table.foreign_keys:
            other = key.column.table.name.split("_")[0]
            if floor[other] > floor[own] or (floor[other] == floor[own] and other != own):
                up.append(f"{table.name} -> {key.column.table.name}")
    assert up == []


def test_no_two_tables_wait_for_each_other():
    """A table can be filled and emptied in one order: no circle of foreign keys but a table's own."""
    assert {table.name for table in Base.metadata.sorted_tables} == set(Base.metadata.tables)
    position = {table.name: number for number, table in enumerate(Base.metadata.sorted_tables)}
    circles = [
        f"{table.name} <-> {key.column.table.name}"
        for table in Base.metadata.tables.values()
        for key in table.foreign_keys
        if key.column.table is not table and position[key.column.table.name] > position[table.name]
    ]
    assert circles == []


def test_constraints_have_fixed_names():
    nameless = [
        table.name for table in Base.metadata.tables.values() for each in table.constraints if isinstance(each, UniqueConstraint) and not each.name
    ]
    assert nameless == []


def test_every_refusal_has_a_sentence(app):
    speaking = [file for file in python_files("app") if any((APP / file.relative_to(APP).parts[0]).glob("presenters*"))]
    raised = {code: where for file in speaking for code, where in codes_of(file)}
    silent = {code: where for code, where in raised.items() if code not in known_codes()}
    assert silent == {}


def codes_of(file: Path) -> Iterator[tuple[str, str]]:
    """The refusal codes that a module makes: `Invalid("text.empty")`, or `super().__init__("sign_in.wrong")` in its errors."""
    for node in ast.walk(tree(file)):
        if not (isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str)):
            continue
        called = ast.unparse(node.func)
        if called in REFUSALS or (called == "super().__init__" and file.stem == "errors" and file.parent.name != "web"):
            yield node.args[0].value, f"{name(file)}:{node.lineno}"


def test_the_manual_of_settings_is_the_one_that_config_makes():
    assert MANUAL.read_text(encoding="utf-8") == manual(), "run `make settings`"


def test_every_sentence_is_translated():
    assert list(messages.faults()) == []


def test_every_page_has_a_room_and_every_room_its_own_folder():
    allowed = {*ROOMS, "layouts", "components", "errors", "demo"}
    assert {folder.name for folder in (APP / "templates").iterdir()} <= allowed


def test_templates_trust_nobody():
    """No `|safe`, no autoescape switched off, no inline style, script or handler, no form without an explicit address."""
    patterns = {
        "|safe": r"\|\s*safe\b",
        "autoescape off": r"autoescape\s+false",
        "inline handler": r"<[^>{]*\son[a-z]+\s*=",
        "inline style": r"<[^>{]*\sstyle\s*=|<style",
        "inline script": r"<script(?![^>]*\bsrc=)[^>]*>",
        "form without action": r"<form(?![^>]*\baction=)[^>]*>",
        "a query": r"\b(session|select)\(|\.query\b",
    }
    found = [
        f"{name(file)}: {what}"
        for file in (APP / "templates").rglob("*.html")
        if "mail" not in name(file)  # mail programs read no style sheets
        for what, pattern in patterns.items()
        if re.search(pattern, file.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_nobody_asks_for_naive_time():
    bad = re.compile(r"utcnow|utcfromtimestamp|datetime\.now\(\)|datetime\.today\(\)|date\.today\(\)")
    assert [name(file) for file in python_files("app", "tools", "migrations") if bad.search(file.read_text(encoding="utf-8"))] == []


def test_only_the_clock_asks_what_time_it_is_outside_the_doors():
    inner = {"actions", "queries", "policy", "rules", "models", "events", "errors"}
    asking = [
        name(file)
        for file in python_files("app")
        if inner & {part.removesuffix(".py") for part in file.relative_to(APP).parts} and "app.core.clock.now" in set(imported(file))
    ]
    assert asking == []


def test_the_documentation_leads_somewhere():
    """Every relative link in our Markdown leads to a file that is there; pictures are taken by `make pictures`."""
    broken = []
    for file in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")):
        targets = re.findall(r"\]\((?!https?://|#|mailto:)([^)#\s]+)", file.read_text(encoding="utf-8"))
        broken += [f"{name(file)}: {target}" for target in targets if not (file.parent / target).exists()]
    assert broken == []
