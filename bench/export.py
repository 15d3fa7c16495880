"""How long the list of people takes as a file: all of it, and until its first byte."""

import time
from contextvars import Context
from dataclasses import dataclass

from flask import Flask

from bench.pages import BASE, a_token


@dataclass(frozen=True)
class Export:
    """One export; times in seconds."""

    rows: int
    first: float
    whole: float

    def __str__(self) -> str:
        """The line below the table."""
        return f"people as CSV: {self.rows:,} rows in {self.whole:.1f} s, first byte after {self.first:.2f} s (floor 9 s for 100,000, 0.5 s)"


def export(app: Flask, cookie: str) -> Export:
    """Take the list as the HR officer with this cookie would."""
    return Context().run(_export, app, cookie)


def _export(app: Flask, cookie: str) -> Export:
    client, headers = app.test_client(use_cookies=False), {"Cookie": cookie}
    data = {"csrf_token": a_token(app, cookie), "view": ""}
    began = time.perf_counter()
    answer = client.post("/hr/people.csv", base_url=BASE, headers=headers, data=data, buffered=False)
    first, rows = 0.0, 0
    for part in answer.response:
        first = first or time.perf_counter() - began
        rows += (part if isinstance(part, bytes) else part.encode()).count(b"\r\n")
    return Export(rows - 1, first, time.perf_counter() - began)
