"""What a request brings, as far as any room may believe it: words without NUL, and numbers that a row can have."""

from collections.abc import Mapping
from typing import Any, Final

from flask import Request
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.routing import IntegerConverter

HIGHEST: Final = 2**31 - 1
"""The highest number that a row has; a database refuses to look for a higher one."""


class Words(ImmutableMultiDict[str, Any]):
    """The words of an address or a form without NUL, which nobody types and PostgreSQL does not keep."""

    def __init__(self, mapping: Any = None) -> None:
        """Takes whatever a multi dict takes; what is no text stays as it is."""
        super().__init__(mapping)
        if any(isinstance(word, str) and "\x00" in word for word in self.values()):
            super().__init__([(name, word.replace("\x00", "") if isinstance(word, str) else word) for name, word in self.items(multi=True)])


class PlainRequest(Request):
    """A request whose words are plain."""

    parameter_storage_class = Words


class RowNumber(IntegerConverter):
    """`<int:…>` in an address: a number that a row can have, else there is no such address."""

    def __init__(self, map: Any, **more: Any) -> None:  # noqa: A002  # as werkzeug calls it
        """Takes what werkzeug's own takes."""
        super().__init__(map, **{"max": HIGHEST, **more})


def row_number(asked: Mapping[str, str], name: str) -> int | None:
    """The number of a row that an address names, or None where no row can have it."""
    text = asked.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= len(str(HIGHEST)) and 0 < int(text) <= HIGHEST else None
