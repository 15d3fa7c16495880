"""Lints our scripts with the Node that builds them: `python -m tools.eslint`."""

import subprocess
import sys
from pathlib import Path
from shutil import which
from typing import Final

from static.build import ROOT, installed, node_from_pypi, run, system_node

ESLINT: Final = "node_modules/eslint/bin/eslint.js"


def main() -> int:
    """Install what is missing, then lint."""
    npm = system_node()
    node = which("node") if npm else None
    if npm is None or node is None:
        npm = node_from_pypi()
        node = npm[0]
    if not (installed() and Path(ROOT, ESLINT).exists()):
        run([*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"])
    return subprocess.run([node, ESLINT, "static"], cwd=ROOT, check=False).returncode  # noqa: S603  # our own list


if __name__ == "__main__":
    sys.exit(main())
