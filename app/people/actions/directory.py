"""Keeping the directory: adding, changing, deactivating people."""

from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session as Db

from app.core.clock import is_timezone
from app.core.crypto import digest
from app.core.database import insert_once
from app.core.errors import Conflict, Gathering, Invalid, NotAllowed, Refusal, TooMany
from app.core.events import announce
from app.core.ids import new_uuid
from app.core.jobs import enqueue
from app.core.places import is_country
from app.core.text import one_line
from app.core.who import Role, Who
from app.people.actions.auditing import Door, audit
from app.people.actions.naming import spell
from app.people.actions.signing_in import end_all_sessions, end_links
from app.people.events import PersonAdded, PersonDeactivated, PersonMoved, PersonReactivated
from app.people.models import Department, Person, RoleGrant
from app.people.queries import person_by_email_key
from app.people.queries.directory import hold, last_letter, rights_of
from app.people.queries.placing import place
from app.people.rules import LANGUAGES, LETTER_PAUSE, WIDEST, email_key, email_to_keep, may_keep_account, name_key


@dataclass(frozen=True)
class Entry:
    """What the directory says of a person, as a form or a line of a file gives it. `manager` is an e-mail address or empty."""

    email: str
    name: str
    job_title: str = ""
    department: str = ""
    country: str = ""
    locale: str = "en"
    timezone: str = "Europe/Amsterdam"
    manager: str = ""


def add_person(session: Db, entry: Entry, *, by: Who, at: datetime, door: Door, invite: bool = True) -> Person:
    """Add an invited person and send the letter with the link. Raises Conflict("email.taken") and Invalid as `change_person`."""
    key = email_key(entry.email)
    values = _checked(session, entry, by=by)
    made = insert_once(session, Person, uuid=new_uuid(), email=email_to_keep(entry.email), email_key=key, status="invited", created_at=at, **values)
    if not made:
        raise Conflict("email.taken", field="email")
    person = session.scalars(select(Person).where(Person.email_key == key)).one()
    spell(session, person.id, person.name)
    announce(session, PersonAdded(person_id=person.id), at=at)
    audit(session, "person_added", at=at, by_id=by.id, about=("person", person.uuid), door=door)
    if invite:
        enqueue(session, "people.send_invitation", due_at=at, person=person.id, purpose="invite")
    return person


def change_person(session: Db, person: Person, entry: Entry, *, by: Who, at: datetime, door: Door) -> bool:
    """Bring a person in line with `entry`; says whether anything changed. Links that went to an earlier address end.

    Raises Conflict("email.taken"), NotAllowed("person.above") for the address of somebody who holds more than `by` may give, Invalid("department.unknown" | "manager.unknown" | "manager.circle" | "country.unknown" | …).
    """
    key = email_key(entry.email)
    if key != person.email_key and person_by_email_key(session, key) is not None:
        raise Conflict("email.taken", field="email")
    if key != person.email_key:
        refuse_above(session, person, by=by, field="email")
        end_links(session, person, at=at)
    values = {**_checked(session, entry, by=by, of=person), "email_key": key, "email": email_to_keep(entry.email)}
    changes = {name: [_sealed(getattr(person, name)), _sealed(value)] for name, value in values.items() if getattr(person, name) != value}
    if not changes:
        return False
    moved = {"department_id", "country"} & set(changes)
    event = PersonMoved(person_id=person.id, old_department_id=person.department_id, old_country=person.country)
    try:
        with session.begin_nested() if "email_key" in changes else nullcontext():
            for name, value in values.items():
                setattr(person, name, value)
    except IntegrityError:  # somebody else was given the address a moment ago
        raise Conflict("email.taken", field="email") from None
    if "name" in changes:
        spell(session, person.id, person.name)
    if moved:
        announce(session, event, at=at)
    audit(session, "person_changed", at=at, by_id=by.id, about=("person", person.uuid), changes=changes, door=door)
    return True


def deactivate(session: Db, person: Person, *, by: Who, at: datetime, door: Door) -> None:
    """Let a person go: out of every session at once, no more letters, nothing more in their name.

    Raises Conflict("person.left") for somebody who has left, Conflict("admin.last") for the last administrator, Conflict("person.self"),
    NotAllowed("person.above") for somebody who holds more than `by` may give.
    """
    if person.id == by.id:
        raise Conflict("person.self")
    hold(session, person)
    if person.status == "left":
        raise Conflict("person.left")
    refuse_above(session, person, by=by)
    refuse_last_administrator(session, person)
    person.status, person.left_at = "left", at
    end_all_sessions(session, person)
    end_links(session, person, at=at)
    announce(session, PersonDeactivated(person_id=person.id), at=at)
    audit(session, "person_deactivated", at=at, by_id=by.id, about=("person", person.uuid), door=door)


