"""Keeps the catalogues of translations: `python tools/messages.py update | compile | check`.

English stands in the code and is its own translation; every other language has one catalogue per room, so that a room's words stay
together. `update` adds new sentences and drops dead ones, `compile` makes what the application reads, `check` names what is missing.
"""

import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

APP: Final = Path(__file__).resolve().parent.parent / "app"
LANGUAGES: Final = ("nl",)
KEYWORDS: Final = {
    **dict.fromkeys(("_", "_l", "gettext", "lazy_gettext")),
    **dict.fromkeys(("ngettext", "lazy_ngettext", "_n"), (1, 2)),
    **dict.fromkeys(("pgettext", "lazy_pgettext"), ((1, "c"), 2)),
}
SHARED: Final = ("layouts", "components", "errors")
PLACEHOLDER: Final = re.compile(r"%\((\w+)\)[sd]")


def rooms() -> list[str]:
    """Every folder of `app/` that may speak."""
    return sorted(folder.name for folder in APP.iterdir() if folder.is_dir() and (folder / "__init__.py").exists())


def sources(room: str) -> list[Path]:
    """The folders in which a room's sentences stand."""
    templates = [APP / "templates" / name for name in (SHARED if room == "web" else (room,))]
    return [folder for folder in [APP / room, *templates] if folder.is_dir()]


def extract(room: str) -> Catalog:
    """The sentences of a room as its code has them now."""
    catalog = Catalog(charset="utf-8")
    for folder in sources(room):
        method = [("**.py", "python"), ("**.html", "jinja2"), ("**.txt", "jinja2")]
        options = {"**.html": {"trimmed": "true", "silent": "false"}, "**.txt": {"trimmed": "true", "silent": "false"}}
        found = extract_from_dir(str(folder), method, options, keywords=KEYWORDS, comment_tags=("Translators:",))
        for file, _line, message, comments, context in sorted(found, key=lambda each: (each[0], each[1])):
            catalog.add(message, locations=[(f"{folder.relative_to(APP.parent)}/{file}", 1)], auto_comments=comments, context=context)
    return catalog


def file_of(room: str, language: str) -> Path:
    """Where a room's catalogue for a language stands."""
    return APP / "translations" / room / language / "LC_MESSAGES" / "messages.po"


def read(file: Path, language: str) -> Catalog:
    """A catalogue from its file, empty if there is none."""
    if not file.exists():
        return Catalog(locale=language, charset="utf-8")
    with file.open("rb") as stream:
        return read_po(stream, locale=language)


def update() -> int:
    """Bring every catalogue in line with the code; known translations stay."""
    for room in rooms():
        template = extract(room)
        if not len(template):
            continue
        for language in LANGUAGES:
            file = file_of(room, language)
            catalog = read(file, language)
            catalog.update(template, no_fuzzy_matching=True)
            catalog.obsolete.clear()
            file.parent.mkdir(parents=True, exist_ok=True)
            with file.open("wb") as stream:
                write_po(stream, catalog, width=120, sort_output=True, omit_header=False, include_lineno=False)
            _strip_dates(file)
    return 0


def _strip_dates(file: Path) -> None:
    """Leave out what changes without meaning, so that two runs write the same file."""
    header = ("POT-Creation-Date", "PO-Revision-Date", "Last-Translator", "Language-Team", "Generated-By", "Project-Id-Version", "Report-Msgid")
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if not any(mark in line for mark in header)]
    kept = [
        line
        for line in lines
        if not line.startswith(("# Translations template", "# Copyright", "# This file", "# FIRST AUTHOR", "# Dutch translations"))
    ]
    file.write_text("\n".join(kept) + "\n", encoding="utf-8")


def compile_all() -> int:
    """Write the binary catalogue beside each source that is newer."""
    for file in (APP / "translations").glob("*/*/LC_MESSAGES/messages.po"):
        target = file.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= file.stat().st_mtime:
            continue
        with target.open("wb") as stream:
            write_mo(stream, read(file, file.parts[-3]))
    return 0


def faults() -> Iterator[str]:
    """Everything that a reader of another language would miss."""
    yield from _said_twice()
    for room in rooms():
        template = extract(room)
        for language in LANGUAGES:
            catalog = read(file_of(room, language), language)
            for message in template:
                if not message.id:
                    continue
                there = catalog.get(message.id, message.context)
                name = f"{room} {language}: {message.id!r}"
                if there is None or not there.string or not all(there.string if isinstance(there.string, tuple) else (there.string,)):
                    yield f"{name} is not translated"
                elif there.fuzzy:
                    yield f"{name} is fuzzy"
                else:
                    yield from _placeholders(name, message.id, there.string)
            known = {(message.id if not isinstance(message.id, tuple) else message.id[0]) for message in template}
            for message in catalog:
                key = message.id if not isinstance(message.id, tuple) else message.id[0]
                if message.id and key not in known:
                    yield f"{room} {language}: {message.id!r} is no longer used"


def _said_twice() -> Iterator[str]:
    """Sentences that two rooms translate differently: the catalogues are read as one, so only one of the two would ever be seen."""
    for language in LANGUAGES:
        said: dict[tuple[Any, Any], set[Any]] = {}
        for room in rooms():
            for message in read(file_of(room, language), language):
                if message.id:
                    said.setdefault((message.id, message.context), set()).add(message.string)
        yield from (f"{language}: {source!r} is translated in more than one way" for (source, _context), ways in said.items() if len(ways) > 1)


def _placeholders(name: str, source: str | Sequence[str], target: str | Sequence[str]) -> Iterator[str]:
    wanted = set(PLACEHOLDER.findall(source if isinstance(source, str) else source[-1]))
    for text in (target,) if isinstance(target, str) else target:
        if set(PLACEHOLDER.findall(text)) - wanted:
            yield f"{name} has a placeholder that the code does not fill"


def check() -> int:
    """Print what is missing; 1 when anything is."""
    found = list(faults())
    print("\n".join(found) if found else "every sentence is translated")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit({"update": update, "compile": compile_all, "check": check}[sys.argv[1]]())
