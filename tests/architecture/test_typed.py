"""Nothing that somebody typed is lost because the proof in their form was old (docs/decisions/0014): generated over every write of the house."""

import pytest
from bs4 import BeautifulSoup
from wtforms import DateTimeLocalField, IntegerField, StringField, TimeField

from app.web.forms import Form
from tests.architecture.typable import CHOICES, STAYS_BEHIND, WRITES, addresses, forms_of, is_hidden, is_secret
from tests.architecture.world import World
from tests.support.browser import BASE, written_in

TYPED = {IntegerField: "17", TimeField: "03:17", DateTimeLocalField: "2031-03-17T03:17", StringField: "What I typed into {name}: <é>"}
"""What somebody types into each kind of field; a password is never sent back, and a file cannot be."""


def _typed(form: Form) -> dict[str, str]:
    """A text for every field of the form into which people type."""
    seen = [field for field in form if not is_hidden(field) and not is_secret(field)]
    return {field.name: text.format(name=field.name) for field in seen for kind, text in TYPED.items() if isinstance(field, kind)}


@pytest.mark.parametrize("endpoint", WRITES)
def test_whatever_was_typed_comes_back_when_the_proof_is_old(world: World, endpoint: str):
    """T65: as a browser sends it, without script, to every thing that its address may name."""
    for member, path in addresses(world, endpoint):
        texts = {name: text for form in forms_of(world, member, path) for name, text in _typed(form).items()}
        assert texts or endpoint not in world.app.extensions["typed"], f"{endpoint} says that it carries what somebody typed, and does not"
        if not texts or endpoint in STAYS_BEHIND:
            continue
        sent = {**CHOICES.get(endpoint, {}), **texts, "csrf_token": "of-another-session"}
        answer = world.ask(member, "POST", path, data=sent, headers={"Accept": "text/html", "Referer": f"{BASE}/me"})
        page = BeautifulSoup(answer.text, "html.parser")
        shown = {field.get("value") if field.name == "input" else written_in(field) for field in page.select("main input, main textarea")}
        assert answer.status_code == 400, f"{path} as {member}: {answer.status_code}"
        assert set(texts.values()) <= shown, f"{path} loses {set(texts.values()) - shown}"
        assert page.select_one("main [role=alert]") or page.select_one("main textarea[readonly]"), f"{path} does not say why"
        assert world.contents() == world.untouched


def test_only_what_opens_a_window_of_its_own_leaves_what_was_typed_behind(world: World):
    page = BeautifulSoup(world.ask("grace", "GET", "/hub/stories/new").text, "html.parser")
    assert {button["formtarget"] for button in page.select("button[formaction$='/preview']")} == {"_blank"}
