"""People from a file: read it, say row by row what would happen, and take it over as a whole or not at all."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session as Db

from app.core.errors import Conflict, Invalid, Refusal
from app.core.ids import new_uuid
from app.core.jobs import enqueue
from app.core.storage import Storage
from app.core.tables import read_csv
from app.core.text import one_line
from app.core.who import Role, Who
from app.people.actions.auditing import Door, audit, chain, laid_aside
from app.people.actions.directory import Entry, add_person, change_person
from app.people.models import Department, Person, Upload
from app.people.rules import WIDEST, email_key

COLUMNS: Final = ("email", "name", "job_title", "department", "country", "language", "timezone", "manager")
REQUIRED: Final = ("email", "name")
MOST_ROWS: Final = 20_000
MOST_FAULTS: Final = 200


@dataclass(frozen=True)
class Row:
    """One row of the file: its number as a spreadsheet counts, and what it says."""

    number: int
    entry: Entry


def read_entries(content: bytes) -> list[Row]:
    """The rows of a file. Raises Invalid("csv.…", "csv.column", "csv.unknown_column")."""
    head, rows = read_csv(content, most_rows=MOST_ROWS)
    missing = [name for name in REQUIRED if name not in head]
    if missing:
        raise Invalid("csv.column", field="file", name=missing[0], names=", ".join(COLUMNS))
    unknown = [name for name in head if name not in COLUMNS]
    if unknown:
        raise Invalid("csv.unknown_column", field="file", name=unknown[0][:40], names=", ".join(COLUMNS))
    return [Row(number, _entry(dict(zip(head, row, strict=False)))) for number, row in enumerate(rows, start=2)]


def _entry(cells: dict[str, str]) -> Entry:
    return Entry(
        email=cells.get("email", ""),
        name=cells.get("name", ""),
        job_title=cells.get("job_title", ""),
        department=cells.get("department", ""),
        country=cells.get("country", "").upper(),
        locale=cells.get("language", "").lower() or "en",
        timezone=cells.get("timezone", "") or "Europe/Amsterdam",
        manager=cells.get("manager", ""),
    )


def bring(session: Db, storage: Storage, content: bytes, file_name: str, *, by: Who, at: datetime) -> Upload:
    """Keep a file whose head makes sense; a job tries its rows. Raises as `read_entries`."""
    read_entries(content)
    upload = Upload(
        uuid=new_uuid(),
        by_id=by.id,
        file_name=one_line(file_name, field="file", required=False, code_points=WIDEST) or "people.csv",
        storage_key=f"uploads/{new_uuid()}.csv",
        created_at=at,
    )
    storage.put(upload.storage_key, content)
    session.add(upload)
    session.flush()
    enqueue(session, "people.try_upload", due_at=at, upload=upload.id)
    return upload


def try_upload(session: Db, storage: Storage, upload: Upload, *, by: Who, at: datetime) -> None:
    """Say what taking the file over would do: how many rows by outcome, and what is wrong with which; nobody is changed."""
    rows = read_entries(storage.get(upload.storage_key) or b"")
    nested = session.begin_nested()
    with laid_aside(session):
        counts, faults = take_rows(session, rows, by=by, at=at, door=Door())
    nested.rollback()
    upload.state, upload.counts, upload.faults = ("refused" if faults else "shown"), counts, faults


def take_rows(session: Db, rows: list[Row], *, by: Who, at: datetime, door: Door) -> tuple[dict[str, int], list[Any]]:
    """Add or change each row's person; returns counts ("added", "changed", "same") and the faults. Managers may stand further down."""
    counts: Counter[str] = Counter(added=0, changed=0, same=0, rows=len(rows))
    faults: list[Any] = []
    seen: dict[str, int] = {}
    later: list[Row] = []
    bare = [Row(row.number, Entry(**{**vars(row.entry), "manager": ""})) for row in rows]
    for row, plain in zip(rows, bare, strict=True):
        outcome = _take(session, plain, seen, faults, by=by, at=at, door=door, keep_manager=True)
        if outcome:
            counts[outcome] += 1
            later.append(row)
    for row in later:
        if row.entry.manager and _take(session, row, {}, faults, by=by, at=at, door=door) == "changed" and not faults:
            counts["managers"] += 1
    return dict(counts), faults[:MOST_FAULTS]


def _take(
    session: Db, row: Row, seen: dict[str, int], faults: list[Any], *, by: Who, at: datetime, door: Door, keep_manager: bool = False
) -> str | None:
    try:
        key = email_key(row.entry.email)
        if key in seen:
            raise Conflict("csv.twice", first=seen[key])
        seen[key] = row.number
        found = session.execute(
            select(Person, Department.path).outerjoin(Department, Department.id == Person.department_id).where(Person.email_key == key)
        ).one_or_none()
        if found is None:
            add_person(session, row.entry, by=by, at=at, door=door)
            return "added"
        person, path = found
        if not by.has_for(Role.ADMIN, path or "/"):
            raise Invalid("person.outside")
        if person.status == "left":
            raise Conflict("person.left")
        entry = Entry(**{**vars(row.entry), "manager": _manager_of(session, person)}) if keep_manager else row.entry
        return "changed" if change_person(session, person, entry, by=by, at=at, door=door) else "same"
    except Refusal as refusal:
        faults.append([row.number, refusal.code, refusal.data, refusal.field or ""])
        return None


def _manager_of(session: Db, person: Person) -> str:
    return session.scalar(select(Person.email).where(Person.id == person.manager_id, Person.status != "left")) or "" if person.manager_id else ""


def confirm(session: Db, upload: Upload, *, at: datetime) -> None:
    """Take a shown file over; a job does it, once. Raises Conflict("upload.state")."""
    if upload.state != "shown":
        raise Conflict("upload.state")
    upload.state = "queued"
    enqueue(session, "people.take_upload", key=f"people.take_upload:{upload.uuid}", due_at=at, upload=upload.id)


def take_upload(session: Db, storage: Storage, upload: Upload, *, by: Who, at: datetime, door: Door) -> None:
    """Take the whole file over, or nothing when the directory has changed so much since that a row no longer fits."""
    rows = read_entries(storage.get(upload.storage_key) or b"")
    nested = session.begin_nested()
    with laid_aside(session) as entries:
        counts, faults = take_rows(session, rows, by=by, at=at, door=door)
    if faults:
        nested.rollback()
    else:
        nested.commit()
        chain(session, entries)
    upload.state, upload.counts, upload.faults, upload.done_at = ("refused" if faults else "done"), counts, faults, at
    audit(
        session,
        "people_imported",
        at=at,
        by_id=by.id,
        about=("upload", upload.uuid),
        result=upload.state,
        changes={"rows": ["", len(rows)]},
        door=door,
    )
