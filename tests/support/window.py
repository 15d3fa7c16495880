"""A real browser's window: one person's, on a phone or on a desk, that remembers everything the browser complains about."""

import re
import shutil
from collections.abc import Sequence
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Playwright, Request

from app.demo.rules import PASSWORD

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
SHELL = "chromium-headless-shell"
"""The same browser without a house around its pages: it takes two thirds of the time, and keeps no whole pages for Back."""
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
)
"""Debian's browser, without whatever it likes to fetch by itself; no name of the world outside leads anywhere."""
SIZES = {"phone": (390, 844), "desktop": (1280, 900)}
SMALLEST = (320, 640)
"""The smallest window that loses nothing (WCAG 1.4.10)."""
PATIENCE_MS = 15_000
ANSWERED = re.compile(r"Failed to load resource: the server responded with a status of 4\d\d")
"""Chromium notes every refusal as an error; a page that explains a refusal is not at fault."""


def find_chromium(*, whole: bool = False) -> str | None:
    """Where the machine's own browser is, if it has one; unless it must be the `whole`, the quicker shell will do."""
    return next(filter(None, map(shutil.which, BROWSERS if whole else (SHELL, *BROWSERS))), None)


def start_chromium(playwright: Playwright) -> Browser:
    """The machine's own browser."""
    return playwright.chromium.launch(executable_path=find_chromium(), args=list(QUIET))


class Window:
    """A window with a store of cookies of its own, so each is a device of its own."""

    def __init__(self, browser: Browser, address: str, size: str, *, language: str = "en", scheme: str = "light") -> None:
        """`language` is what the browser asks for before anybody has signed in."""
        self.address = address
        self.size = size
        self.faults: list[str] = []
        self.outside: list[str] = []
        width, height = SIZES.get(size, SMALLEST)
        phone = {"has_touch": True, "is_mobile": True} if size != "desktop" else {}
        self.context: BrowserContext = browser.new_context(
            base_url=address,
            viewport={"width": width, "height": height},
            locale=language,
            color_scheme=scheme,
            reduced_motion="reduce",
            permissions=["clipboard-read", "clipboard-write"],
            **phone,
        )
        self.context.set_default_timeout(PATIENCE_MS)
        self.context.on("request", self._note)
        self.context.on("page", self._watch)
        self.page: Page = self.context.new_page()

    def _note(self, request: Request) -> None:
        if request.url.startswith("http") and not request.url.startswith(f"{self.address}/"):
            self.outside.append(request.url)

    def answer_outside(self) -> None:
        """Let every address outside answer with an empty page; costs the browser its cache, so only for a story that goes there."""
        page = "<!doctype html><title>outside</title>"
        outside = re.compile(rf"^(?!{re.escape(self.address)}/|data:|blob:)")
        self.context.route(outside, lambda route: route.fulfill(status=200, content_type="text/html", body=page))

    def _watch(self, page: Page) -> None:
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.faults.append(f"{page.url}: {error}"))
        page.on("response", lambda answer: self.faults.append(f"{answer.status} {answer.url}") if answer.status >= 500 else None)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not ANSWERED.search(message.text):
            self.faults.append(f"{message.location.get('url', '')}: {message.text}")

    def go(self, path: str) -> Page:
        """Open an address of the house."""
        self.page.goto(path)
        return self.page

    def sign_in(self, name: str, path: str = "/") -> Page:
        """Sign in through the form as a member of the demo's cast, on the way to `path`."""
        self.go(path)
        form = self.page.locator("form", has=self.page.locator("input[type=email]")).first
        form.locator("input[name=email]").fill(f"{name}@meridian.example")
        form.locator("input[name=password]").fill(PASSWORD)
        self.press(form.locator("button[type=submit]"))
        self.page.wait_for_url(re.compile(r"^(?!.*/sign-in)"))
        return self.page

    def press(self, what: Locator | str) -> None:
        """A finger on a phone, a mouse on a desk."""
        target = self.page.locator(what).first if isinstance(what, str) else what
        target.tap() if self.size != "desktop" else target.click()

    def send(self, button: Locator | str) -> None:
        """Press what leads to another page, and wait until that is there."""
        with self.page.expect_navigation():
            self.press(button)

    def focused(self) -> dict[str, Any]:
        """What has the focus: its tag, name, text, and whether that can be seen."""
        return self.page.evaluate(FOCUSED)

    def tab_to(self, wanted: str, *, most: int = 80) -> None:
        """Press Tab until `wanted` (a selector) has the focus; each stop on the way must show that it has it."""
        for _ in range(most):
            self.page.keyboard.press("Tab")
            here = self.focused()
            assert here["tag"] == "BODY" or here["shown"], f"the focus cannot be seen on {here}"
            if self.page.locator(wanted).evaluate_all("(found) => found.includes(document.activeElement)"):
                return
        raise AssertionError(f"{most} times Tab do not reach {wanted}; the focus is on {self.focused()}")

    def close(self) -> Sequence[str]:
        """Close the window; returns what the browser complained about."""
        self.context.close()
        return self.faults


FOCUSED = """() => {
  const here = document.activeElement;
  const ringed = (element) => {
    const style = getComputedStyle(element);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  };
  const around = (element) => Boolean(element) && element !== document.body && (ringed(element) || around(element.parentElement));
  const shown = around(here) || [...(here.labels ?? [])].some(ringed);
  return { tag: here.tagName, name: here.getAttribute("name"), text: here.textContent.trim().slice(0, 60), shown };
}"""
