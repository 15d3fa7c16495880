"""T46, T49, T50, T52, T89: whatever people type, in every name and text, stays text on every page of everybody, in a real browser."""

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from urllib.parse import quote, urlencode

from flask import Flask
from playwright.sync_api import Dialog

from app.core.ids import new_code
from tests.support.axe import overflow
from tests.support.demo import House
from tests.support.hostile import Hostile
from tests.support.pen import Pen
from tests.support.polyglots import POLYGLOTS
from tests.support.tour import PERSONAS, STRANGER, beginnings
from tests.support.walk import EACH, Answer, endpoint_of, links_on, walk
from tests.support.window import Window

REPORT = """document.addEventListener("securitypolicyviolation", (event) => {
  (window.refused ??= []).push(event.violatedDirective);
  console.error(`refused by the policy: ${event.violatedDirective} ${event.blockedURI}`);
});"""
REFUSED = ["script-src-elem", "script-src-attr", "style-src-elem", "form-action"]
LOOK = r"""() => {
  const odd = [], html = document.documentElement.outerHTML;
  for (const element of document.querySelectorAll("*")) {
    for (const { name, value } of element.attributes) {
      const leads = /^(href|src|action|formaction|data|srcdoc|poster|xlink:href)$/.test(name) && /^\s*(javascript|vbscript|data):/i.test(value);
      if (name === "data-canary" || /^(on|hx-on)/.test(name) || name === "srcdoc" || leads) odd.push(`${name}="${value}" on <${element.localName}>`);
    }
  }
  if (html.includes("94011")) odd.push("a template was computed");
  return { odd, marks: html.match(/mark\d{3}/g) ?? [], links: [...document.links].map((link) => link.href) };
}"""
PARAMETERS = (
    "q",
    "next",
    "lang",
    "topic",
    "network",
    "department",
    "course",
    "country",
    "status",
    "open",
    "actor",
    "action",
    "day",
    "board",
    "code",
    "after",
)


MARK = re.compile(r"mark\d{3}")
FILES = (".pdf", ".json")
"""What a browser opens with something else than a page of ours."""
PLACES = ("", "/library", "/learn", "/verify", "/s", "/hr/people", "/share", "/password")
LONGEST = 3_900
"""An address has four kilobytes."""
INJECTED = """() => {
  const script = document.createElement("script");
  script.textContent = "window.ran = 'a script element'";
  document.body.append(script);
  const away = Object.assign(document.createElement("script"), { src: "https://canary.invalid/a.js" });
  document.body.append(away);
  document.body.insertAdjacentHTML("beforeend", `<img src="x" onerror="window.ran = 'a handler'"><style>body { color: red }</style>`);
  document.body.insertAdjacentHTML("beforeend", `<iframe srcdoc="<script>parent.ran = 'a frame'</script>"></iframe><object data="data:text/html,x"></object>`);
  document.body.insertAdjacentHTML("beforeend", `<form action="https://canary.invalid/form"></form><a id="injected" href="javascript:window.ran = 'an address'">x</a>`);
  document.getElementById("injected").click();
  document.forms[document.forms.length - 1].submit();
}"""


