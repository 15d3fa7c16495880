"""Signing in and out, and links by mail to set a password."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session as Db

from app.core.addresses import household
from app.core.crypto import digest, new_token
from app.core.database import insert_once
from app.core.errors import Invalid
from app.core.events import announce
from app.core.jobs import enqueue
from app.people.actions.auditing import Door, audit
from app.people.errors import Throttled, WrongSignIn
from app.people.events import PersonActivated
from app.people.models import Invitation, Person, Session, Throttle
from app.people.queries import person_by_email_key
from app.people.queries.directory import hold
from app.people.rules import (
    ACCOUNT_FAILURES,
    ADDRESS_FAILURES,
    INVITATION_LIFE,
    LETTER_PAUSE,
    LONGEST_PASSWORD,
    RESET_LIFE,
    WINDOW,
    check_password,
    email_key,
    window_is_over,
)

_hasher: Final = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
NOBODY: Final = 0
"""No person has this id."""
_DUMMY: Final = _hasher.hash("nobody has this password, and it takes as long to find out")


@dataclass(frozen=True)
class SignedInSession:
    """What the browser gets: the token for its cookie."""

    token: str
    person_id: int


def sign_in(session: Db, *, email: str, password: str, address: str, device: str, life: timedelta, at: datetime, door: Door) -> SignedInSession:
    """Open a session for the right address and password.

    Every wrong combination costs the same time and gives the same answer. Failures count per account and per address in one place
    for all doors. Raises WrongSignIn, Throttled; both must be raised outside the unit of work so that the count is kept: see
    `note_failure`. Whoever was let go, or whose password was changed, while theirs was compared is not in.
    """
    keys = throttle_keys(email, address)
    refuse_when_throttled(session, keys, at=at)
    person = _person_for(session, email)
    compared = person.password_hash if person else None
    good = _verify(compared, password)
    if person is None or not good or person.status != "active":
        raise WrongSignIn
    hold(session, person)
    if person.status != "active" or person.password_hash != compared:
        raise WrongSignIn
    session.execute(delete(Throttle).where(Throttle.key_digest == keys[0]))
    if person.password_hash and _hasher.check_needs_rehash(person.password_hash):
        person.password_hash = _hasher.hash(password)
    token = new_token()
    session.add(
        Session(token_digest=digest(token), person_id=person.id, epoch=person.session_epoch, device=device[:80], created_at=at, expires_at=at + life)
    )
    audit(session, "signed_in", at=at, by_id=person.id, about=("person", person.uuid), door=door)
    return SignedInSession(token, person.id)


def throttle_keys(email: str, address: str) -> tuple[str, str]:
    """The digests under which failures count: the account's first, the second of the address, or of the household that shares its network."""
    try:
        key = email_key(email)
    except Invalid:
        key = email.strip().lower()[:320]
    return digest(f"account:{key}"), digest(f"address:{household(address)}")


def refuse_when_throttled(session: Db, keys: tuple[str, str], *, at: datetime) -> None:
    """Raise Throttled while either key has had too many failures within its window."""
    rows = {row.key_digest: row for row in session.scalars(select(Throttle).where(Throttle.key_digest.in_(keys)))}
    for key, most in zip(keys, (ACCOUNT_FAILURES, ADDRESS_FAILURES), strict=True):
        row = rows.get(key)
        if row and row.failures >= most and not window_is_over(row.window_began_at, at):
            raise Throttled(int((row.window_began_at + WINDOW - at).total_seconds()) + 1)


def note_failure(session: Db, *, email: str, address: str, at: datetime, door: Door) -> None:
    """Count a failed sign-in against the account and the address, and write it to the audit log."""
    for key in throttle_keys(email, address):
        insert_once(session, Throttle, key_digest=key, window_began_at=at, failures=0)
        session.execute(
            update(Throttle).where(Throttle.key_digest == key, Throttle.window_began_at <= at - WINDOW).values(window_began_at=at, failures=0)
        )
        session.execute(update(Throttle).where(Throttle.key_digest == key).values(failures=Throttle.failures + 1))
    audit(session, "sign_in_failed", at=at, by_id=None, about=("account", throttle_keys(email, address)[0][:16]), result="refused", door=door)


def sign_out(session: Db, token: str) -> None:
    """End one session."""
    session.execute(delete(Session).where(Session.token_digest == digest(token)))


