"""Pure decisions about numbers: what they mean, and which are too small to be shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import Final, NamedTuple

MANDATORY_K: Final = 5
"""The smallest group whose mandatory completion may be a number."""
BEHAVIOUR_K: Final = 10
"""The smallest group about whose own free choice a number may speak."""
LAPSING_SOON: Final = timedelta(days=30)
TREND_MONTHS: Final = 12
TREND_PEOPLE: Final = 20
"""The smallest group of which a line over time may speak."""
MOST_VIEWS: Final = 30
"""Views of the report that one person may save."""
MOST_EXPORTS: Final = 2
"""Exports that one person may run at the same time."""


class Kind(StrEnum):
    """Which courses are meant: those that a role asks for, those taken freely, or both."""

    MANDATORY = "mandatory"
    VOLUNTARY = "voluntary"
    BOTH = "both"


class Status(StrEnum):
    """Where a person stands with a course. Everybody who is overdue has started or is still waiting."""

    COMPLETED = "completed"
    STARTED = "started"
    WAITING = "waiting"
    OVERDUE = "overdue"


@dataclass(frozen=True)
class Filter:
    """What a report is about. `department` is a slug, `country` a code, `course` a slug; `on` is None for today.

    `name` is what somebody is called, as it was typed; only lists of people know it.
    """

    department: str | None = None
    country: str | None = None
    course: str | None = None
    kind: Kind = Kind.BOTH
    status: Status | None = None
    on: date | None = None
    name: str = ""


@dataclass(frozen=True)
class Counts:
    """How many people of a group stand where with a course; `overdue` are among the started and the waiting, `shared` among the completed."""

    completed: int = 0
    started: int = 0
    waiting: int = 0
    overdue: int = 0
    shared: int = 0

    @property
    def all(self) -> int:
        """Everybody who has anything to do with the course."""
        return self.completed + self.started + self.waiting

    def of(self, status: Status) -> int:
        """How many have this status."""
        return int(getattr(self, status.value))


NOBODY: Final = Counts()


@dataclass(frozen=True)
class Figure:
    """A number that may be shown: `count` of `of` people."""

    count: int
    of: int

    @property
    def percent(self) -> int:
        """The share in whole per cent, rounded down; 100 only when it is everybody, 0 only when it is nobody."""
        share = 100 * self.count // self.of
        return max(share, 1) if self.count else 0


def figure(status: Status, *, people: int, duty: Counts, choice: Counts, kind: Kind) -> Figure | None:
    """The cell of a group for a course, or None when the group is too small for that number (which looks like no data).

    `duty` counts those for whom the course is mandatory, `choice` all others; `people` is the whole group. Who is on the way or has not
    begun by free choice is behaviour: the group that it describes are those who have not completed, and there must be ten of them.
    """
    free = max(people - duty.all, choice.completed)
    if kind is Kind.MANDATORY or status is Status.OVERDUE:
        return _large_enough(duty.of(status), duty.all, MANDATORY_K)
    if status is not Status.COMPLETED and free - choice.completed < BEHAVIOUR_K:
        return None
    if kind is Kind.VOLUNTARY:
        return _large_enough(_free(status, free, choice), free, BEHAVIOUR_K)
    if free == 0:
        return _large_enough(duty.of(status), duty.all, MANDATORY_K)
    return _large_enough(duty.of(status) + _free(status, free, choice), duty.all + free, BEHAVIOUR_K)


def _free(status: Status, free: int, choice: Counts) -> int:
    """Of those who may choose: nobody waits for a course that nobody asked them to take, so *waiting* is everybody who never began."""
    return free - choice.completed - choice.started if status is Status.WAITING else choice.of(status)


def _large_enough(count: int, of: int, k: int) -> Figure | None:
    return Figure(count, of) if of >= k else None


def tellable(count: int, of: int, *, k: int) -> Figure | None:
    """A total about free choice for somebody who knows the people: None when it would say something about each, or about one.

    The group has at least `k` people. In one smaller than twice that, "all", "none", "all but one" and "just one" stay unsaid, since whoever
    knows one of them would know the others by difference.
    """
    if of < k or (of < 2 * k and min(count, of - count) <= 1):
        return None
    return Figure(count, of)


def unnamed(people: int, *, duty: Counts, choice: Counts, by_name: bool) -> Figure:
    """Of those who may choose and are not told by name: how many completed, of how many. `by_name` says whether those who share are named."""
    shared = choice.shared if by_name else 0
    return Figure(choice.completed - shared, max(people - duty.all, choice.completed) - shared)


def speaks_of_none(group: Figure) -> bool:
    """Whether a number about unnamed people says nothing about any one of them: it is about many, or about nobody."""
    return group.of == 0 or tellable(group.count, group.of, k=BEHAVIOUR_K) is not None


def untold(whole: Figure, groups: Mapping[str, Figure]) -> frozenset[str]:
    """The paths whose number about unnamed people must stay unsaid beside those of all others; "" is the whole.

    `groups` holds for each department's path the figure of everybody in and below it. Whatever is left of a shown department when its shown parts are
    taken away speaks of no single person either; what is below an unsaid one is unsaid.
    """
    below: dict[str, list[str]] = {}
    for path in groups:
        above = path[: path.rstrip("/").rfind("/") + 1]
        below.setdefault(above if above in groups else "", []).append(path)
    hidden = set() if speaks_of_none(whole) else {""}
    for path in sorted(below, key=lambda path: path.count("/")):
        parts = {part: groups[part] for part in below[path]}
        hidden.update(parts if path in hidden else _untold_parts(groups.get(path, whole), parts))
    return frozenset(hidden)


def _untold_parts(whole: Figure, parts: Mapping[str, Figure]) -> set[str]:
    hidden = {path for path, part in parts.items() if not speaks_of_none(part)}
    shown = sorted((path for path in parts.keys() - hidden if parts[path].of), key=lambda path: (parts[path].of, path))
    rest = Figure(whole.count - sum(parts[path].count for path in shown), whole.of - sum(parts[path].of for path in shown))
    while shown and not speaks_of_none(rest):
        part = parts[shown[0]]
        hidden.add(shown.pop(0))
        rest = Figure(rest.count + part.count, rest.of + part.of)
    return hidden


def speaks_of_the_way(people: int, *, duty: Counts, choice: Counts, by_name: bool) -> bool:
    """Whether it may be said of everybody together who is on the way by free choice and who never began: no number of the three is about one."""
    group = unnamed(people, duty=duty, choice=choice, by_name=by_name)
    parts = (group.count, choice.started, group.of - group.count - choice.started)
    return all(tellable(part, group.of, k=BEHAVIOUR_K) is not None for part in parts)


def speaks_beside(people: int, known: int) -> bool:
    """Whether a number about everybody says nothing about any one, although about `known` of them names say the same."""
    return people - known >= 2 * BEHAVIOUR_K


@dataclass(frozen=True)
class Telling:
    """Which numbers about free choice may be said where not everybody who completed is named.

    `untold` maps a course to the paths of which none is said ("" = the whole); `ways` are the courses of which is said who is on the way.
    """

    untold: Mapping[int, frozenset[str]]
    ways: frozenset[int]

    def says(self, asked: Filter, course_id: int, path: str) -> bool:
        """Whether a number may stand there: only of today and of all countries, since two answers beside each other tell people apart (P9)."""
        if asked.country or asked.on:
            return False
        if asked.status in {Status.STARTED, Status.WAITING}:
            return path == "" and course_id in self.ways
        return path not in self.untold[course_id]


def month_ends(today: date) -> tuple[date, ...]:
    """The last days of the twelve months that are over, oldest first."""
    first = today.replace(day=1)
    ends = []
    for _ in range(TREND_MONTHS):
        end = first - timedelta(days=1)
        ends.append(end)
        first = end.replace(day=1)
    return tuple(reversed(ends))


def trend(passes: Mapping[date, int], *, people: int, ends: Sequence[date], named: Mapping[date, int] = MappingProxyType({})) -> tuple[int, ...]:
    """The share of `people` who had passed by each of `ends`, in whole per cent rounded down; nothing where there are too few to tell.

    `passes` counts people by the day of their first pass, or by any day of its month. A step under ten waits for the next ones, so that two
    months beside each other differ by nobody or by a group. The people are the same in all months, so that nobody who came or left stands
    out. Those of the passes that are `named` are known, so neither twenty nor ten is reached with their help.
    """
    if people - sum(named.values()) < TREND_PEOPLE:
        return ()
    shares, told, start = [], 0, date.min
    waiting, known = 0, 0
    for end in ends:
        waiting += sum(count for day, count in passes.items() if start < day <= end)
        known += sum(count for day, count in named.items() if start < day <= end)
        start = end
        if waiting - known >= BEHAVIOUR_K:
            told, waiting, known = told + waiting, 0, 0
        shares.append(100 * told // people)
    return tuple(shares) if told else ()


def hidden_parts(own: int, parts: Mapping[str, int], *, k: int) -> frozenset[str]:
    """Which parts of a shown whole must not be shown, so that nothing smaller than `k` follows by subtraction.

    `own` are the people who belong to no part; they are never shown apart. Parts under `k` are hidden, and with them the smallest of the
    others until what is hidden is together nobody or at least `k`.
    """
    hidden = {name for name, size in parts.items() if size < k}
    shown = sorted((name for name in parts if name not in hidden), key=lambda name: (parts[name], name))
    rest = own + sum(parts[name] for name in hidden)
    while 0 < rest < k and shown:
        name = shown.pop(0)
        hidden.add(name)
        rest += parts[name]
    return frozenset(hidden)


@lru_cache(maxsize=20_000)
def parent_path(path: str) -> str:
    """The path of the department above; "/" at the top."""
    return path[: path.rfind("/", 0, -1) + 1]


class Place(NamedTuple):
    """A department with everybody in it and below it."""

    id: int
    slug: str
    name: str
    path: str
    people: int

    @property
    def depth(self) -> int:
        """1 for a department at the top."""
        return self.path.count("/") - 1

    @property
    def parent_path(self) -> str:
        """The path of the department above; "/" at the top."""
        return parent_path(self.path)


def hidden_places(people: int, tops: Sequence[Place], places: Sequence[Place], *, k: int = BEHAVIOUR_K) -> frozenset[str]:
    """The paths whose numbers must not be shown beside those of what is above them; what is below a hidden one is hidden.

    `tops` stand at the top of the report about `people` in all; `places` are these and everything below them.
    """
    below: dict[str, dict[str, int]] = {}
    for place in places:
        below.setdefault(place.parent_path, {})[place.path] = place.people
    sizes = {place.path: place.people for place in places}
    hidden = set(hidden_parts(people - sum(top.people for top in tops), {top.path: top.people for top in tops}, k=k))
    for path in sorted(below.keys() & sizes.keys(), key=lambda path: path.count("/")):
        parts = below[path]
        hidden.update(parts if path in hidden else hidden_parts(sizes[path] - sum(parts.values()), parts, k=k))
    return frozenset(hidden)
