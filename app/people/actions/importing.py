"""People from a file: read it, say row by row what would happen, and take it over as a whole or not at all."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session as Db

from app.core.errors import Conflict, Gathering, Invalid, Refusal
from app.core.ids import new_uuid
from app.core.jobs import enqueue
from app.core.storage import Storage
from app.core.tables import read_csv
from app.core.text import first_graphemes, one_line
from app.core.who import Role, Who
from app.people.actions.auditing import Door, audit, chain, laid_aside
from app.people.actions.directory import Entry, add_person, change_person, faults_in
from app.people.models import Department, Person, Upload
from app.people.queries.calling import DepartmentNames
from app.people.rules import WIDEST, email_key

COLUMNS: Final = ("email", "name", "job_title", "department", "country", "language", "timezone", "manager")
REQUIRED: Final = ("email", "name")
OPTIONAL: Final = ("job_title", "department", "country", "language", "timezone")
"""What stays as it is when a file lacks the column; an empty cell under it empties what may be empty."""
NEVER_EMPTY: Final = ("language", "timezone")
FOLDER: Final = "uploads"
KEPT: Final = timedelta(days=1)
"""How long a file waits for the word of whoever brought it. It is gone sooner, as soon as it is taken over or refused."""
WAITING: Final = ("reading", "queued")
MOST_ROWS: Final = 20_000
MOST_FAULTS: Final = 100
LONGEST_WHOSE: Final = 60


@dataclass(frozen=True)
class Row:
    """One row of the file: its number as a spreadsheet counts, what it says, and of which columns it says nothing."""

    number: int
    entry: Entry
    untold: frozenset[str]


def read_entries(content: bytes) -> list[Row]:
    """The rows of a file. Raises Invalid("csv.…", "csv.column", "csv.unknown_column")."""
    head, rows = read_csv(content, most_rows=MOST_ROWS)
    missing = [name for name in REQUIRED if name not in head]
    if missing:
        raise Invalid("csv.column", field="file", name=missing[0], names=", ".join(COLUMNS))
    unknown = [name for name in head if name not in COLUMNS]
    if unknown:
        raise Invalid("csv.unknown_column", field="file", name=unknown[0][:40], names=", ".join(COLUMNS))
    return [_row(number, dict(zip(head, row, strict=False))) for number, row in enumerate(rows, start=2)]


def _row(number: int, cells: dict[str, str]) -> Row:
    entry = Entry(
        email=cells.get("email", ""),
        name=cells.get("name", ""),
        job_title=cells.get("job_title", ""),
        department=cells.get("department", ""),
        country=cells.get("country", "").upper(),
        locale=cells.get("language", "").lower() or Entry.locale,
        timezone=cells.get("timezone", "") or Entry.timezone,
        manager=cells.get("manager", ""),
    )
    return Row(number, entry, frozenset(name for name in OPTIONAL if not cells.get(name) and (name in NEVER_EMPTY or name not in cells)))


def bring(session: Db, storage: Storage, content: bytes, file_name: str, *, by: Who, at: datetime) -> Upload:
    """Keep a file whose head makes sense; a job tries its rows. Raises as `read_entries`."""
    read_entries(content)
    upload = Upload(
        uuid=new_uuid(),
        by_id=by.id,
        file_name=one_line(file_name, field="file", required=False, code_points=WIDEST) or "people.csv",
        storage_key=f"{FOLDER}/{new_uuid()}.csv",
        created_at=at,
    )
    storage.put(upload.storage_key, content)
    session.add(upload)
    session.flush()
    enqueue(session, "people.try_upload", due_at=at, upload=upload.id)
    return upload


def try_upload(session: Db, storage: Storage, upload: Upload, *, by: Who, at: datetime) -> None:
    """Say what taking the file over would do: how many rows by outcome, and what is wrong with which; nobody is changed."""
    content = storage.get(upload.storage_key)
    if content is None:
        upload.state = "refused"
        return
    rows = read_entries(content)
    nested = session.begin_nested()
    with laid_aside(session):
        counts, faults = take_rows(session, rows, by=by, at=at, door=Door())
    nested.rollback()
    upload.state, upload.counts, upload.faults = ("refused" if faults else "shown"), counts, faults


def take_rows(session: Db, rows: list[Row], *, by: Who, at: datetime, door: Door) -> tuple[dict[str, int], list[Any]]:
    """Add or change each row's person; returns counts ("added", "changed", "same", "wrong") and the faults. Managers may stand further down.

    A fault is [row, code, data, field, whose]; all those of a row are told, and of `MOST_FAULTS` at most.
    """
    counts: Counter[str] = Counter(added=0, changed=0, same=0, rows=len(rows))
    taking = _Taking(session, DepartmentNames(session, by), by, at, door)
    taken = [(row, taking.take(row, keep_manager=True)) for row in rows]
    for row, outcome in taken:
        if outcome:
            counts[outcome] += 1
        if row.entry.manager and outcome and taking.take(row) == "changed" and not taking.faults:
            counts["managers"] += 1
        elif row.entry.manager and not outcome:
            taking.look_at_manager(row)
    counts["wrong"] = len(taking.faults)
    told = [fault for number in sorted(taking.faults) for fault in taking.faults[number]]
    return dict(counts), told[:MOST_FAULTS]


@dataclass
class _Taking:
    """A file that is being taken over: which addresses it has, and what is wrong with which row."""

    session: Db
    names: DepartmentNames
    by: Who
    at: datetime
    door: Door
    seen: dict[str, int] = field(default_factory=dict)
    faults: dict[int, list[Any]] = field(default_factory=dict)

    def take(self, row: Row, *, keep_manager: bool = False) -> str | None:
        """Add or change the row's person and say which, or note all that is wrong; with `keep_manager` whoever leads them stays."""
        wrong, found = Gathering(), None
        with wrong:
            found = self._person(row)
        entry = self._with_untold(row, found)
        if keep_manager:
            entry = replace(entry, manager="")
        with wrong:
            entry = replace(entry, department=self.names.slug_of(entry.department))
        if wrong.faults:
            told = {fault.field for fault in wrong.faults}
            wrong.faults += [fault for fault in faults_in(self.session, entry, by=self.by, of=found) if fault.field not in told]
        else:
            with wrong:
                return self._write(found, entry, keep_manager=keep_manager)
        self._note(row, wrong.faults)
        return None

    def look_at_manager(self, row: Row) -> None:
        """Note what is wrong with the manager in a row that was refused already."""
        entry = replace(row.entry, department="")
        self._note(row, [fault for fault in faults_in(self.session, entry, by=self.by) if fault.field == "manager"])

    def _person(self, row: Row) -> Person | None:
        """Whom the row is about, if they are here and may be changed."""
        key = email_key(row.entry.email)
        if self.seen.setdefault(key, row.number) != row.number:
            raise Conflict("csv.twice", first=self.seen[key])
        found = self.session.execute(
            select(Person, Department.path).outerjoin(Department, Department.id == Person.department_id).where(Person.email_key == key)
        ).one_or_none()
        if found is None:
            return None
        person, path = found
        if not self.by.has_for(Role.ADMIN, path or "/"):
            raise Conflict("email.taken", field="email")  # as the form says it: not who has it, nor where they work
        if person.status == "left":
            raise Conflict("person.left")
        return person

    def _with_untold(self, row: Row, person: Person | None) -> Entry:
        """What a row says about somebody, and of what it does not say what is known of them."""
        if person is None or not row.untold:
            return row.entry
        known = {
            "job_title": person.job_title,
            "department": self.names.slug_at(person.department_id),
            "country": person.country,
            "language": person.locale,
            "timezone": person.timezone,
        }
        return replace(row.entry, **{{"language": "locale"}.get(name, name): known[name] for name in row.untold})

    def _write(self, person: Person | None, entry: Entry, *, keep_manager: bool) -> str:
        if person is None:
            add_person(self.session, entry, by=self.by, at=self.at, door=self.door)
            return "added"
        if keep_manager:
            entry = replace(entry, manager=_manager_of(self.session, person))
        return "changed" if change_person(self.session, person, entry, by=self.by, at=self.at, door=self.door) else "same"

    def _note(self, row: Row, refusals: list[Refusal]) -> None:
        """Keep what is wrong with a row; a manager whose own row is wrong is not here yet, which that row says already."""
        kept = [each for each in refusals if not (each.code == "manager.unknown" and self._is_refused(row.entry.manager))]
        whose = first_graphemes(row.entry.name.strip() or row.entry.email.strip(), LONGEST_WHOSE)
        if kept:
            self.faults.setdefault(row.number, []).extend([row.number, each.code, each.data, each.field or "", whose] for each in kept)

    def _is_refused(self, address: str) -> bool:
        try:
            return self.seen.get(email_key(address)) in self.faults
        except Invalid:
            return False


