"""What there is to compare with: the least that WSGI and Flask can do under the same server."""

from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask

PAGE = "<!doctype html><title>Bare</title>" + "<p>Thirteen kilobytes of text that costs nothing to make.</p>" * 210

page = Flask("bare")


@page.get("/")
def bare_page() -> str:
    """A page without a query or a template."""
    return PAGE


@page.get("/302")
def bare_redirect() -> tuple[str, int, dict[str, str]]:
    """A redirect by a Flask route."""
    return "", 302, {"Location": "https://example.com/"}


def redirect(_environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """A redirect without any framework."""
    start_response("302 Found", [("Location", "https://example.com/"), ("Content-Length", "0"), ("Cache-Control", "no-store")])
    return [b""]
