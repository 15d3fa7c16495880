"""Compares the lock files with what they lock: `python -m tools.locks`. They say what to install, never from where."""

import json
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent
LOCKS: Final = {
    "requirements.txt": ("dependencies",),
    "requirements-scale.txt": ("dependencies", "scale"),
    "requirements-dev.txt": ("dependencies", "scale", "dev"),
    "requirements-node.txt": ("node",),
}
"""Which groups of pyproject.toml each file locks."""
LOCKED: Final = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^ ;\\]+)", re.MULTILINE)
ASKED: Final = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?(?:==(.+))?$")


def canonical(name: str) -> str:
    """A package's name as PyPI compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def python_faults(lock: str, text: str, asked: list[str]) -> Iterator[str]:
    """What is wrong with one requirements file."""
    if "://" in text or "--index-url" in text:
        yield f"{lock}: names a host; compile it with --no-emit-index-url"
    locked = {canonical(name): version for name, version in LOCKED.findall(text)}
    for line in asked:
        found = ASKED.match(line)
        if found is None:
            yield f"pyproject.toml: cannot read {line!r}; pin it as name==version"
        elif canonical(found[1]) not in locked:
            yield f"{lock}: {found[1]} is missing; compile it again"
        elif found[2] and _differ(found[2], locked[canonical(found[1])]):
            yield f"{lock}: {found[1]} is {locked[canonical(found[1])]}, pyproject.toml says {found[2]}; compile it again"
    blocks = re.split(r"\n(?=\S)", text)
    for block in blocks:
        if LOCKED.match(block) and "--hash=sha256:" not in block:
            yield f"{lock}: {block.split()[0]} has no hash"


def _differ(one: str, other: str) -> bool:
    return [part for part in one.split(".") if part != "0"] != [part for part in other.split(".") if part != "0"]


def node_faults(package: dict[str, Any], lock: dict[str, Any]) -> Iterator[str]:
    """What is wrong with package-lock.json."""
    root = lock["packages"][""]
    for kind in ("dependencies", "devDependencies"):
        if package.get(kind, {}) != root.get(kind, {}):
            yield f"package-lock.json: {kind} are not those of package.json; run npm install"
    if any("resolved" in entry for entry in lock["packages"].values()):
        yield "package-lock.json: names a host; .npmrc says omit-lockfile-registry-resolved"


def faults() -> Iterator[str]:
    """Everything that is wrong with any lock file."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    groups = {"dependencies": project["dependencies"], **project["optional-dependencies"]}
    for lock, names in LOCKS.items():
        yield from python_faults(lock, (ROOT / lock).read_text(encoding="utf-8"), [line for name in names for line in groups[name]])
    yield from node_faults(*(json.loads((ROOT / name).read_text(encoding="utf-8")) for name in ("package.json", "package-lock.json")))


def main() -> int:
    """Print every fault; 1 when there is one."""
    found = list(faults())
    print("\n".join(found) if found else "the lock files are in line")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
