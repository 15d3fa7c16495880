"""Which numbers about free choice may be said, where names may not: judged over everything in reach, whatever a page asks for."""

from collections.abc import Collection
from datetime import date

from sqlalchemy.orm import Session

from app.insight.queries.report import Standing, ground, tallies
from app.insight.queries.sight import Sight
from app.insight.rules import Figure, Filter, Telling, speaks_of_the_way, unnamed, untold

NONE = Standing()


def telling(session: Session, sight: Sight, course_ids: Collection[int], *, today: date) -> Telling | None:
    """What may be said of these courses, in two statements; None, and no statement, where everybody who completed is named."""
    if not sight.is_strict:
        return None
    whole = ground(session, sight.paths, Filter())
    found = tallies(session, sight.paths, Filter(), whole.places, None, today=today)

    def group(people: int, place: int | None, course: int) -> Figure:
        standing = found.get((place, course), NONE)
        return unnamed(people, duty=standing.duty, choice=standing.choice, by_name=sight.shares)

    unsaid = {
        course: untold(group(whole.people, None, course), {place.path: group(place.people, place.id, course) for place in whole.places})
        for course in course_ids
    }
    said = (course for course in course_ids if "" not in unsaid[course])
    standings = {course: found.get((None, course), NONE) for course in said}
    ways = (
        course
        for course, standing in standings.items()
        if speaks_of_the_way(whole.people, duty=standing.duty, choice=standing.choice, by_name=sight.shares)
    )
    return Telling(unsaid, frozenset(ways))
