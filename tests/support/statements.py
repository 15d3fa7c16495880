"""Counts the statements that reach the database: pages have budgets, and a GET writes nothing."""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event

WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE", "CREATE", "DROP", "ALTER")
HOUSEKEEPING = ("BEGIN", "PRAGMA", "SAVEPOINT", "RELEASE", "ROLLBACK", "COMMIT", "SET ", "SHOW ")


@contextmanager
def counting_statements() -> Iterator[list[str]]:
    """Collects every statement that this thread sends inside, as text; what only opens or closes a transaction is not counted."""
    sent: list[str] = []
    here = threading.get_ident()

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if threading.get_ident() == here and not statement.lstrip().upper().startswith(HOUSEKEEPING):
            sent.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def writes(sent: Iterable[str]) -> list[str]:
    """Those of the statements that change something."""
    return [one for one in sent if one.lstrip().upper().startswith(WRITES)]
