"""`make bench`: seeds ten thousand people on PostgreSQL, serves them as in production, and measures page after page.

`BENCH_PEOPLE=100000 make bench` seeds as many as that instead, in as many more departments.

Figures of one run compare with each other, with the bare page and the bare redirect above all; never with another machine's.
"""

import sys
import time
from contextvars import Context
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask

from app.factory import create_app
from app.web.database import db
from bench.export import export
from bench.load import Result, load, request
from bench.pages import BASE, HOST, Page, pages
from bench.redirect import compare, said
from bench.seed import PEOPLE, seed
from bench.serving import SECONDS, database, production, server
from config import load as read_settings
from tests.support.statements import counting_statements


@dataclass(frozen=True)
class Line:
    """One measured thing."""

    title: str
    floor: str
    result: Result
    statements: int | None = None


def measure(port: int, page: Page) -> Result:
    """One page under load, after a short warm-up."""
    requests = [request(page.method, page.path(cookie), page.host, cookie, page.body(cookie)) for cookie in page.cookies]
    load(port, requests, status=page.status, connections=page.connections, seconds=1)
    return load(port, requests, status=page.status, connections=page.connections, seconds=SECONDS)


def statements(app: Flask, page: Page) -> int:
    """How many statements one warm request costs."""
    client = app.test_client(use_cookies=False)
    cookie = page.cookies[0]
    count = 0
    for _ in range(2):
        with counting_statements() as sent:
            Context().run(
                client.open,
                page.path(cookie),
                method=page.method,
                base_url=BASE,
                headers={"Cookie": cookie, "User-Agent": "Firefox/140.0"},
                data=page.body(cookie) or None,
                content_type="application/x-www-form-urlencoded" if page.method == "POST" else None,
            )
        count = len(sent)
    return count


def memory(process: int) -> float:
    """Proportional memory of a server and its workers, in MB."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="utf-8").split()
    total = 0
    for number in [str(process), *children]:
        lines = Path(f"/proc/{number}/smaps_rollup").read_text(encoding="utf-8").splitlines()
        total += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


def show(lines: list[Line]) -> None:
    """The table."""
    print(f"\n{'':34}{'req/s':>8}{'p50 ms':>8}{'p99 ms':>8}{'stmts':>7}{'kB':>7}  floor")
    for line in lines:
        found = line.result
        said = "" if line.statements is None else str(line.statements)
        wrong = f"  {found.wrong} WRONG ANSWERS" if found.wrong else ""
        figures = f"{found.rate:8.0f}{found.percentile(0.5):8.1f}{found.percentile(0.99):8.1f}{said:>7}{found.size / 1024:7.1f}"
        print(f"{line.title:34}{figures}  {line.floor}{wrong}")


def bare() -> list[Line]:
    """The least that this machine, this server and this client can do."""
    lines = []
    for title, target, path, status in (
        ("bare WSGI redirect", "bench.bare:redirect", "/", 302),
        ("bare Flask redirect", "bench.bare:page", "/302", 302),
        ("bare Flask page", "bench.bare:page", "/", 200),
    ):
        with server(target, {}) as (port, _process):
            lines.append(Line(title, "", load(port, [request("GET", path, HOST)], status=status, seconds=SECONDS)))
    return lines


def main() -> int:
    """Seed, serve, measure, print."""
    with TemporaryDirectory(prefix="socii-bench-") as folder, database() as address:
        environ = production(folder, address)
        app = create_app(read_settings(environ))
        began = time.monotonic()
        with app.app_context():
            tokens = seed(app)
            print(f"{PEOPLE:,} people seeded in {time.monotonic() - began:.0f} s", flush=True)
            plan = pages(app, tokens)
            counts = [statements(app, page) for page in plan]
            taken = export(app, next(page for page in plan if page.title == "completion report").cookies[0])
            db.session.remove()
            db.engine.dispose()
        lines = bare()
        with server("wsgi:app", environ) as (port, process):
            for page, count in zip(plan, counts, strict=True):
                lines.append(Line(page.title, page.floor, measure(port, page), count))
            used = memory(process)
            redirect = compare(port, plan[-1].path(""))
        show(lines)
        print(f"\n{taken}")
        print(said(redirect))
        print(f"memory of two workers: {used:.0f} MB (floor 260 MB)")
    return 1 if any(line.result.wrong for line in lines) else 0


if __name__ == "__main__":
    sys.exit(main())
