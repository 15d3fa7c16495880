"""Things of the people room that URLs name."""

from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session as Db

from app.core.crypto import digest
from app.people.models import Invitation, Person, RoleGrant, Session, Upload
from tests.support.cast import Cast

BEGUN = datetime(2026, 1, 1, tzinfo=UTC)
NEVER = datetime(2099, 1, 1, tzinfo=UTC)


def objects(session: Db, cast: Cast) -> Mapping[str, Mapping[str, object]]:
    """Persons inside and outside a scope, a role, sessions, a link, files brought by two administrators."""
    grant = session.scalars(select(RoleGrant).where(RoleGrant.person_id == cast.iris.id)).one()
    scoped_admin = session.scalars(select(Person).where(Person.email_key.startswith("scoped.admin"))).one()
    session.add(Invitation(person_id=cast.ada.id, purpose="reset", token_digest=digest("adas-link"), created_at=BEGUN, expires_at=NEVER))
    return {
        "ada": {"uuid": cast.ada.uuid},
        "mallory": {"uuid": cast.mallory.uuid},
        "the empty department": {"slug": "empty"},
        "the department research": {"slug": "research"},
        "iris's role": {"uuid": cast.iris.uuid, "grant_id": grant.id},
        "iris's role through ada": {"uuid": cast.ada.uuid, "grant_id": grant.id},
        "ada's link": {"token": "adas-link"},
        "ada's session": {"uuid": _session_of(session, cast.ada)},
        "mallory's session": {"uuid": _session_of(session, cast.mallory)},
        "rosa's file": {"uuid": _file_of(session, cast.rosa)},
        "the scoped admin's file": {"uuid": _file_of(session, scoped_admin)},
    }


def _session_of(session: Db, person: Person) -> str:
    row = Session(
        token_digest=digest(f"another browser of {person.id}"), person_id=person.id, epoch=person.session_epoch, created_at=BEGUN, expires_at=NEVER
    )
    session.add(row)
    session.flush()
    return row.uuid


def _file_of(session: Db, person: Person) -> str:
    row = Upload(by_id=person.id, file_name="people.csv", storage_key="uploads/none", state="shown", created_at=BEGUN)
    session.add(row)
    session.flush()
    return row.uuid
