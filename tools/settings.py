"""Makes the manual of settings from `config.py`: `python -m tools.settings [--check]`."""

import sys
from dataclasses import fields
from pathlib import Path
from typing import Final

from config import Settings, variable

MANUAL: Final = Path(__file__).resolve().parent.parent / "docs" / "reference" / "settings.md"
INTRODUCTION: Final = """# Settings

Socii reads its settings from the environment, once, at start. It names everything that is wrong at once and refuses to start in
production with a missing or known secret. This page is made from `config.py` by `make settings`.

| variable | when nothing is said | meaning |
|---|---|---|
"""


def manual() -> str:
    """The page as it should be."""
    lines = [f"| `{variable(each.name)}` | {_shown(each.default)} | {each.metadata['help'].replace('|', '&#124;')} |" for each in fields(Settings)]
    return INTRODUCTION + "\n".join(lines) + "\n"


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "off" if not value else "on"
    return f"`{value}`" if value not in ("", ()) else "empty"


def main() -> int:
    """Write the page, or with --check say whether it is out of date."""
    if "--check" in sys.argv:
        return 0 if MANUAL.read_text(encoding="utf-8") == manual() else 1
    MANUAL.write_text(manual(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
