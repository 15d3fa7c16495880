"""Prepares an installation and serves it: `python -m tools.run` is what `make run` ends in.

Each step does nothing when there is nothing to do, so that a second start takes seconds.
"""

import logging
import os
import sys
import time
from pathlib import Path
from typing import Any, Final

import structlog

ADDRESS: Final = "http://127.0.0.1:8000"
STEPS: Final = (
    ("schema", ("db", "upgrade")),
    ("courses", ("courses", "load")),
    ("policy", ("policy", "load")),
    ("demo organisation", ("demo", "load", "--if-empty")),
)
SERVER: Final = (
    "--interface",
    "wsgi",
    "--workers",
    "2",
    "--blocking-threads",
    "4",
    "--workers-kill-timeout",
    "20",
    "--no-ws",
    "--log-level",
    "warning",
)


def prepare() -> tuple[Any, list[Any]]:
    """Bring schema, courses, policy and demo organisation up to date; returns the settings and the personas."""
    from flask.cli import ScriptInfo  # noqa: PLC0415  # after the environment is set, and after the first line is on screen

    from app.factory import create_app  # noqa: PLC0415
    from config import load  # noqa: PLC0415

    settings = load(os.environ)
    app = create_app(settings)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))  # the steps say enough themselves
    for title, words in STEPS:
        began = time.monotonic()
        print(f"  {title} …", end=" ", flush=True)
        app.cli.main(args=list(words), prog_name="flask", standalone_mode=False, obj=ScriptInfo(create_app=lambda: app))
        print(f"{title} ready ({time.monotonic() - began:.1f} s)", flush=True)
    return settings, app.extensions.get("personas", [])


def greet(address: str, people: list[Any]) -> None:
    """Say where the application is and, in a demo, as whom one may sign in."""
    print(f"\nSocii is at {address}  (Ctrl+C ends it)")
    if people:
        print("\nSign in as one of these; the password is the same for all unless it says otherwise:")
        width = max(len(persona.email) for persona in people)
        for persona in people:
            print(f"  {persona.email:<{width}}  {persona.password}  {persona.part['en']}")
    print(flush=True)


def main() -> None:
    """Prepare, greet, and become the server."""
    os.environ.setdefault("SOCII_DEMO", "1")
    os.environ.setdefault("SOCII_BASE_URL", ADDRESS)
    print("Socii: getting ready", flush=True)
    settings, people = prepare()
    greet(settings.base_url, people)
    host, _, port = settings.host.partition(":")
    server = str(Path(sys.executable).parent / "granian")
    os.execv(server, [server, *SERVER, "--host", host, "--port", port or "80", "wsgi:app"])  # noqa: S606  # our own server, no shell


if __name__ == "__main__":
    main()
