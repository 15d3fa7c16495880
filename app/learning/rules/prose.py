"""What can be wrong with the text of a lesson: directives, footnotes, headings, pictures and links."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from app.core.authored import Fault
from app.core.markup import VERDICTS, is_safe_link, references
from app.learning.rules.rendering import picture_path

_DIRECTIVES: Final = ("card", "reveal", "scenario", "choice")
_COLONS: Final = re.compile(r"^ {0,3}(:{3,})\s*(.*?)\s*$")
_FENCE: Final = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_HEADING: Final = re.compile(r"^ {0,3}(#{1,6})(\s+\S|\s*$)")
_NOTE_MADE: Final = re.compile(r"^\[\^([^\]\s]+)\]:")
_NOTE_USED: Final = re.compile(r"\[\^([^\]\s]+)\](?!:)")
_ADDRESS: Final = re.compile(r"\]\(\s*<?([^)>\s]+)")
_CODE: Final = re.compile(r"(`+).*?\1")


def lesson_faults(file: str, text: str, *, pictures: Collection[str]) -> list[Fault]:
    """Everything an author should mend in a lesson. `pictures` are the paths of those that the course has ("img/a.svg")."""
    lines = list(_without_code(text))
    found = [*_directive_faults(lines), *_note_faults(lines), *_heading_faults(lines), *_reference_faults(text, lines, pictures)]
    if not text.strip():
        found.append((1, "This lesson is empty."))
    return sorted(Fault(file, line, sentence) for line, sentence in found)


def reading_minutes(text: str) -> tuple[int, int]:
    """The least and the most minutes that reading a text can honestly take."""
    words = len(text.split())
    return max(1, words // 320), words // 50 + 3


Remark = tuple[int, str]


def _without_code(text: str) -> Iterator[Remark]:
    """The numbered lines outside code blocks, with code spans emptied."""
    fence = ""
    for number, line in enumerate(text.split("\n"), 1):
        mark = _FENCE.match(line)
        if fence:
            if mark and mark.group(1).startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
        elif mark:
            fence = mark.group(1)
        else:
            yield number, _CODE.sub("``", line)


@dataclass(frozen=True)
class _Open:
    line: int
    colons: int
    name: str
    verdicts: list[str]


def _directive_faults(lines: list[Remark]) -> Iterator[Remark]:
    stack: list[_Open] = []
    for number, line in lines:
        mark = _COLONS.match(line)
        if mark is None:
            continue
        colons, words = len(mark.group(1)), mark.group(2)
        if not words:
            yield from _closing(number, colons, stack)
            continue
        name, _, rest = words.partition(" ")
        yield from _opening(number, colons, name, rest.strip(), stack)
        stack.append(_Open(number, colons, name, []))
    for left in stack:
        yield left.line, f"This “{left.name}” is never closed. Write {':' * left.colons} on a line of its own where it ends."


def _closing(number: int, colons: int, stack: list[_Open]) -> Iterator[Remark]:
    if not stack:
        yield number, "These colons close nothing. Remove the line, or name a directive after them."
        return
    last = stack.pop()
    if last.colons != colons:
        yield number, f"This closes “{last.name}” from line {last.line}, which opens with {last.colons} colons. Use as many here."
    if last.name == "scenario" and (len(last.verdicts) < 2 or "best" not in last.verdicts):
        yield last.line, "A scenario needs at least two choices, and one of them best."


def _opening(number: int, colons: int, name: str, rest: str, stack: list[_Open]) -> Iterator[Remark]:
    around = stack[-1] if stack else None
    if name not in _DIRECTIVES:
        yield number, f"“{name}” is no directive. There are: {', '.join(_DIRECTIVES)}."
        return
    if around and colons >= around.colons:
        yield number, f"What stands inside “{around.name}” (line {around.line}) needs fewer colons than its {around.colons}."
    if name == "choice":
        yield from _choice(number, rest, around)
    elif name != "scenario" and not rest:
        yield number, f"Give this “{name}” a title: :::{name} Its title"


def _choice(number: int, rest: str, around: _Open | None) -> Iterator[Remark]:
    verdict, _, label = rest.partition(" ")
    if around is None or around.name != "scenario":
        yield number, "A choice stands inside a scenario."
    if verdict not in VERDICTS:
        yield number, f"Say first whether this choice is {', '.join(VERDICTS[:-1])} or {VERDICTS[-1]}: :::choice best What I would do"
    elif not label.strip():
        yield number, f"Write after “{verdict}” what one would choose."
    if around is not None:
        around.verdicts.append(verdict)


def _note_faults(lines: list[Remark]) -> Iterator[Remark]:
    made: dict[str, int] = {}
    used: dict[str, int] = {}
    for number, line in lines:
        mark = _NOTE_MADE.match(line)
        if mark:
            if mark.group(1) in made:
                yield number, f"The note [^{mark.group(1)}] stands here a second time (first on line {made[mark.group(1)]})."
            made.setdefault(mark.group(1), number)
        for name in _NOTE_USED.findall(line[mark.end() :] if mark else line):
            used.setdefault(name, number)
    for name in used.keys() - made.keys():
        yield used[name], f"The note [^{name}] is used here and written nowhere. Add a line [^{name}]: with its source at the end."
    for name in made.keys() - used.keys():
        yield made[name], f"The note [^{name}] is used nowhere. Put [^{name}] behind the fact, or remove the note."


def _heading_faults(lines: list[Remark]) -> Iterator[Remark]:
    before = 1
    for number, line in lines:
        mark = _HEADING.match(line)
        if mark is None:
            continue
        level = len(mark.group(1))
        if level == 1:
            yield number, "The title of the lesson is the only heading with one #. Begin with ##."
        elif level > 4:
            yield number, "Headings go from ## to ####."
        elif level > before + 1:
            yield number, f"This heading skips a step. Use {'#' * (before + 1)} here."
        if not line.strip("# "):
            yield number, "This heading is empty."
        before = max(level, 1)


def _reference_faults(text: str, lines: list[Remark], pictures: Collection[str]) -> Iterator[Remark]:
    for reference in references(text):
        if not reference.is_picture:
            if not reference.words:
                yield reference.line, "This link has no words. Say between the [ ] where it leads."
            continue
        if not reference.words:
            yield reference.line, "This picture needs an alt text between ![ and ]: what is to be seen, for who cannot see it."
        if picture_path(reference.address) not in pictures:
            yield reference.line, f"There is no picture “{reference.address}”. Pictures stand in img/ and are named ../img/name.svg."
    for number, line in lines:
        for address in _ADDRESS.findall(line):
            if not is_safe_link(address):
                yield number, f"“{address[:60]}” cannot be linked to. Use https://, mailto: or a path of this site such as /policy."
