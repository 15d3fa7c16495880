"""A room's contents page: every URL with its view and, without exception, who may open it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps
from typing import Any, Protocol

from flask import Blueprint, Flask, request, session
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.core.errors import NotFound
from app.core.who import Who, anyone
from app.web.errors import SignInFirst, learn_sentences
from app.web.session import current_who

View = Callable[..., ResponseReturnValue]
May = Callable[[Who | None], bool]


@dataclass(frozen=True)
class Holding:
    """One kind of thing held about a person: what for, for how long, and the rows themselves (column → value).

    `labels` gives each column its word on the page, and `words` a column's values theirs, by value or by a function of it; other software
    reads both as they are. `names` says what an id, or each of a list of ids, is called, by column: the page prints the name alone, other
    software gets both.
    """

    title: Any
    purpose: Any
    kept: Any
    rows: Sequence[Mapping[str, Any]]
    labels: Mapping[str, Any] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, Any] | Callable[[Any], str]] = field(default_factory=dict)
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


Holdings = Callable[[Session, int], list[Holding]]
"""Called as `holdings(session, person_id)`."""


@dataclass(frozen=True)
class Named:
    """What a thing is called by somebody who reads that it was changed, and where they may open it ("" = nowhere)."""

    name: str
    href: str = ""


class Names(Protocol):
    """Says what things of one kind are called, by outside id; leaves out those whose name `who` may not know."""

    def __call__(self, session: Session, ids: set[str], *, who: Who, at: datetime) -> Mapping[str, Named]:
        """One statement or two, however many things."""


@dataclass(frozen=True)
class Place:
    """An entry of the navigation. `desk` places stand on the desktop's rail and, on a phone, on the page Me.

    Every address that begins with `under` (else with the place's own) counts as being there.
    """

    label: Any
    endpoint: str
    icon: str
    may: May
    order: int
    desk: bool = False
    under: str | None = None


class Room(Blueprint):
    """A Blueprint whose routes cannot be written without a policy."""

    def __init__(self, name: str, import_name: str, *, url_prefix: str | None = None, sentences: Mapping[str, Any] | None = None) -> None:
        """`sentences` maps the codes of the room's refusals to lazy translated sentences."""
        super().__init__(name, import_name, url_prefix=url_prefix)
        self.policies: dict[str, May] = {}
        self.most_bytes: dict[str, int] = {}
        self.typed: set[str] = set()
        self.places: list[Place] = []
        self.fillings: list[tuple[str, Callable[..., Any]]] = []
        self.holdings: list[Holdings] = []
        self.naming: dict[str, Names] = {}
        learn_sentences(sentences or {})
        self.url_value_preprocessor(self._widen)

    def page(self, rule: str, endpoint: str, view: View, *, may: May) -> None:
        """A page: GET, never writes."""
        self._add(rule, endpoint, view, may, ["GET"])

    def form(self, rule: str, endpoint: str, view: View, *, may: May, most_bytes: int | None = None) -> None:
        """A page with a form that is sent to the same address: GET shows it, POST does it or shows what is wrong.

        `most_bytes` lets somebody who is signed in send more than the house's limit here, and only here.
        """
        if most_bytes is not None:
            self.most_bytes[f"{self.name}.{endpoint}"] = most_bytes
        self._add(rule, endpoint, view, may, ["GET", "POST"])

    def deed(self, rule: str, endpoint: str, view: View, *, may: May, typed: bool = False) -> None:
        """Something that changes data: POST only, answers 303.

        `typed` says that it carries what somebody typed; its view shows a page with that whenever the deed is not done.
        """
        if typed:
            self.typed.add(f"{self.name}.{endpoint}")
        self._add(rule, endpoint, view, may, ["POST"])

    def street(self, rule: str, endpoint: str, view: View) -> None:
        """An address in the open street: GET for anyone, and nobody is asked who they are, so that no session is read and no query made."""
        self.policies[endpoint] = anyone
        self.add_url_rule(rule, endpoint, view, methods=["GET"])

    def place(self, label: Any, endpoint: str, icon: str, *, may: May, order: int, desk: bool = False, under: str | None = None) -> None:
        """Put a page of this room into the navigation."""
        self.places.append(Place(label, f"{self.name}.{endpoint}", icon, may, order, desk, under))

    def fill(self, slot: str, filling: Callable[..., Any]) -> None:
        """Print something at a named place of a page further down (see `app.web.slots`)."""
        self.fillings.append((slot, filling))

    def holds(self, holdings: Holdings) -> None:
        """Say what this room holds about a person, for the page where everybody reads what is held about them."""
        self.holdings.append(holdings)

    def names(self, kind: str, names: Names) -> None:
        """Say what this room's things of a kind are called, for the audit log, which lies below them."""
        self.naming[kind] = names

    def _widen(self, endpoint: str | None, _values: object) -> None:
        """Runs before anything reads the body, so before the proof in the form is checked."""
        if endpoint in self.most_bytes and session.get("_user_id"):
            request.max_content_length = self.most_bytes[endpoint]

    def _add(self, rule: str, endpoint: str, view: View, may: May, methods: list[str]) -> None:
        self.policies[endpoint] = may
        self.add_url_rule(rule, endpoint, _guarded(view, may), methods=methods)


def _guarded(view: View, may: May) -> View:
    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> ResponseReturnValue:
        who = current_who()
        if not may(who):
            raise SignInFirst(request.full_path) if who is None else NotFound
        return view(*args, **kwargs)

    return guarded


def move_in(app: Flask, *rooms: Room) -> None:
    """Register the rooms with `app` and remember their policies and places."""
    policies: dict[str, May] = app.extensions.setdefault("policies", {})
    typed: set[str] = app.extensions.setdefault("typed", set())
    places: list[Place] = app.extensions.setdefault("places", [])
    slots: dict[str, list[Callable[..., Any]]] = app.extensions.setdefault("slots", {})
    holdings: list[Holdings] = app.extensions.setdefault("holdings", [])
    naming: dict[str, Names] = app.extensions.setdefault("names", {})
    for room in rooms:
        app.register_blueprint(room)
        policies.update({f"{room.name}.{endpoint}": may for endpoint, may in room.policies.items()})
        typed.update(room.typed)
        places.extend(room.places)
        holdings.extend(room.holdings)
        naming.update(room.naming)
        for name, filling in room.fillings:
            slots.setdefault(name, []).append(filling)
    places.sort(key=lambda place: place.order)
