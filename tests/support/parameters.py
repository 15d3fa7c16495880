"""What pages read from addresses, as the code has it."""

import ast
from pathlib import Path

APP = Path(__file__).parents[2] / "app"
ASKED = ("request.args.get", "asked.get", "values.get")
"""What a view calls the words behind the question mark, and what it hands to whoever reads them."""


def parameters() -> list[str]:
    """Every name that the code reads from an address."""
    found = {"next", "q", "lang", "page", "sort"}
    for file in APP.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ASKED and node.args:
                found |= {str(argument.value) for argument in node.args[:1] if isinstance(argument, ast.Constant)}
            elif isinstance(node, ast.Call) and ast.unparse(node.func) == "row_number":
                found |= {str(argument.value) for argument in node.args[1:] if isinstance(argument, ast.Constant)}
    return sorted(found)
