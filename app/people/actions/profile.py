"""What people decide for themselves: language, time zone, quiet hours, theme, password, sessions."""

from datetime import datetime, time

from sqlalchemy import delete
from sqlalchemy.orm import Session as Db

from app.core.clock import is_timezone
from app.core.errors import Invalid, NotFound
from app.people.actions.auditing import Door, audit
from app.people.actions.signing_in import end_links, matches, refuse_when_throttled, renew_session, store_password, throttle_keys
from app.people.errors import WrongPassword
from app.people.models import Person, Session
from app.people.queries.directory import hold
from app.people.rules import LANGUAGES, check_password

THEMES = ("system", "light", "dark")


def change_profile(person: Person, *, locale: str, timezone: str, theme: str, quiet_from: time, quiet_until: time) -> None:
    """Store a person's own settings. Raises Invalid for a language, zone or theme that does not exist."""
    if locale not in LANGUAGES:
        raise Invalid("language.unknown", field="locale", name=locale[:20])
    if not is_timezone(timezone):
        raise Invalid("timezone.unknown", field="timezone", name=timezone[:40])
    if theme not in THEMES:
        raise Invalid("theme.unknown", field="theme")
    person.locale, person.timezone, person.theme = locale, timezone, theme
    person.quiet_from, person.quiet_until = quiet_from, quiet_until


def change_password(session: Db, person: Person, *, old: str, new: str, token: str, address: str, org_name: str, at: datetime, door: Door) -> str:
    """Change the password, knowing the old one; every other session and every link ends. Returns the token with which this session goes on.

    Raises Throttled after too many failures at any door, WrongPassword, which must be counted outside the unit of work (see `note_failure`),
    and Invalid("password.…").
    """
    refuse_when_throttled(session, throttle_keys(person.email, address), at=at)
    hold(session, person)
    if not matches(person, old):
        raise WrongPassword
    check_password(new, context=(person.name, person.email, org_name))
    store_password(person, new)
    renewed = renew_session(session, person, token)
    end_links(session, person, at=at)
    audit(session, "password_changed", at=at, by_id=person.id, about=("person", person.uuid), door=door)
    return renewed


def end_session(session: Db, person_id: int, uuid: str) -> None:
    """End one of the person's own sessions. Raises NotFound for anybody else's."""
    gone = session.execute(delete(Session).where(Session.uuid == uuid, Session.person_id == person_id).returning(Session.id))
    if gone.first() is None:
        raise NotFound
