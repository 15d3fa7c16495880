"""Things of the people room that URLs name."""

from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy.orm import Session as Db

from app.core.crypto import digest
from app.people.models import Invitation
from tests.support.cast import Cast


def objects(session: Db, cast: Cast) -> Mapping[str, Mapping[str, object]]:
    """A link to set a password."""
    begun = datetime(2026, 1, 1, tzinfo=UTC)
    session.add(
        Invitation(
            person_id=cast.ada.id, purpose="reset", token_digest=digest("adas-link"), created_at=begun, expires_at=datetime(2099, 1, 1, tzinfo=UTC)
        )
    )
    session.commit()
    return {"ada's link": {"token": "adas-link"}}