def _manager_of(session: Db, person: Person) -> str:
    return session.scalar(select(Person.email).where(Person.id == person.manager_id, Person.status != "left")) or "" if person.manager_id else ""


def is_given_up(upload: Upload, *, at: datetime) -> bool:
    """Whether nobody said within `KEPT` that a shown file should be taken over."""
    return upload.state == "shown" and at - upload.created_at >= KEPT


def forget(storage: Storage, upload: Upload) -> Callable[[], None] | None:
    """What removes the file of an upload that is over, once that is kept; None while it is still needed."""
    if upload.state in {*WAITING, "shown"}:
        return None
    return partial(storage.delete, upload.storage_key)


def sweep(storage: Storage, *, needed: frozenset[str], at: datetime) -> None:
    """Remove the files that nobody asked for any more, and those whose upload was never written down."""
    for key in [*storage.kept_since(FOLDER, before=at - KEPT - timedelta(hours=1))]:
        if key not in needed:
            storage.delete(key)


def confirm(session: Db, upload: Upload, *, at: datetime) -> None:
    """Take a shown file over; a job does it, once. Raises Conflict("upload.state"), Conflict("upload.old") when it is gone by now."""
    if upload.state != "shown":
        raise Conflict("upload.state")
    if is_given_up(upload, at=at):
        raise Conflict("upload.old")
    upload.state = "queued"
    enqueue(session, "people.take_upload", key=f"people.take_upload:{upload.uuid}", due_at=at, upload=upload.id)


def take_upload(session: Db, storage: Storage, upload: Upload, *, by: Who, at: datetime, door: Door) -> None:
    """Take the whole file over, or nothing when the directory has changed so much since that a row no longer fits, or the file is gone."""
    content = storage.get(upload.storage_key)
    if content is None:
        upload.state = "refused"
        return
    rows = read_entries(content)
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
