"""Runs every test: `make test`. On SQLite, then on PostgreSQL, then the journeys in a real browser.

Those of the main job are told on a desk over SQLite and on a phone over PostgreSQL; where there is none, on both over SQLite (decision 0060).

What cannot run on this machine is said in one line at the end; with CI=true that, and any skipped test, is a failure.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from typing import Final

from tests.support.window import find_chromium
from tools.servers import Missing, postgresql, redis_server

NOTHING_COLLECTED: Final = 5


def pytest(title: str, *words: str, **environment: str) -> bool:
    """One run of pytest; says whether it was good."""
    print(f"\n== {title}", flush=True)
    began = time.monotonic()
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-n", "2", *words, *sys.argv[1:]]
    code = subprocess.run(command, env={**os.environ, **environment}, check=False).returncode  # noqa: S603  # our own list
    print(f"== {title}: {'good' if code in {0, NOTHING_COLLECTED} else 'failed'} after {time.monotonic() - began:.0f} s", flush=True)
    return code in {0, NOTHING_COLLECTED}


def report(good: Sequence[bool], missing: Sequence[str]) -> int:
    """The last line, and the exit code."""
    if missing:
        print(f"\nNot run here, for want of {', '.join(missing)}.")
    return 0 if all(good) and not (missing and os.environ.get("CI") == "true") else 1


def main() -> int:
    """Find or start the servers, then run what they allow."""
    missing: list[str] = []
    good: list[bool] = []
    with ExitStack() as servers:
        which, journeys = "not journey", "journey"
        try:
            os.environ["SOCII_TEST_REDIS"] = servers.enter_context(redis_server())
        except Missing as server:
            missing.append(str(server))
            which += " and not redis"
        else:
            if not shutil.which("redis-server"):  # somebody else's answers here, and cannot be ended
                missing.append("redis-server")
                which += " and not own_redis"
        good.append(pytest("every test on SQLite", "-m", which, SOCII_TEST_DATABASE="sqlite"))
        try:
            address = servers.enter_context(postgresql())
        except Missing as server:
            missing.append(str(server))
        else:
            os.environ["SOCII_TEST_POSTGRESQL"] = address
            # The tests of the architecture stand on a SQLite file of their own, whatever the others use.
            good.append(pytest("every test on PostgreSQL", "-m", which, "--ignore=tests/architecture", SOCII_TEST_DATABASE="postgresql"))
            if find_chromium(whole=True):
                good.append(pytest("the main job on a phone, on PostgreSQL", "-m", "main_job and not desktop", SOCII_TEST_DATABASE="postgresql"))
                journeys += " and not (main_job and phone)"
        if find_chromium(whole=True):
            good.append(pytest("journeys in a browser", "-m", journeys, SOCII_TEST_DATABASE="sqlite"))
        else:
            missing.append("chromium")
    return report(good, missing)


if __name__ == "__main__":
    sys.exit(main())
