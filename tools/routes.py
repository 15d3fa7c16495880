"""Writes down every route, its policy and whom it lets in: `make routes`, after which a person reads the difference.

The rows stand in `tests/architecture/access/<room>.json`; `tests/architecture/test_access.py` says what they mean and proves them.
"""

import sys
import tempfile
from pathlib import Path


def main() -> int:
    """Bring the rows in line with the code and say what is new."""
    from tests.architecture.rows import write_down  # noqa: PLC0415  # tests are no part of the installed application
    from tests.architecture.world import World  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        new = write_down(World(Path(folder)))
    for endpoint in new:
        print(f"new: {endpoint}; check who may open it, and whose things it shows")
    print("the rows are in line with the routes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
