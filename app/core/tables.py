"""Tables as text: CSV that no spreadsheet takes for a formula, and CSV from anybody's spreadsheet."""

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from app.core.errors import Invalid

_DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\x00", "＝", "＋", "－", "＠")
MOST_COLUMNS: Final = 100
BOM: Final = "\ufeff"


def safe_cell(value: object) -> str:
    """A cell that a spreadsheet shows and never computes: text that begins like a formula gets an apostrophe in front.

    Numbers stay numbers, negative ones included. OWASP "CSV Injection"; ASVS 5.0 V1.2.10.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, int | float):
        return str(value)
    text = str(value).replace("\x00", "")
    return f"'{text}" if text.lstrip(" ").startswith(_DANGEROUS) else text


def plain_cell(text: str) -> str:
    """What `safe_cell` was given: an export that comes back as an import means the same."""
    return text[1:] if text.startswith("'") and text[1:].lstrip(" ").startswith(_DANGEROUS) else text


def csv_lines(head: Sequence[str], rows: Iterable[Sequence[object]], *, block: int = 500) -> Iterator[str]:
    """CSV (RFC 4180, UTF-8 with BOM so that spreadsheets read it right) in blocks of rows, at flat memory."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    stream.write(BOM)
    writer.writerow([safe_cell(cell) for cell in head])
    for number, row in enumerate(rows, start=1):
        writer.writerow([safe_cell(cell) for cell in row])
        if number % block == 0:
            yield stream.getvalue()
            stream.seek(0)
            stream.truncate()
    yield stream.getvalue()


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
