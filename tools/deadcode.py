"""Names what nobody uses: vulture over the code, with the names that templates print counted as used: `python -m tools.deadcode`."""

import re
import sys
from pathlib import Path
from typing import Final

from vulture import Vulture

ROOT: Final = Path(__file__).resolve().parent.parent
CODE: Final = ("app", "bench", "tests", "tools", "static", "config.py", "wsgi.py")
KINDS: Final = {"function", "class", "method", "property", "unreachable_code"}
CALLED_BY_OTHERS: Final = {
    *("process_bind_param", "process_result_value"),  # SQLAlchemy's column types
    *("get_id", "get_translations", "unauthorized"),  # Flask-Login, WTForms
    *("validate_*", "pre_validate", "post_validate", "process_formdata", "_value", "populate_obj"),  # WTForms' fields
    *("handle_*", "convert"),  # servers and parsers of the standard library
    *("ignore_aliases",),  # PyYAML's dumper
    *("to_python", "to_url", "ensure_sync"),  # werkzeug's converters, Flask
    *("test_*", "Test*", "pytest_*"),
}
WORD: Final = re.compile(r"[A-Za-z_]\w*")
DECORATED: Final = ["@*.command", "@*.group", "@*.user_loader", "@*.context_processor", "@pytest.fixture", "@*.fixture", "@*_commands.*", "@given*"]


def template_names() -> set[str]:
    """Every word inside the tags of a template."""
    text = "\n".join(
        file.read_text(encoding="utf-8") for file in (ROOT / "app" / "templates").rglob("*.*") if file.suffix in {".html", ".txt", ".typ"}
    )
    return {word for tag in re.findall(r"{[{%](.*?)[}%]}", text, re.DOTALL) for word in WORD.findall(tag)}


def main() -> int:
    """Print what is dead; 1 when anything is."""
    found = Vulture(ignore_names=[*CALLED_BY_OTHERS, *template_names()], ignore_decorators=DECORATED)
    found.scavenge([str(ROOT / name) for name in CODE if (ROOT / name).exists()])
    dead = [item for item in found.get_unused_code(min_confidence=60) if item.typ in KINDS and (ROOT / "app") in Path(item.filename).parents]
    for item in dead:
        print(f"{Path(item.filename).relative_to(ROOT)}:{item.first_lineno}: nobody uses the {item.typ.replace('_', ' ')} {item.name}")
    return 1 if dead else 0


if __name__ == "__main__":
    sys.exit(main())
