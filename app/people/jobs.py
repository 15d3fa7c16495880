"""Doors for time: letters with links, and tidying up."""

from datetime import datetime
from functools import partial
from typing import Any

import structlog
from flask import current_app
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session as Db

from app.core.jobs import Errand, enqueue
from app.core.who import Role, Who
from app.people.actions import importing
from app.people.actions.auditing import Door, Walk
from app.people.actions.naming import spell_the_rest
from app.people.actions.signing_in import make_invitation
from app.people.models import Invitation, Look, Person, Session, Throttle, Upload
from app.people.queries import who_by_id
from app.people.rules import FAULTS_KEPT, LOOKS_KEPT, WINDOW
from app.web.database import standalone_reading
from app.web.post import absolute, write_letter

log = structlog.get_logger()


def send_invitation(session: Db, args: dict[str, Any], at: datetime) -> Errand | None:
    """Make the link and send it; the token exists in the letter and nowhere else."""
    person = session.get(Person, args["person"])
    if person is None or person.status == "left":
        return None
    token = make_invitation(session, person, args["purpose"], at=at)
    return write_letter(
        f"people/mails/{args['purpose']}",
        to=person.email,
        locale=person.locale,
        name=person.name,
        link=absolute("people.choose_password", token=token),
    )


def try_upload(session: Db, args: dict[str, Any], at: datetime) -> Errand | None:
    """Try the rows of a file with the rights that its owner has now; one that is refused is not kept."""
    upload, by = _upload_and_owner(session, args)
    storage = current_app.extensions["storage"]
    if by is not None:
        importing.try_upload(session, storage, upload, by=by, at=at)
    return importing.forget(storage, upload)


def take_upload(session: Db, args: dict[str, Any], at: datetime) -> Errand | None:
    """Take a file over with the rights that its owner has now; it is not kept."""
    upload, by = _upload_and_owner(session, args)
    storage = current_app.extensions["storage"]
    if by is not None:
        importing.take_upload(session, storage, upload, by=by, at=at, door=Door())
    return importing.forget(storage, upload)


def _upload_and_owner(session: Db, args: dict[str, Any]) -> tuple[Upload, Who | None]:
    """The upload and its owner; an owner who may no longer administer leaves it refused."""
    upload = session.get_one(Upload, args["upload"])
    who = who_by_id(session, upload.by_id)
    if who is None or not who.has(Role.ADMIN):
        upload.state = "refused"
        return upload, None
    return upload, who


def tidy(session: Db, _args: dict[str, Any], at: datetime) -> Errand:
    """Forget sessions, links and throttles that are over, looks of twelve months ago, and of files of people what nobody needs."""
    session.execute(delete(Session).where(Session.expires_at < at))
    session.execute(delete(Invitation).where(Invitation.expires_at < at))
    session.execute(delete(Throttle).where(Throttle.window_began_at < at - WINDOW))
    session.execute(delete(Look).where(Look.day < at.date() - LOOKS_KEPT))
    session.execute(update(Upload).where(Upload.created_at < at - FAULTS_KEPT).values(faults=[]))
    needed = frozenset(session.scalars(select(Upload.storage_key).where(Upload.state.in_(importing.WAITING))))
    return partial(importing.sweep, current_app.extensions["storage"], needed=needed, at=at)


def spell_names(session: Db, args: dict[str, Any], at: datetime) -> None:
    """Write down the words of names that have none yet: after an upgrade, or when people came by another way."""
    after = spell_the_rest(session, after=args.get("after", 0))
    if after is not None:
        enqueue(session, "people.spell_names", due_at=at, after=after)


def verify_audit(_session: Db, _args: dict[str, Any], _at: datetime) -> Errand:
    """Follow the audit log's chain every night and say loudly when it breaks; nobody who writes waits for it."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001  # the errand runs in no context of a request or job

    def follow() -> None:
        walk = Walk()
        while not walk.over:
            with standalone_reading(app) as session:
                walk.go_on(session)
        if walk.broken is not None:
            log.error("audit_chain_broken", entry=walk.broken)

    return follow
