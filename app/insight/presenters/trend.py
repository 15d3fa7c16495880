"""Completion month by month, as lines with their numbers behind them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for

from app.insight.forms import as_query
from app.insight.presenters.words import said
from app.insight.queries.trend import Passes
from app.insight.rules import Filter, Status, month_ends, trend
from app.learning.queries.content import PublishedCourse
from app.web.i18n import day, number


@dataclass(frozen=True)
class TrendRow:
    """A course and its line: pairs of month and per cent, oldest first; empty when there are too few people or passes to tell."""

    title: str
    href: str
    points: tuple[tuple[str, int], ...]

    @property
    def now(self) -> int | None:
        """The share at the end of the last month."""
        return self.points[-1][1] if self.points else None


@dataclass(frozen=True)
class TrendPage:
    """The page."""

    people: str
    since: str
    until: str
    rows: tuple[TrendRow, ...]


def trend_page(people: int, passes: Mapping[int, Passes], courses: Sequence[PublishedCourse], *, locale: str, today: date) -> TrendPage:
    """The page, from what the queries found."""
    ends = month_ends(today)
    months = [day(end, "MMMM y") for end in ends]
    list_of = url_for("insight.people")
    rows = (
        TrendRow(
            said(course.document.title, locale),
            list_of + as_query(Filter(course=course.slug, status=Status.COMPLETED)),
            tuple(zip(months, trend(found.people, people=people, ends=ends, named=found.named), strict=False)),
        )
        for course, found in ((course, passes.get(course.id, Passes())) for course in courses)
    )
    return TrendPage(number(people), months[0], months[-1], tuple(rows))
