"""`python -m bench.redirect`: only the redirect of a short link, beside the bare WSGI redirect under the same server, in turns."""

import os
import sys
from dataclasses import dataclass
from statistics import median
from tempfile import TemporaryDirectory
from typing import Final

from flask import Flask
from flask.cli import ScriptInfo
from sqlalchemy import func, select

from app.factory import create_app
from app.people.models import Person
from app.sharing.models import Click
from app.web.database import db
from bench.load import Result, load, request
from bench.pages import HOST, a_link
from bench.seed import BEGAN
from bench.serving import SECONDS, database, production, server
from config import load as read_settings
from tests.factories.sharing import a_bare_story

READERS: Final = 1000
"""Who opens the link, told apart by their browsers."""
ROUNDS: Final = int(os.environ.get("BENCH_ROUNDS", "5"))


@dataclass(frozen=True)
class Comparison:
    """What the two answered in each round, and what was kept of it."""

    bare: list[Result]
    ours: list[Result]

    @property
    def share(self) -> float:
        """How much of the bare redirect's rate ours reaches: the median of the rounds."""
        return median(ours.rate / bare.rate for bare, ours in zip(self.bare, self.ours, strict=True))


def compare(port: int, path: str, *, rounds: int = ROUNDS) -> Comparison:
    """Ask the house at `port` and a bare redirect in turns, so that whatever else the machine does hits both."""
    ours, bare = ([request("GET", way, HOST, browser=f"140.{number}") for number in range(READERS)] for way in (path, "/"))
    found = Comparison([], [])
    with server("bench.bare:redirect", {}) as (bare_port, _process):
        load(port, ours, status=302, seconds=1)
        for _ in range(rounds):
            found.bare.append(load(bare_port, bare, status=302, seconds=SECONDS))
            found.ours.append(load(port, ours, status=302, seconds=SECONDS))
    return found


def said(found: Comparison) -> str:
    """The comparison in words."""
    rates = "  ".join(f"{ours.rate:.0f}/{bare.rate:.0f}" for bare, ours in zip(found.bare, found.ours, strict=True))
    slowest = max(each.percentile(0.99) for each in found.ours)
    return f"the redirect reaches {found.share:.0%} of the bare WSGI redirect (floor 60 %, aim 80 %): {rates}; p99 {slowest:.1f} ms at most"


def prepare(app: Flask) -> str:
    """One story, one link, nothing else; gives the link's path."""
    app.cli.main(args=["db", "upgrade"], prog_name="flask", standalone_mode=False, obj=ScriptInfo(create_app=lambda: app))
    author = Person(uuid="0" * 36, email="a@bench.example", email_key="a@bench.example", name="A", name_key="a", status="active", created_at=BEGAN)
    db.session.add(author)
    db.session.flush()
    a_bare_story(db.session(), by=author)
    return a_link()("")


def main() -> int:
    """Serve one link and a bare redirect, compare, print, and say whether every answer became a click."""
    with TemporaryDirectory(prefix="socii-bench-") as folder, database() as address:
        environ = production(folder, address)
        app = create_app(read_settings(environ))
        with app.app_context():
            path = prepare(app)
            with server("wsgi:app", environ) as (port, _process):
                found = compare(port, path)
            print(said(found))
            stored, readers = db.session.execute(select(func.sum(Click.openings), func.sum(Click.readers))).one()
            db.session.remove()
            db.engine.dispose()
        print(f"{sum(len(each.times) for each in found.ours)} answered; {stored} stored so far, of {readers} readers (the warm-up among them)")
    return 1 if any(each.wrong for each in found.ours) else 0


if __name__ == "__main__":
    sys.exit(main())
