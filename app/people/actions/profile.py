"""What people decide for themselves: language, time zone, quiet hours, theme, password, sessions."""

from datetime import datetime, time

from sqlalchemy import delete
from sqlalchemy.orm import Session as Db

from app.core.clock import is_timezone
from app.core.crypto import digest
from app.core.errors import Invalid, NotFound
from app.people.actions.auditing import Door, audit
from app.people.actions.signing_in import end_links, matches, store_password
from app.people.models import Person, Session
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


def change_password(session: Db, person: Person, *, old: str, new: str, keep_token: str, org_name: str, at: datetime, door: Door) -> None:
    """Change the password, knowing the old one; every other session and every link ends. Raises Invalid("password.old" | "password.…")."""
    if not matches(person, old):
        raise Invalid("password.old", field="old")
    check_password(new, context=(person.name, person.email, org_name))
    store_password(person, new)
    session.execute(delete(Session).where(Session.person_id == person.id, Session.token_digest != digest(keep_token)))
    end_links(session, person, at=at)
    audit(session, "password_changed", at=at, by_id=person.id, about=("person", person.uuid), door=door)


def end_session(session: Db, person_id: int, uuid: str) -> None:
    """End one of the person's own sessions. Raises NotFound for anybody else's."""
    gone = session.execute(delete(Session).where(Session.uuid == uuid, Session.person_id == person_id).returning(Session.id))
    if gone.first() is None:
        raise NotFound
