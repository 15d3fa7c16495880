"""Finding people by name. Of a colleague everybody who works here may know the little that is told, and nothing else."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import ColumnElement, CompoundSelect, Select, case, exists, false, func, select, union_all
from sqlalchemy.orm import Session as Db
from sqlalchemy.orm import aliased

from app.core.text import fold
from app.people.models import Department, NameWord, Person
from app.people.rules import Colleague, name_words

LONGEST_SEARCH: Final = 64
SHORTEST_SEARCH: Final = 2
"""One letter would find a tenth of everybody; one sign of a script that writes whole words with it is enough."""
CANDIDATES: Final = 200
_END: Final = "\U0010ffff"


def colleagues_called(session: Db, text: str, *, most: int) -> list[Colleague]:
    """Active people with every word of `text` at the beginning of a word of their name, or whose address it is; the closest first.

    One statement, whose cost does not depend on how many people there are: it looks at `CANDIDATES` that the index of words gives.
    """
    asked = text.replace("\x00", "").strip()[:LONGEST_SEARCH]
    words = sorted(name_words(asked), key=len, reverse=True)
    if not is_enough(asked):
        return []
    key = fold(asked)
    wanted = Person.email_key == key if "@" in key else Person.id.in_(_candidates(words, key))
    closeness = case((Person.name_key == key, 0), (Person.name_key.startswith(key, autoescape=True), 1), else_=2)
    rows = session.execute(_colleagues().where(wanted).order_by(closeness, Person.name_key, Person.id).limit(most))
    return [Colleague(*row) for row in rows]


def called(text: str) -> ColumnElement[bool]:
    """Whether a person is found by `text`, for a list of people that has conditions of its own and comes in pages; nobody is by too little."""
    if "@" in text:
        return Person.email_key == fold(text)
    words = sorted(name_words(text), key=len, reverse=True)
    return Person.id.in_(_all_words(words).order_by(None)) if is_enough(text) else false()


def is_enough(text: str) -> bool:
    """Whether a text is long enough to look for somebody by it."""
    words = name_words(text)
    return bool(words) and not (text.isascii() and len("".join(words)) < SHORTEST_SEARCH)


def colleague(session: Db, uuid: str) -> Colleague | None:
    """The active person with this outside id; what a form may have been made to say instead is nobody's."""
    row = session.execute(_colleagues().where(Person.uuid == uuid)).one_or_none() if uuid.isprintable() else None
    return Colleague(*row) if row else None


def _colleagues() -> Select[str, str, str, str]:
    return (
        select(Person.uuid, Person.name, Person.job_title, func.coalesce(Department.name, ""))
        .outerjoin(Department, Department.id == Person.department_id)
        .where(Person.status == "active")
    )


def _candidates(words: Sequence[str], key: str) -> CompoundSelect[int]:
    """Ids of people whose names have all the words, the longest of which narrows most, and of everybody called exactly `key`."""
    some = _all_words(words).limit(CANDIDATES).subquery()
    exactly = select(Person.id).where(Person.name_key == key).limit(CANDIDATES).subquery()
    return union_all(select(some.c.person_id), select(exactly.c.id))


def _all_words(words: Sequence[str]) -> Select[int]:
    """Ids of people whose names have all the words, in the order of the index."""
    first, *others = (aliased(NameWord) for _ in words)
    also = (exists().where(each.person_id == first.person_id, _begins(each, word)) for each, word in zip(others, words[1:], strict=True))
    return select(first.person_id).where(_begins(first, words[0]), *also).order_by(first.word, first.person_id)


def _begins(row: type[NameWord], word: str) -> ColumnElement[bool]:
    return (row.word >= word) & (row.word < word + _END)
