"""Fills in forms without drawing a page: for what must have happened before a story begins, and is told in full by another.

It asks the same server, in the session of a window that is open, and sends what the page's own form would.
"""

import time
from typing import Any
from urllib.parse import urlencode

from bs4 import BeautifulSoup, Tag
from playwright.sync_api import APIRequestContext, APIResponse

from app.demo.rules import PASSWORD
from tests.support.browser import offered

FORM = "application/x-www-form-urlencoded"


class Pen:
    """Writes as whoever is signed in where `ask` keeps its cookies."""

    def __init__(self, ask: APIRequestContext, address: str) -> None:
        """`address` is the house's own, as forms sent from its pages say."""
        self.ask = ask
        self.address = address

    def read(self, path: str) -> BeautifulSoup:
        """A page; it must be there."""
        answer = self.ask.get(path)
        assert answer.status == 200, f"{path}: {answer.status}"
        return BeautifulSoup(answer.text(), "html.parser")

    def follow(self, path: str) -> str:
        """Where an address leads."""
        return self.inside(self.ask.get(path))

    def send(self, path: str, action: str, *, to: str | None = None, files: dict[str, Any] | None = None, **fields: Any) -> APIResponse:
        """Open `path`, fill in the form whose address ends with `action`, and send it there or, by another of its buttons, `to`."""
        form = self._form(self.read(path), action)
        values = {**offered(form), **fields}
        target, headers = to or str(form.get("action") or path), {"Origin": self.address}
        if files is not None:
            answer = self.ask.post(target, multipart={**values, **files}, headers=headers)
        else:
            answer = self.ask.post(target, data=urlencode(values, doseq=True), headers={**headers, "Content-Type": FORM})
        assert answer.status == 200, f"{target}: {answer.status}\n{refusals(answer)}"
        return answer

    def sign_in(self, name: str) -> None:
        """Be a member of the demo's cast."""
        self.send("/sign-in", "/sign-in", email=f"{name}@meridian.example", password=PASSWORD)

    def inside(self, answer: APIResponse) -> str:
        """Where an answer led, as a path of the house."""
        return answer.url.removeprefix(self.address)

    def wait_for(self, path: str, wanted: str) -> BeautifulSoup:
        """The page once it has `wanted` (a selector): the jobs come round in a moment."""
        for _ in range(200):
            page = self.read(path)
            if page.select_one(wanted):
                return page
            time.sleep(0.05)
        raise AssertionError(f"{path} never had {wanted}")

    def _form(self, page: BeautifulSoup, action: str) -> Tag:
        forms = [form for form in page.find_all("form") if str(form.get("method", "")).lower() == "post"]
        found = next((form for form in forms if str(form.get("action") or "").split("?")[0].endswith(action)), None)
        assert found is not None, f"no form is sent to {action!r}, only to {[form.get('action') for form in forms]}"
        return found


def refusals(answer: APIResponse) -> str:
    """What a page says against what it was sent."""
    page = BeautifulSoup(answer.text(), "html.parser")
    return " | ".join(found.get_text(" ", strip=True) for found in page.select("[role=alert], .field-error, .error, h1"))
