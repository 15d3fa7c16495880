"""Prepares an installation and serves it: `python -m tools.run` is what `make run` ends in.

Each step does nothing when there is nothing to do, so that a second start takes seconds.
"""

import logging
import os
import socket
import sys
import time
from contextlib import redirect_stdout
from io import StringIO
from typing import Any, Final
from urllib.parse import urlsplit

import structlog

ADDRESS: Final = "http://127.0.0.1:8000"
STEPS: Final = (
    ("schema", ("db", "upgrade")),
    ("courses", ("courses", "load")),
    ("policy", ("policy", "load")),
    ("demo organisation", ("demo", "load", "--if-empty")),
)
ANEW: Final = "begin anew: remove the folder instance/, or name another database in DATABASE_URL"
SERVER: Final = (
    "--interface",
    "wsgi",
    "--workers",
    "2",
    "--blocking-threads",
    "4",
    "--workers-kill-timeout",
    "5",
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
        began, said = time.monotonic(), StringIO()
        print(f"  {title} …", end=" ", flush=True)
        try:
            with redirect_stdout(said):
                app.cli.main(args=list(words), prog_name="flask", standalone_mode=False, obj=ScriptInfo(create_app=lambda: app))
            print(f"ready ({time.monotonic() - began:.1f} s)", flush=True)
        finally:
            for line in said.getvalue().splitlines():
                print(f"    {line}", flush=True)
    return settings, app.extensions.get("personas", [])


def refuse_a_taken_port(base_url: str) -> None:
    """End with a sentence when somebody listens there already: the server itself would share the port, and answer every other request."""
    parts = urlsplit(base_url)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a connection that just ended is nobody
        try:
            probe.bind((parts.hostname or "127.0.0.1", parts.port or 80))
        except OSError as error:
            sys.exit(
                f"Socii cannot be served on {base_url}: {error.strerror}. Perhaps it is running already; then end that one with Ctrl+C.\n"
                "Or choose another port: make run SOCII_BASE_URL=http://127.0.0.1:8001"
            )


def explain(error: BaseException) -> str | None:
    """What to do about a fault that a newcomer may meet; None for one that only we can mend."""
    from alembic.util.exc import CommandError  # noqa: PLC0415  # as above
    from click import Abort, ClickException  # noqa: PLC0415
    from sqlalchemy.exc import DatabaseError  # noqa: PLC0415

    match error:
        case KeyboardInterrupt() | Abort():
            return "Stopped. Nothing stands half done: `make run` goes on where it must."
        case CommandError():
            return f"The database was written by another version of Socii ({error}). Use that version, or {ANEW}."
        case DatabaseError():
            return f"The database cannot be used: {error.orig}. Mend that, restore a back-up, or {ANEW}."
        case OSError(filename=str(file)):
            return f"{file} cannot be used: {error.strerror}. Mend that, and run it again."
        case ClickException():
            return error.format_message()
    return None


def greet(settings: Any, people: list[Any]) -> None:
    """Say where the application is, where its letters are and, in a demo, as whom one may sign in."""
    print(f"\nSocii is at {settings.base_url}  (Ctrl+C ends it)")
    if not settings.mail_url:
        print(f"Its letters are not sent; they stand in {settings.folder / 'mail'}")
    if people:
        usual = people[0].password
        print(f"\nThe password is {usual} for everybody. Sign in as:")
        width = max(len(persona.email) for persona in people)
        for persona in people:
            own = "" if persona.password == usual else f" Password: {persona.password}"
            print(f"  {persona.email:<{width}}  {persona.part['en']}{own}")
    print(flush=True)


def main() -> None:
    """Prepare, greet, and become the server."""
    os.environ.setdefault("SOCII_DEMO", "1")
    os.environ.setdefault("SOCII_BASE_URL", ADDRESS)
    refuse_a_taken_port(os.environ["SOCII_BASE_URL"])
    print("Socii: getting ready", flush=True)
    try:
        settings, people = prepare()
    except BaseException as error:
        sentence = explain(error)
        if sentence is None:
            raise
        sys.exit(f"\n{sentence}")
    greet(settings, people)
    host, _, port = settings.host.partition(":")
    os.execv(sys.executable, [sys.executable, "-m", "granian", *SERVER, "--host", host, "--port", port or "80", "wsgi:app"])  # noqa: S606  # our own server, no shell


if __name__ == "__main__":
    main()
