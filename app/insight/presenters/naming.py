"""What exports are called in the audit log."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from flask import url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from app.core.who import Who
from app.insight.policy import may_report
from app.insight.queries.exports import exported
from app.web.room import Named

LISTS: Final[Mapping[str, Any]] = {
    "completion": _l("the completion report"),
    "people": _l("the list of people"),
    "lapsing": _l("the list of what lapses"),
}


def exports_named(session: Session, ids: set[str], *, who: Who, at: datetime) -> dict[str, Named]:  # noqa: ARG001  # every room answers in this shape
    """The lists that were exported, with the way to them for HR."""
    found = exported(session, ids)
    return {uuid: Named(str(LISTS[name]), url_for(f"insight.{name}") if may_report(who) else "") for uuid, name in found.items() if name in LISTS}
