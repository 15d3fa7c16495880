"""Tables as text: CSV that no spreadsheet takes for a formula, and CSV from anybody's spreadsheet."""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final

from app.core.errors import Invalid

_SIGNS: Final = r"=+@＝＋－＠\-"
_START, _INSIDE = rf"(?=['\" ]*[{_SIGNS}\t\r\n])", rf"(?=['\" ]*[{_SIGNS}])"
_UNSAFE: Final = re.compile(rf"^{_START}|(?<=[;\t\r\n]){_INSIDE}")
"""Where a spreadsheet could find the beginning of a formula: at the start of a cell, and after what another spreadsheet's settings (a Dutch one's
semicolon, a tab) take for the end of a cell."""
_SAFE: Final = re.compile(rf"^'{_START}|(?<=[;\t\r\n])'{_INSIDE}")
MOST_COLUMNS: Final = 100
MOST_REMEMBERED: Final = 4_000
BOM: Final = "\ufeff"


def safe_cell(value: object) -> str:
    """A cell that a spreadsheet shows and never computes: an apostrophe stands before whatever begins like a formula.

    Numbers stay numbers, negative ones included. OWASP "CSV Injection"; ASVS 5.0 V1.2.10.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, int | float):
        return str(value)
    return _UNSAFE.sub("'", str(value).replace("\x00", ""))


def plain_cell(text: str) -> str:
    """What `safe_cell` was given: an export that comes back as an import means the same."""
    return _SAFE.sub("", text)


def csv_lines(head: Sequence[str], rows: Iterable[Sequence[object]], *, block: int = 500) -> Iterator[str]:
    """CSV (RFC 4180, UTF-8 with BOM so that spreadsheets read it right): the head at once, then blocks of rows, at flat memory."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    safe = lru_cache(maxsize=MOST_REMEMBERED, typed=True)(safe_cell)  # days, places and words come again and again
    stream.write(BOM)
    writer.writerow([safe(cell) for cell in head])
    yield _taken(stream)
    for number, row in enumerate(rows, start=1):
        writer.writerow([safe(cell) for cell in row])
        if number % block == 0:
            yield _taken(stream)
    if stream.tell():
        yield _taken(stream)


def _taken(stream: io.StringIO) -> str:
    text = stream.getvalue()
    stream.seek(0)
    stream.truncate()
    return text


def decoded(content: bytes) -> str:
    """Text of a CSV file: UTF-8 with or without BOM, UTF-16 with BOM, else Windows-1252. Raises Invalid("csv.text")."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            text = content.decode("utf-16")
        except UnicodeDecodeError:
            raise Invalid("csv.text", field="file") from None
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("cp1252", errors="replace")
    if "\x00" in text or "\ufffd" in text:
        raise Invalid("csv.text", field="file")
    return text


def read_csv(content: bytes, *, most_rows: int) -> tuple[list[str], list[list[str]]]:
    """The head (lower case) and the rows of a CSV file with commas, semicolons or tabs; empty lines are left out.

    Raises Invalid("csv.text" | "csv.empty" | "csv.wide" | "csv.long" | "csv.broken").
    """
    text = decoded(content)
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            if len(row) > MOST_COLUMNS:
                raise Invalid("csv.wide", field="file", most=MOST_COLUMNS)
            if any(cell.strip() for cell in row):
                rows.append([plain_cell(cell.strip()) for cell in row])
            if len(rows) > most_rows + 1:
                raise Invalid("csv.long", field="file", most=most_rows)
    except csv.Error:
        raise Invalid("csv.broken", field="file", line=len(rows) + 1) from None
    if len(rows) < 2:
        raise Invalid("csv.empty", field="file")
    return [cell.lower().replace(" ", "_") for cell in rows[0]], rows[1:]
