"""Installs locked requirements and says how far it is: `python tools/install.py requirements.txt`. Standard library only.

It runs in the environment it fills, before anything else is there.
"""

import re
import subprocess
import sys
from pathlib import Path
from typing import Final

PIP: Final = ("-m", "pip", "install", "--disable-pip-version-check", "--require-hashes", "--progress-bar", "off", "-r")


def parts_of(lock: Path) -> int:
    """How many packages a lock file names."""
    return len(re.findall(r"^[A-Za-z0-9].*==", lock.read_text(encoding="utf-8"), re.MULTILINE))


def install(lock: Path) -> int:
    """Run pip, count what it has at hand, and show all it said when it failed; returns its exit code."""
    total, done, said = parts_of(lock), 0, []
    with subprocess.Popen([sys.executable, *PIP, str(lock)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as pip:
        for line in pip.stdout or ():
            said.append(line)
            if re.match(r"Collecting|Requirement already satisfied", line):
                done += 1
                tell(f"{min(done, total)} of {total} fetched", often=done % 20 == 0)
            elif line.startswith("Installing collected"):
                tell(f"{total} of {total} fetched, putting them in place", often=True)
    print("\r" + " " * 60 + "\r" if sys.stdout.isatty() else "", end="", flush=True)
    if pip.returncode:
        print("".join(said) + "\nThe parts could not be installed. Mend what stands above (is there a connection?) and run it again.")
    return pip.returncode


def tell(words: str, *, often: bool) -> None:
    """On a terminal the line changes in place; elsewhere there is a new one now and then."""
    if sys.stdout.isatty():
        print(f"\r  {words:<58}", end="", flush=True)
    elif often:
        print(f"  {words}", flush=True)


if __name__ == "__main__":
    sys.exit(install(Path(sys.argv[1])))