class Guest:
    """Somebody who looks at every page that links lead to, and at what else became of what was typed."""

    def __init__(self, here: Window, kind_of: Callable[[str], str | None], drawn: dict[str | None, int], seen: set[str]) -> None:
        """Whatever the policy refuses becomes a complaint of the window, like a dialog that opens.

        `drawn` counts how many people have looked at each kind of page, `seen` holds the marks on them. Whoever comes after the second follows
        the links of a page without drawing it, unless it shows what nobody has seen: a browser takes ten times as long, and what a name becomes
        on every page for each of the cast is told in `tests/architecture/test_names.py`.
        """
        self.here = here
        self.kind_of = kind_of
        self.drawn = drawn
        self.seen = seen
        here.context.add_init_script(REPORT)
        here.page.on("dialog", self.refuse)

    def refuse(self, dialog: Dialog) -> None:
        """Nobody asked for a dialog."""
        self.here.faults.append(f"{self.here.page.url}: a dialog says {dialog.message}")
        dialog.dismiss()

    def read(self, path: str) -> Answer:
        """Open a page, look at it, and tell its links."""
        page = self.here.page
        if path.endswith(FILES):
            return Answer(path, None)
        kind = self.kind_of(path)
        if self.drawn.get(kind, 0) >= EACH:
            glance = self.here.context.request.get(path)
            if "text/html" not in glance.headers.get("content-type", "") or self.seen.issuperset(MARK.findall(glance.text())):
                return links_on(glance, path)
        self.drawn[kind] = self.drawn.get(kind, 0) + 1
        answer = page.goto(path)
        assert answer is not None
        assert answer.status < 400, f"a link leads to {path}, which answers {answer.status}"
        return Answer(page.url, self.look() if "text/html" in answer.headers.get("content-type", "") else None)

    def look(self) -> tuple[str, ...]:
        """Note what is odd on the page, and which marks stand on it; returns its links."""
        found = self.here.page.evaluate(LOOK)
        self.here.faults += [f"{self.here.page.url}: {odd}" for odd in [*found["odd"], *overflow(self.here.page)]]
        self.seen.update(found["marks"])
        return tuple(found["links"])

    def ask_oddly(self, path: str, start: int) -> None:
        """The same page with a polyglot in every parameter."""
        odd = (f"{path.partition('?')[0]}?{urlencode(dict.fromkeys(PARAMETERS, polyglot))}" for polyglot in POLYGLOTS[start:] + POLYGLOTS)
        self.here.page.goto(next(each for each in odd if len(each) < LONGEST))
        self.look()

    def go_astray(self, number: int) -> None:
        """A polyglot where an address has a name."""
        self.here.page.goto(f"{PLACES[number % len(PLACES)]}/{quote(POLYGLOTS[number], safe='')}")
        self.look()

    def type_and_wait(self, path: str, field: str, text: str, *, asks: str) -> None:
        """Type into a field whose script asks the server something (an address with `asks`) and prints the answer."""
        page = self.here.page
        page.goto(path, wait_until="networkidle")
        page.locator(field).fill("")
        with page.expect_response(lambda answer: asks in answer.url):
            page.locator(field).press_sequentially(text[0])
            page.locator(field).fill(text)
        page.wait_for_load_state("networkidle")
        self.look()


def test_whatever_people_type_stays_text(house: House, open_window: Callable[..., Window], application: Flask, tmp_path: Path) -> None:
    kinds, drawn, seen = endpoint_of(application, house.address), dict[str | None, int](), set[str]()

    @cache
    def guest(name: str) -> Guest:
        return Guest(open_window(size="smallest", language="en"), kinds, drawn, seen)

    @cache
    def pen(name: str) -> Pen:
        pen = Pen(guest(name).here.context.request, house.address)
        if name != STRANGER:
            pen.sign_in(name)
        return pen

    hostile = Hostile(house, pen)
    hostile.spoil(tmp_path / "courses")
    asked: set[str] = set()
    faults: list[str] = []
    for number, name in enumerate((STRANGER, *PERSONAS)):
        someone = guest(name)
        start = hostile.doors.get(name, ()) + beginnings(pen(name), name, house)
        for stop in walk(application, someone.read, start, house.address, each=1):
            if stop.endpoint not in asked:
                asked.add(stop.endpoint)
                someone.ask_oddly(stop.path, len(asked) % len(POLYGLOTS))
        someone.go_astray(number)
        for typing in hostile.typings.get(name, ()):
            someone.type_and_wait(*typing[:3], asks=typing[3])
        faults += [f"{name} at {fault}" for fault in someone.here.close()]
        faults += [f"{name} was led to {address}" for address in someone.here.outside]
    assert not faults, "\n".join(faults)
    unseen = sorted(where for mark, where in hostile.marks.items() if mark not in seen)
    assert not unseen, "nobody saw\n" + "\n".join(unseen)


def test_a_script_that_got_in_would_not_run(house: House, open_window: Callable[..., Window]) -> None:
    """T51: the second wall, should the first ever have a hole."""
    guest = Guest(open_window(size="desktop"), lambda _path: None, {}, set())
    for path in ("/sign-in", "/policy", f"/s/{new_code()}"):
        page = guest.here.go(path)
        page.evaluate(INJECTED)
        page.wait_for_function("(all) => all.every((directive) => window.refused?.includes(directive))", arg=REFUSED)
        assert page.evaluate("window.ran") is None, path
        assert page.url == f"{house.address}{path}"
        guest.here.faults.clear()
