"""Reads the code in every way that does not run it: `make check`. Two checks at a time, one line each, and what a failing one said."""

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
BIN: Final = Path(sys.executable).parent
PYTHON_CODE: Final = ("app", "bench", "tests", "tools", "static", "config.py", "wsgi.py")


@dataclass(frozen=True)
class Check:
    """One way to read the code."""

    title: str
    command: tuple[str, ...]


def python(*words: str) -> tuple[str, ...]:
    """A command of our own."""
    return (sys.executable, *words)


def tool(name: str, *words: str) -> tuple[str, ...]:
    """A command of a tool in our environment."""
    return (str(BIN / name), *words)


def checks() -> list[Check]:
    """Every check, the slow ones first so that none is waited for at the end."""
    code = [name for name in PYTHON_CODE if (ROOT / name).exists()]
    return [
        Check("types", tool("mypy")),
        Check("house", python("-m", "pytest", "-p", "no:cacheprovider", "-p", "no:randomly", "tests/architecture/test_house.py")),
        Check("templates", tool("djlint", "app/templates", "--lint", "--quiet")),
        Check("style", tool("ruff", "check", "--quiet", *code)),
        Check("format", tool("ruff", "format", "--check", "--quiet", *code)),
        Check("imports go down", tool("lint-imports", "--no-cache")),
        Check("dead code", python("-m", "tools.deadcode")),
        Check("known dangers", tool("bandit", "--quiet", "--recursive", "-c", "pyproject.toml", "app", "config.py", "wsgi.py")),
        Check("scripts", python("-m", "tools.eslint")),
        Check("translations", python("tools/messages.py", "check")),
        Check("locks", python("-m", "tools.locks")),
        Check("courses", python("-m", "flask", "courses", "check")),
    ]


def perform(check: Check) -> tuple[Check, int, str, float]:
    """Run one check; returns it with its exit code, what it said and how many seconds it took."""
    began = time.monotonic()
    done = subprocess.run(check.command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)  # noqa: S603  # our own list
    return check, done.returncode, done.stdout, time.monotonic() - began


def main() -> int:
    """Run all of them; the exit code is the number that failed."""
    began, failed = time.monotonic(), 0
    with ThreadPoolExecutor(2) as two:
        for check, code, said, seconds in two.map(perform, checks()):
            print(f"{'failed' if code else 'good  '}  {check.title} ({seconds:.0f} s)", flush=True)
            if code:
                failed += 1
                print(said, flush=True)
    print(f"{failed} checks failed" if failed else "all checks are good", f"({time.monotonic() - began:.0f} s)")
    return failed


if __name__ == "__main__":
    sys.exit(main())
