"""Which departments a page of the completion report shows: folded beyond the top, and so many at once that the page stays small."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from app.insight.queries.report import Ground
from app.insight.rules import Place

MOST_ROWS: Final = 40
FEWEST_ROWS: Final = 10
MOST_CELLS: Final = 420
"""A row for a department, a column for a course: so many cells keep the page under forty kilobytes."""


@dataclass(frozen=True)
class Stretch:
    """The departments of one page in order, those above its first one ahead of them.

    `after` names the department that the page comes after, `before` the one that the page before it does, `following` the one that the next does;
    "" stands for the first page, and None for none.
    """

    places: tuple[Place, ...]
    after: str
    before: str | None
    following: str | None


def rows_for(columns: int) -> int:
    """How many departments fit on a page with so many courses."""
    return max(FEWEST_ROWS, min(MOST_ROWS, MOST_CELLS // max(columns, 1)))


def stretch(ground: Ground, unfolded: Collection[str], *, most: int, after: str = "", begin: str = "") -> Stretch:
    """The page that comes after the department `after`, or begins with the first at the top whose name does not stand before `begin`.

    A department that is not shown, as one that was folded away meanwhile, is not come after: the page is the first one.
    """
    walk = list(_shown(ground, unfolded))
    first = _first(walk, set(ground.tops), after, begin.casefold())
    shown = tuple(walk[first : first + most])
    above = tuple(place for place in walk[:first] if shown and shown[0].path.startswith(place.path))
    slugs = [place.slug for place in walk]
    before = (slugs[first - most - 1] if first > most else "") if first else None
    return Stretch((*above, *shown), slugs[first - 1] if first else "", before, slugs[first + most - 1] if first + most < len(walk) else None)


def _first(walk: Sequence[Place], tops: Collection[Place], after: str, key: str) -> int:
    """Where in the walk the page begins."""
    if key:
        return next((number for number, place in enumerate(walk) if place in tops and place.name.casefold() >= key), max(len(walk) - 1, 0))
    return next((number for number, place in enumerate(walk, 1) if place.slug == after), 0)


def _shown(ground: Ground, unfolded: Collection[str]) -> Iterator[Place]:
    """In order: the departments with people at the top, and what is below the unfolded ones."""
    waiting = ground.by_name(ground.tops)[::-1]
    while waiting:
        place = waiting.pop()
        yield place
        if place.slug in unfolded:
            waiting.extend(ground.below(place.path)[::-1])
