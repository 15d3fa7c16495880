"""Keeping the words by which people are found in step with their names."""

from typing import Final

from sqlalchemy import delete, exists, insert, select
from sqlalchemy.orm import Session as Db

from app.people.models import NameWord, Person
from app.people.rules import name_words

AT_ONCE: Final = 2_000


def spell(session: Db, person_id: int, name: str) -> None:
    """Write down the words of a name in place of those that were there."""
    session.execute(delete(NameWord).where(NameWord.person_id == person_id))
    _write(session, [(person_id, name)])


def spell_the_rest(session: Db, *, after: int = 0) -> int | None:
    """Write down the words of people who have none, `AT_ONCE` at most; returns the id to go on after, None at the end."""
    without = ~exists().where(NameWord.person_id == Person.id)
    people = session.execute(select(Person.id, Person.name).where(Person.id > after, without).order_by(Person.id).limit(AT_ONCE)).all()
    _write(session, [(row.id, row.name) for row in people])
    return people[-1].id if len(people) == AT_ONCE else None


def _write(session: Db, names: list[tuple[int, str]]) -> None:
    rows = [{"word": word, "person_id": person_id} for person_id, name in names for word in name_words(name)]
    if rows:
        session.execute(insert(NameWord), rows)
