"""Doors for time: letters with links, and tidying up."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session as Db

from app.people.actions.signing_in import make_invitation
from app.people.models import Invitation, Person, Session, Throttle
from app.people.rules import WINDOW
from app.web.post import absolute, send_letter


def send_invitation(session: Db, args: dict[str, Any], at: datetime) -> None:
    """Make the link and send it; the token exists in the letter and nowhere else."""
    person = session.get(Person, args["person"])
    if person is None or person.status == "left":
        return
    token = make_invitation(session, person, args["purpose"], at=at)
    send_letter(
        f"people/mails/{args['purpose']}",
        to=person.email,
        locale=person.locale,
        name=person.name,
        link=absolute("people.choose_password", token=token),
    )


def tidy(session: Db, _args: dict[str, Any], at: datetime) -> None:
    """Forget sessions, links and throttles that are over."""
    session.execute(delete(Session).where(Session.expires_at < at))
    session.execute(delete(Invitation).where(Invitation.expires_at < at))
    session.execute(delete(Throttle).where(Throttle.window_began_at < at - WINDOW))
