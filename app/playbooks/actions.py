"""Publishing the policy: a new number is a new version, and a published version never changes."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.core.authored import checksum
from app.core.database import insert_once
from app.core.errors import Conflict
from app.people.actions.auditing import Door, audit
from app.playbooks.models import PolicyVersion
from app.playbooks.queries import newest_version
from app.playbooks.rules import effective_on


def publish_policy(session: Session, document: Mapping[str, Any], *, at: datetime, by_id: int | None = None, door: Door | None = None) -> bool:
    """Publish `document` under its number; says whether that is new. Writes an audit entry.

    Raises Conflict("policy.changed") when the number is published with another text, Conflict("policy.number_used") when it is lower
    than the last one.
    """
    number, sum_now = document["version"], checksum(document)
    newest = newest_version(session)
    if newest is not None and newest.number == number and newest.checksum == sum_now:
        return False
    if newest is not None and newest.number >= number:
        raise Conflict("policy.changed" if newest.number == number else "policy.number_used", number=newest.number)
    values = {"checksum": sum_now, "document": dict(document), "effective_on": effective_on(document), "published_at": at}
    if not insert_once(session, PolicyVersion, number=number, **values):
        raise Conflict("policy.changed", number=number)
    before = [newest.number if newest else None, newest.checksum if newest else None]
    changes = {"version": [before[0], number], "checksum": [before[1], sum_now]}
    audit(session, "policy.published", at=at, by_id=by_id, about=("policy", str(number)), changes=changes, door=door)
    return True
