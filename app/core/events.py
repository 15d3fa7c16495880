"""Facts that travel up: announced in the transaction that makes them true, delivered after it as jobs, at least once.

An event is a frozen dataclass of ints, strings and nothing else, named in the past tense. `app/wiring.py` alone says who reacts.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.ids import new_uuid
from app.core.jobs import Handler, enqueue
from app.core.models import StoredEvent


@dataclass(frozen=True)
class Event:
    """The base of every fact that a room announces."""


Reaction = Callable[..., None]
"""Called as `reaction(session, event, at=…)` inside a unit of work of its own."""

_wiring: dict[type[Event], tuple[Reaction, ...]] = {}


def wire(subscriptions: Mapping[type[Event], Sequence[Reaction]]) -> dict[str, Handler]:
    """Set who reacts to what, and return the job handlers that deliver it; replaces whatever was set before."""
    _wiring.clear()
    _wiring.update({kind: tuple(reactions) for kind, reactions in subscriptions.items()})
    return {name_of(kind, reaction): _delivery(kind, reaction) for kind, reactions in _wiring.items() for reaction in reactions}


def name_of(kind: type[Event], reaction: Reaction) -> str:
    """The name under which a delivery stands in the job table."""
    return f"{kind.__name__}>{reaction.__module__.removeprefix('app.').removesuffix('.reactions')}.{reaction.__name__}"


def announce(session: Session, event: Event, *, at: datetime) -> None:
    """Write `event` to the outbox and a job for each reaction, in the running transaction."""
    kind = type(event)
    uuid = new_uuid()
    session.add(StoredEvent(uuid=uuid, name=kind.__name__, payload=asdict(event), at=at))
    for reaction in _wiring.get(kind, ()):
        name = name_of(kind, reaction)
        enqueue(session, name, key=f"{uuid}:{name}"[:200], due_at=at, event=uuid)


def _delivery(kind: type[Event], reaction: Reaction) -> Handler:
    known = {field.name for field in fields(kind)}

    def deliver(session: Session, args: dict[str, Any], at: datetime) -> None:
        payload = session.scalars(select(StoredEvent.payload).where(StoredEvent.uuid == args["event"])).one()
        reaction(session, kind(**{name: value for name, value in payload.items() if name in known}), at=at)

    return deliver