def reactivate(session: Db, person: Person, *, by: Who, at: datetime, door: Door) -> None:
    """Have a person back; the password from before works, roles stay as they were. Raises Conflict("person.here"), NotAllowed("person.above")."""
    hold(session, person)
    if person.status != "left":
        raise Conflict("person.here")
    refuse_above(session, person, by=by)
    person.status, person.left_at = ("active" if person.password_hash else "invited"), None
    announce(session, PersonReactivated(person_id=person.id), at=at)
    audit(session, "person_reactivated", at=at, by_id=by.id, about=("person", person.uuid), door=door)


def invite_again(session: Db, person: Person, *, by: Who, at: datetime, door: Door) -> None:
    """Send the letter with the link once more.

    Raises Conflict("person.not_invited") unless the person still has to come in, TooMany("invitation.soon") within five minutes of another.
    """
    hold(session, person)
    if person.status != "invited":
        raise Conflict("person.not_invited")
    last = last_letter(session, person.id)
    if last is not None and last + LETTER_PAUSE > at:
        last, again = min(last, at), min(last, at) + LETTER_PAUSE
        raise TooMany("invitation.soon", sent=last, again=again, retry_after_seconds=int((again - at).total_seconds()) + 1)
    enqueue(session, "people.send_invitation", due_at=at, person=person.id, purpose="invite")
    audit(session, "person_invited", at=at, by_id=by.id, about=("person", person.uuid), door=door)


def faults_in(session: Db, entry: Entry, *, by: Who, of: Person | None = None) -> list[Refusal]:
    """Everything that is wrong with what an entry says about somebody, its address aside; `of` is whom it is about, if they are here."""
    wrong = Gathering()
    with wrong:
        _checked(session, entry, by=by, of=of)
    return wrong.faults


def refuse_above(session: Db, person: Person, *, by: Who, field: str | None = None) -> None:
    """Raise NotAllowed("person.above") when the account holds more than `by` may give: it is not theirs to take or to let go."""
    if not may_keep_account(by, rights_of(session, person.id)):
        raise NotAllowed("person.above", field=field)


def refuse_last_administrator(session: Db, person: Person) -> None:
    """Raise Conflict("admin.last") when nobody else administers the whole organisation; locks the grants against a race."""
    whole = select(RoleGrant.person_id).where(RoleGrant.role == Role.ADMIN, RoleGrant.department_id.is_(None)).order_by(RoleGrant.id)
    ids = session.scalars(whole.with_for_update()).all()  # in one order, so that two who wait do not wait for each other
    holders = set(session.scalars(select(Person.id).where(Person.id.in_(ids), Person.status == "active")))
    if holders == {person.id}:
        raise Conflict("admin.last")


def _checked(session: Db, entry: Entry, *, by: Who, of: Person | None = None) -> dict[str, object]:
    """The columns for an entry, each found or refused, all at once; an administrator of a department stays inside it."""
    wrong = Gathering()
    with wrong:
        name = one_line(entry.name, field="name", code_points=WIDEST)
    with wrong:
        job_title = one_line(entry.job_title, field="job_title", required=False, code_points=WIDEST)
    with wrong:
        department = _department(session, entry.department, by=by)
    with wrong:
        if entry.country and not is_country(entry.country):
            raise Invalid("country.unknown", field="country", name=entry.country[:20])
    with wrong:
        if entry.locale not in LANGUAGES:
            raise Invalid("language.unknown", field="locale", name=entry.locale[:20])
    with wrong:
        if not is_timezone(entry.timezone):
            raise Invalid("timezone.unknown", field="timezone", name=entry.timezone[:40])
    with wrong:
        manager_id = _manager(session, entry.manager, of)
    wrong.end()
    return {
        "name": name,
        "name_key": name_key(name),
        "job_title": job_title,
        "department_id": department.id if department else None,
        "country": entry.country,
        "locale": entry.locale,
        "timezone": entry.timezone,
        "manager_id": manager_id,
    }


def _department(session: Db, slug: str, *, by: Who) -> Department | None:
    department = place(session, slug) if slug else None
    if slug and department is None:
        raise Invalid("department.unknown", field="department", name=slug)
    if not by.has_for(Role.ADMIN, department.path if department else "/"):
        raise Invalid("department.outside", field="department")
    return department


def _manager(session: Db, address: str, of: Person | None) -> int | None:
    if not address.strip():
        return None
    try:
        manager = person_by_email_key(session, email_key(address))
    except Invalid:
        manager = None
    if manager is None or manager.status == "left":
        raise Invalid("manager.unknown", field="manager", name=address[:80])
    above: Person | None = manager
    seen: set[int] = set()
    while above is not None and above.id not in seen:
        if of is not None and above.id == of.id:
            raise Invalid("manager.circle", field="manager")
        seen.add(above.id)
        above = session.get(Person, above.manager_id) if above.manager_id else None
    return manager.id


def _sealed(value: object) -> str:
    """A personal value as the audit log may keep it: a digest that shows a change and not what it was."""
    return digest(str(value))[:12] if value not in (None, "") else ""
