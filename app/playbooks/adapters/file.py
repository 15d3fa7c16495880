"""The policy as one YAML file under version control."""

import json
from pathlib import Path
from typing import Final

from app.core.authored import Fault, Tree, Unreadable, read_yaml
from app.core.schema import schema_faults
from app.playbooks.rules import policy_faults

SHIPPED: Final = Path(__file__).resolve().parents[3] / "courses" / "policy.yaml"
"""The policy that comes with the application."""


def read_policy(file: Path) -> tuple[Tree | None, list[Fault]]:
    """The policy in `file`, and everything that is wrong with it; no policy while anything is."""
    schema = json.loads((SHIPPED.parent / "schema" / "policy.schema.json").read_text(encoding="utf-8"))
    try:
        tree = read_yaml(file.parent, file.name)
    except Unreadable as unreadable:
        return None, [unreadable.fault]
    found = schema_faults(tree, schema) or policy_faults(tree)
    return (None if found else tree), found
