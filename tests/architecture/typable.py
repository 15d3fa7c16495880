"""What people can type into the writes of the house, asked of the forms that its views fill and not of the pages that show them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from wtforms import Field, PasswordField
from wtforms.widgets import HiddenInput

from app.web.forms import Form
from tests.architecture.rows import members, rows
from tests.architecture.world import EMPLOYEES, MEMBERS, World

ROWS = rows()
WRITES = sorted(name for name, row in ROWS.items() if "POST" in row["methods"])
STAYS_BEHIND = {"hub.preview", "hub.preview_of"}
"""Opens a window of its own (a button with formtarget), while the form stays where it was typed."""
CHOICES = {"sharing.compose": {"network": "mastodon"}, "sharing.check": {"network": "mastodon"}}
"""What has to be chosen for a field to be there."""


@contextmanager
def _gathering() -> Iterator[list[Form]]:
    found: list[Form] = []
    original = Form.sent

    def sent(form: Form) -> bool:
        found.append(form)
        return original(form)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Form, "sent", sent)
        yield found


def forms_of(world: World, member: str, path: str) -> list[Form]:
    """The forms that a write fills; nothing is done, since a field is sent that none of them has."""
    with _gathering() as found:
        world.ask(member, "POST", path, data={"a-field-that-no-form-has": "1"})
    return found


def is_hidden(field: Field) -> bool:
    """Whether nobody types into it."""
    return isinstance(field.widget, HiddenInput)


def is_secret(field: Field) -> bool:
    """Whether it is never sent back."""
    return isinstance(field, PasswordField)


def addresses(world: World, endpoint: str) -> list[tuple[str, str]]:
    """Who sends something to where: to each thing that the row names, in whatever state it is, as the first who may."""
    row, rule = ROWS[endpoint], next(world.app.url_map.iter_rules(endpoint))
    things: dict[str, Any] = {thing: let_in for thing, let_in in row.get("things", {}).items() if members(let_in)}
    if not things:
        return [(_first(endpoint, row["may"]), world.path(rule, world.thing_of(rule, row)))]
    return [(_first(endpoint, let_in), world.path(rule, world.things[thing])) for thing, let_in in things.items()]


def _first(endpoint: str, let_in: str | list[str]) -> str:
    """Whoever has signed in already is led on from there, whatever the form says."""
    return "stranger" if endpoint == "people.sign_in" else next(name for name in (*EMPLOYEES, *MEMBERS) if name in members(let_in))