def end_all_sessions(session: Db, person: Person) -> None:
    """End every session of a person, wherever it runs, with the next request."""
    person.session_epoch += 1
    session.execute(delete(Session).where(Session.person_id == person.id))


def renew_session(session: Db, person: Person, token: str) -> str:
    """End every session of a person but the one that `token` opened, which goes on under a fresh one: the token that is returned."""
    person.session_epoch += 1
    session.execute(delete(Session).where(Session.person_id == person.id, Session.token_digest != digest(token)))
    renewed = new_token()
    mine = update(Session).where(Session.person_id == person.id)
    session.execute(mine.values(token_digest=digest(renewed), epoch=person.session_epoch))
    return renewed


def end_links(session: Db, person: Person, *, at: datetime) -> None:
    """Let no link that was mailed to a person before work any more."""
    session.execute(
        update(Invitation).where(Invitation.person_id == person.id, Invitation.used_at.is_(None), Invitation.expires_at > at).values(expires_at=at)
    )


def ask_for_link(session: Db, *, email: str, at: datetime) -> None:
    """Let a job send a link for a new password to the stored address of an active or invited person; for anybody else it does nothing.

    The job is written for every address, so that the answer takes as long whether we know it or not. However often it is asked for,
    one letter goes out in five minutes.
    """
    person = _person_for(session, email)
    purpose = "reset" if person is None or person.password_hash else "invite"
    key = f"people.ask_for_link:{throttle_keys(email, '')[0]}:{int(at.timestamp() // LETTER_PAUSE.total_seconds())}"
    enqueue(session, "people.send_invitation", due_at=at, key=key, person=person.id if person else NOBODY, purpose=purpose)


def make_invitation(session: Db, person: Person, purpose: str, *, at: datetime) -> str:
    """A fresh one-time token for `person`; earlier ones of the same kind stop working."""
    session.execute(
        update(Invitation).where(Invitation.person_id == person.id, Invitation.purpose == purpose, Invitation.used_at.is_(None)).values(expires_at=at)
    )
    token = new_token()
    life = RESET_LIFE if purpose == "reset" else INVITATION_LIFE
    session.add(Invitation(person_id=person.id, purpose=purpose, token_digest=digest(token), created_at=at, expires_at=at + life))
    return token


def invited_person(session: Db, token: str, *, at: datetime) -> Person | None:
    """The person whom an unused, unexpired link belongs to."""
    return session.scalar(
        select(Person)
        .join(Invitation, Invitation.person_id == Person.id)
        .where(Invitation.token_digest == digest(token), Invitation.used_at.is_(None), Invitation.expires_at > at, Person.status != "left")
    )


def set_password(session: Db, token: str, password: str, *, org_name: str, at: datetime, door: Door) -> Person:
    """Use a link: store the new password, make an invited person active, end all sessions and links. Raises Invalid("link.used")."""
    person = invited_person(session, token, at=at)
    if person is None:
        raise Invalid("link.used")
    check_password(password, context=(person.name, person.email, org_name))
    hold(session, person)
    if person.status == "left":
        raise Invalid("link.used")
    used = session.execute(
        update(Invitation).where(Invitation.token_digest == digest(token), Invitation.used_at.is_(None)).values(used_at=at).returning(Invitation.id)
    )
    if used.first() is None:
        raise Invalid("link.used")
    store_password(person, password)
    if person.status == "invited":
        person.status = "active"
        announce(session, PersonActivated(person_id=person.id), at=at)
    end_all_sessions(session, person)
    end_links(session, person, at=at)
    audit(session, "password_set", at=at, by_id=person.id, about=("person", person.uuid), door=door)
    return person


def store_password(person: Person, password: str) -> None:
    """Keep the argon2id hash (OWASP minimum: t=2, m=19 MiB, p=1) of a password that has been checked."""
    person.password_hash = _hasher.hash(password)


def matches(person: Person, password: str) -> bool:
    """Whether this is the person's password; takes the same time either way."""
    return _verify(person.password_hash, password)


def _person_for(session: Db, email: str) -> Person | None:
    try:
        key = email_key(email)
    except Invalid:
        return None
    return person_by_email_key(session, key)


def _verify(password_hash: str | None, password: str) -> bool:
    if len(password) > LONGEST_PASSWORD:
        return False
    try:
        _hasher.verify(password_hash or _DUMMY, password)
    except (VerifyMismatchError, InvalidHashError):
        return False
    return password_hash is not None
