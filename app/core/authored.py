"""Files that authors write: text and YAML read with their lines, so that every fault can say where it stands.

Nothing here trusts a file: links out of the folder, huge or deep documents, aliases, foreign tags and hidden characters are faults
with a sentence, never a traceback.
"""

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any, Final

import yaml

LARGEST_TEXT: Final = 400_000
DEEPEST: Final = 20
_LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TAGS: Final = frozenset(f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "timestamp", "map", "seq"))
_HIDDEN: Final = frozenset({*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C, 0xFEFF})
Parts = tuple[str | int, ...]
"""The way to a part of a document: keys and positions."""


@dataclass(frozen=True, order=True)
class Fault:
    """Something an author must mend: the file, the line (0 when no line is to blame) and a sentence that says what to do."""

    file: str
    line: int
    sentence: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.sentence}" if self.line else f"{self.file}: {self.sentence}"


class Unreadable(Exception):
    """A file that cannot be read at all; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        """Carries the fault."""
        super().__init__(str(fault))
        self.fault = fault


@dataclass(frozen=True)
class Tree:
    """A YAML document as plain data, with the line of each of its parts."""

    file: str
    data: Any
    lines: Mapping[Parts, int]

    def line_of(self, *path: str | int) -> int:
        """The line of the part at `path`, or of the nearest part around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def fault(self, sentence: str, *path: str | int) -> Fault:
        """A fault at the part at `path`."""
        return Fault(self.file, self.line_of(*path), sentence)


def checksum(document: Any) -> str:
    """The same for the same document, whoever made it (SHA-256 of its canonical JSON, hex)."""
    return sha256(json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def read_bytes(root: Path, name: str, *, most: int) -> bytes:
    """The content of a file below `root`; never through a symbolic link and never from outside. Raises Unreadable."""
    parts = PurePosixPath(name).parts
    if not parts or PurePosixPath(name).is_absolute() or ".." in parts or "\\" in name or "\x00" in name:
        raise Unreadable(Fault(name, 0, "This leads out of the folder. Keep every file inside it."))
    file = root
    for part in parts:
        file = file / part
        if file.is_symlink():
            raise Unreadable(Fault(name, 0, "This is a symbolic link. Put the file itself here."))
    try:
        if not file.is_file():
            raise Unreadable(Fault(name, 0, "This file is missing."))
        if file.stat().st_size > most:
            raise Unreadable(Fault(name, 0, f"This file is larger than {most // 1000} kB. Make it smaller."))
        return file.read_bytes()
    except OSError as error:
        raise Unreadable(Fault(name, 0, f"This file cannot be read ({error.strerror or 'unknown reason'}).")) from error


def read_text(root: Path, name: str, *, most: int = LARGEST_TEXT) -> str:
    r"""A text file below `root`: UTF-8, line ends as \\n, no hidden characters. Raises Unreadable."""
    content = read_bytes(root, name, most=most)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Unreadable(Fault(name, line, "This is not UTF-8. Save the file with the encoding UTF-8.")) from error
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for number, line_text in enumerate(text.split("\n"), 1):
        for letter in line_text:
            if (letter != "\t" and unicodedata.category(letter) == "Cc") or ord(letter) in _HIDDEN:
                sentence = f"A hidden character (U+{ord(letter):04X}) stands here. Remove it; retyping the word helps."
                raise Unreadable(Fault(name, number, sentence))
    return text


def read_yaml(root: Path, name: str) -> Tree:
    """A YAML file below `root`. Raises Unreadable, also for a key that stands twice."""
    return yaml_tree(name, read_text(root, name))


def yaml_tree(name: str, text: str) -> Tree:
    """The YAML document in `text`. Raises Unreadable."""
    try:
        _guard(name, text)
        node = yaml.compose(text, Loader=_LOADER)
        if node is None:
            raise Unreadable(Fault(name, 1, "This file is empty."))
        lines: dict[Parts, int] = {}
        return Tree(name, _plain(name, node, (), lines), lines)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        sentence = f"This is not YAML as it should be ({error.problem}). A text with a colon in it needs quotes around it."
        line = min(mark.line, text.count("\n")) + 1 if mark else 0
        raise Unreadable(Fault(name, line, sentence)) from error
    except yaml.YAMLError as error:
        raise Unreadable(Fault(name, 0, "This is not YAML as it should be.")) from error
    except ValueError as error:
        raise Unreadable(Fault(name, 0, "A number or date in this file makes no sense.")) from error


def _guard(name: str, text: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        line = event.start_mark.line + 1 if event.start_mark else 0
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise Unreadable(Fault(name, line, "Anchors and aliases (& and *) are not used here. Write the text out, or put quotes around it."))
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            raise Unreadable(Fault(name, line, "This is nested too deeply."))


def _plain(name: str, node: yaml.Node, path: Parts, lines: dict[Parts, int]) -> Any:
    line = node.start_mark.line + 1
    lines.setdefault(path, line)
    if node.tag not in _TAGS:
        raise Unreadable(Fault(name, line, "Only texts, numbers, lists and mappings are used here, no tags (!)."))
    if isinstance(node, yaml.MappingNode):
        return _mapping(name, node, path, lines)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(name, child, (*path, index), lines) for index, child in enumerate(node.value)]
    value = yaml.constructor.SafeConstructor().construct_object(node)
    return value.isoformat() if isinstance(value, date) else value


def _mapping(name: str, node: yaml.MappingNode, path: Parts, lines: dict[Parts, int]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key, line = str(key_node.value), key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            raise Unreadable(Fault(name, line, "A key must be a single word."))
        if key in found:
            raise Unreadable(Fault(name, line, f"“{key}” stands here a second time. Keep one of them."))
        lines[(*path, key)] = line
        found[key] = _plain(name, value_node, (*path, key), lines)
    return found
