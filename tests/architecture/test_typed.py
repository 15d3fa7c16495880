"""Nothing that somebody typed is lost because the proof in their form was old (docs/decisions/0014): generated over every write of the house.

What a route takes is not read from pages, which show a form only when it makes sense: it is asked of the form that its view fills.
"""

from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup
from wtforms import DateTimeLocalField, IntegerField, PasswordField, StringField, TimeField
from wtforms.widgets import HiddenInput

from app.web.forms import Form
from tests.architecture.rows import members, rows
from tests.architecture.world import EMPLOYEES, MEMBERS, World
from tests.support.browser import BASE, written_in

if TYPE_CHECKING:
    from collections.abc import Callable

ROWS = rows()
WRITES = sorted(name for name, row in ROWS.items() if "POST" in row["methods"])
TYPED = {IntegerField: "17", TimeField: "03:17", DateTimeLocalField: "2031-03-17T03:17", StringField: "What I typed into {name}: <é>"}
"""What somebody types into each kind of field; a password is never sent back, and a file cannot be."""
STAYS_BEHIND = {"hub.preview", "hub.preview_of"}
"""Opens a window of its own (a button with formtarget), while the form stays where it was typed."""
CHOICES = {"sharing.compose": {"network": "mastodon"}, "sharing.check": {"network": "mastodon"}}
"""What has to be chosen for a field to be there."""


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> list[Form]:
    """The forms that views fill with what was sent."""
    found: list[Form] = []
    original: Callable[[Form], bool] = Form.sent

    def sent(form: Form) -> bool:
        found.append(form)
        return original(form)

    monkeypatch.setattr(Form, "sent", sent)
    return found


def _typed(form: Form) -> dict[str, str]:
    """A text for every field of the form into which people type."""
    seen = [field for field in form if not isinstance(field.widget, HiddenInput) and not isinstance(field, PasswordField)]
    return {field.name: text.format(name=field.name) for field in seen for kind, text in TYPED.items() if isinstance(field, kind)}


def _things(endpoint: str) -> list[tuple[str, str | None]]:
    """Who is let in, and to which thing: each thing that the row names, in whatever state it is."""
    row = ROWS[endpoint]
    found = [(let_in, thing) for thing, let_in in row.get("things", {}).items() if members(let_in)] or [(row["may"], None)]
    return [(next(name for name in (*EMPLOYEES, *MEMBERS) if name in members(let_in)), thing) for let_in, thing in found]


@pytest.mark.parametrize("endpoint", WRITES)
def test_whatever_was_typed_comes_back_when_the_proof_is_old(world: World, taken: list[Form], endpoint: str):
    """T65: as a browser sends it, without script, to every thing that its address may name."""
    rule = next(world.app.url_map.iter_rules(endpoint))
    for member, thing in _things(endpoint):
        asked_by = "stranger" if endpoint == "people.sign_in" else member
        path = world.path(rule, world.things[thing] if thing else world.thing_of(rule, ROWS[endpoint]))
        taken.clear()
        world.ask(asked_by, "POST", path, data={"a-field-that-no-form-has": "1"})
        texts = {name: text for form in taken for name, text in _typed(form).items()}
        assert texts or endpoint not in world.app.extensions["typed"], f"{endpoint} says that it carries what somebody typed, and does not"
        if not texts or endpoint in STAYS_BEHIND:
            continue
        sent = {**CHOICES.get(endpoint, {}), **texts, "csrf_token": "of-another-session"}
        answer = world.ask(asked_by, "POST", path, data=sent, headers={"Accept": "text/html", "Referer": f"{BASE}/me"})
        page = BeautifulSoup(answer.text, "html.parser")
        shown = {field.get("value") if field.name == "input" else written_in(field) for field in page.select("main input, main textarea")}
        assert answer.status_code == 400, f"{path} as {asked_by}: {answer.status_code}"
        assert set(texts.values()) <= shown, f"{path} loses {set(texts.values()) - shown}"
        assert page.select_one("main [role=alert]") or page.select_one("main textarea[readonly]"), f"{path} does not say why"
        assert world.contents() == world.untouched


def test_only_what_opens_a_window_of_its_own_leaves_what_was_typed_behind(world: World):
    page = BeautifulSoup(world.ask("grace", "GET", "/hub/stories/new").text, "html.parser")
    assert {button["formtarget"] for button in page.select("button[formaction$='/preview']")} == {"_blank"}
