"""The journal of clicks: an append-only file per process, one line a click, written before the reader is sent on.

A writer holds a lock on its file for as long as it lives, and the kernel lets go of it however the process ends: a journal whose lock is
free belongs to nobody any more, and whoever finds it stores the rest and removes it. A line holds no address and no person:
link, hour, referring host, device, robot, and the day's mark of the reader, separated by tabs. It stands between two line ends, so that a line which a full disk tore spoils
none after it, and those who write at once need not wait for each other.
"""

import fcntl
import os
import re
import secrets
import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Final

from app.sharing.rules.readers import MARK_BYTES, Hit

_ENDING: Final = ".log"
_HOUR: Final = "%Y%m%d%H"
_MARK: Final = re.compile(rf"(?:[0-9a-f]{{{2 * MARK_BYTES}}})?")
BLOCK: Final = 256 * 1024
"""How many bytes are stored in one transaction: some six thousand clicks."""


class Journal:
    """The journal that this process writes; opened at the first click, and anew after a fork."""

    def __init__(self, folder: Path) -> None:
        """Journals stand in `folder`, which need not exist yet."""
        self._folder = folder
        self._lock = threading.Lock()
        self._pid = 0
        self._file = -1

    def append(self, hit: Hit) -> None:
        """Write one click with one `write`, which the kernel puts at the end of the file as a whole; raises OSError when the disk does not take it."""
        line = line_of(hit)
        if self._pid != os.getpid():
            with self._lock:
                if self._pid != os.getpid():
                    self._open()
        if os.write(self._file, line) != len(line):
            raise OSError("the journal took a part of a click")

    def _open(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        name = f"{boot_id()}-{os.getpid()}-{secrets.token_hex(4)}"
        hidden = self._folder / f".{name}"
        self._file = os.open(hidden, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_APPEND | os.O_CLOEXEC, 0o600)
        fcntl.flock(self._file, fcntl.LOCK_EX)
        hidden.rename(self._folder / f"{name}{_ENDING}")  # seen by others only once it is locked
        self._pid = os.getpid()

    def close(self) -> None:
        """Let go of the file: whoever comes next may store the rest and remove it."""
        with self._lock:
            if self._file >= 0 and self._pid == os.getpid():
                os.close(self._file)
            self._file, self._pid = -1, 0


@dataclass(frozen=True)
class Block:
    """A stretch of a journal: the clicks in it, with how often each stands there, and where the next one begins.

    `bad` lines could not be read; `more` may stand behind it.
    """

    hits: Mapping[Hit, int]
    end: int
    bad: int = 0
    more: bool = False


def journals(folder: Path) -> list[str]:
    """The names of the journals in `folder`, oldest first."""
    found = sorted(folder.glob(f"*{_ENDING}"), key=lambda file: file.name)
    return [file.name.removesuffix(_ENDING) for file in found]


def read_block(folder: Path, name: str, start: int) -> Block:
    """The whole lines of a journal from the byte `start`, as many as fit into a block; empty where the journal is gone."""
    try:
        with (folder / f"{name}{_ENDING}").open("rb") as file:
            file.seek(start)
            content = file.read(BLOCK)
    except FileNotFoundError:
        return Block({}, start)
    whole = content[: content.rfind(b"\n") + 1]
    lines = Counter(whole.split(b"\n"))
    del lines[b""]
    read = {hit_of(line): times for line, times in lines.items()}  # no two lines say the same
    hits = {hit: times for hit, times in read.items() if hit is not None}
    return Block(hits, start + len(whole), bad=lines.total() - sum(hits.values()), more=len(content) == BLOCK)


def size_of(folder: Path, name: str) -> int:
    """How many bytes a journal has; 0 when it is gone."""
    try:
        return (folder / f"{name}{_ENDING}").stat().st_size
    except FileNotFoundError:
        return 0


@contextmanager
def left_behind(folder: Path, name: str) -> Iterator[bool]:
    """Whether the process that wrote a journal is over; nobody else can take it for as long as this is open."""
    try:
        file = os.open(folder / f"{name}{_ENDING}", os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        yield False
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        yield False
    else:
        yield True
    finally:
        os.close(file)


def remove(folder: Path, name: str) -> None:
    """Delete a journal of which everything is stored."""
    (folder / f"{name}{_ENDING}").unlink(missing_ok=True)


def line_of(hit: Hit) -> bytes:
    """A click as it stands in the journal."""
    return f"\n{hit.link_id}\t{_hour(hit.hour)}\t{hit.referrer}\t{hit.device}\t{'r' if hit.robot else 'p'}\t{hit.mark}\n".encode("ascii")


@lru_cache(maxsize=8)
def _hour(moment: datetime) -> str:
    return moment.strftime(_HOUR)


def hit_of(line: bytes) -> Hit | None:
    """The click of a line, or None for what was torn by a full disk or a hard stop; a line without a mark is an older one."""
    link, _, rest = line.decode("ascii", "replace").partition("\t")
    hour, _, rest = rest.partition("\t")
    try:
        referrer, device, kind, *marks = rest.split("\t")
        (mark,) = marks or [""]
        if not _MARK.fullmatch(mark):
            return None
        return Hit(int(link), _moment(hour), referrer, device, {"r": True, "p": False}[kind], mark)
    except (ValueError, KeyError):
        return None


@lru_cache(maxsize=48)
def _moment(hour: str) -> datetime:
    return datetime.strptime(hour, _HOUR).replace(tzinfo=UTC)


def boot_id() -> str:
    """A name for this machine's running time, so that journals tell from which start they are."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()[:8]
    except OSError:
        return "boot"
