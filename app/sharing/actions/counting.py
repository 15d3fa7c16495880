"""Counting readers: clicks go from a process's journal into the database, each exactly once."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import structlog
from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from app.core.crypto import new_token
from app.core.database import insert_new, insert_once
from app.sharing.adapters.journal import Journal, journals, left_behind, read_block, remove, size_of
from app.sharing.models import Click, DayKey, Link, Reader, Reads
from app.sharing.models import Journal as Stored
from app.sharing.queries.day_keys import DayKeys, days_at
from app.sharing.queries.destinations import Destinations
from app.sharing.rules.readers import Hit, hit

__all__ = ["DayKeys", "Doorway", "Journal", "clear_away", "forget_clicks", "forget_readers", "journals", "note_click", "renew_keys", "store_clicks"]

KEEP_CLICKS: Final = timedelta(days=30)
log = structlog.get_logger()


@dataclass(frozen=True)
class Doorway:
    """What a process keeps to answer links and count readers: known destinations, its journal, the day's key, and who stores.

    `start` and `wake` are for the thread that does; `drain` stores what there is now, and says how many blocks that were.
    """

    destinations: Destinations
    journal: Journal
    keys: DayKeys
    start: Callable[[], None]
    wake: Callable[[], None]
    drain: Callable[[], int]


def note_click(doorway: Doorway, link_id: int, environ: Mapping[str, Any], *, request: str, at: datetime) -> None:
    """Write down that somebody opened a link, if somebody did; a full disk costs the click and not the reader.

    `environ` is the request as WSGI hands it over, and `request` its id.
    """
    found = hit(link_id, environ, at=at, key=doorway.keys.of(at))
    if found is None:
        return
    try:
        doorway.journal.append(found)
    except OSError as error:
        log.warning("click_not_noted", request=request, link=link_id, error=type(error).__name__)
        return
    doorway.wake()


def store_clicks(session: Session, folder: Path, name: str) -> bool:
    """Store the next block of a journal together with how far it was read; says whether more was waiting behind it.

    What is written meanwhile waits for the next time: who came back for every click that was written while the last ones were stored
    would never rest.

    The journal's row is locked first, and who finds it locked leaves that journal to whoever stores it just now; a crash before the
    commit leaves both the clicks and the offset as they were, and the block is read again.
    """
    insert_once(session, Stored, name=name, offset=0)
    offset = session.scalar(select(Stored.offset).where(Stored.name == name).with_for_update(skip_locked=True))
    if offset is None:
        return False
    block = read_block(folder, name, offset)
    if block.end == offset:
        return False
    if block.bad:
        log.warning("journal_lines_unreadable", journal=name, lines=block.bad)
    _store(session, block.hits)
    session.execute(update(Stored).where(Stored.name == name).values(offset=block.end))
    return block.more


def _store(session: Session, hits: Mapping[Hit, int]) -> None:
    known = set(session.scalars(select(Link.id).where(Link.id.in_({each.link_id for each in hits}))))
    kept = {each: times for each, times in hits.items() if each.link_id in known}
    if not kept:
        return
    firsts = _firsts(session, kept)
    openings, readers = Counter[Hit](), Counter[Hit]()
    for each, times in kept.items():
        alike = each._replace(mark="")
        openings[alike] += times
        readers[alike] += each in firsts
    rows = [{**_facts(each), "country": "", "openings": times, "readers": readers[each]} for each, times in openings.items()]
    session.execute(insert(Click), rows)
    for link in sorted({each.link_id for each in openings}):  # always in one order, so that two who count cannot wait for each other
        insert_once(session, Reads, link_id=link, people=0, robots=0, readers=0)
        of_link = [each for each in openings if each.link_id == link]
        more = {
            "people": Reads.people + sum(openings[each] for each in of_link if not each.robot),
            "robots": Reads.robots + sum(openings[each] for each in of_link if each.robot),
            "readers": Reads.readers + sum(readers[each] for each in of_link),
        }
        session.execute(update(Reads).where(Reads.link_id == link).values(more))


def _facts(each: Hit) -> dict[str, Any]:
    return {name: value for name, value in each._asdict().items() if name != "mark"}


def _firsts(session: Session, hits: Iterable[Hit]) -> set[Hit]:
    """Of each reader's openings of a link on a day the first one, unless an earlier block had it."""
    marked: dict[tuple[int, date, str], Hit] = {}
    for each in hits:
        if each.mark:
            marked.setdefault((each.link_id, each.hour.date(), each.mark), each)
    if not marked:
        return set()
    made = insert_new(session, Reader, [{"link_id": link, "day": day, "mark": mark} for link, day, mark in sorted(marked)])
    return {marked[tuple(row)] for row in made}


def renew_keys(session: Session, *, at: datetime) -> None:
    """Make the keys that are needed now, unless another process has, and destroy those of days that are over."""
    for day in sorted(days_at(at)):
        insert_once(session, DayKey, day=day, key=new_token())
    session.execute(delete(DayKey).where(DayKey.day < at.date()))


def clear_away(session: Session, folder: Path) -> int:
    """Remove the journals that nobody writes any more and of which everything has been stored; returns how many."""
    removed = 0
    for name in journals(folder):
        with left_behind(folder, name) as over:
            stored = session.scalar(select(Stored.offset).where(Stored.name == name)) if over else None
            if over and read_block(folder, name, stored or 0).end == (stored or 0):
                if size_of(folder, name) > (stored or 0):
                    log.warning("journal_ends_torn", journal=name)
                remove(folder, name)
                session.execute(delete(Stored).where(Stored.name == name))
                removed += 1
    return removed


def forget_readers(session: Session, *, at: datetime) -> None:
    """Delete the keys and the marks of days that are over."""
    session.execute(delete(DayKey).where(DayKey.day < at.date()))
    session.execute(delete(Reader).where(Reader.day < at.date()))


def forget_clicks(session: Session, *, at: datetime) -> None:
    """Delete clicks after thirty days; what they add up to stays."""
    session.execute(delete(Click).where(Click.hour < at - KEEP_CLICKS))
