"""A manager's line in numbers that speak about nobody."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from app.insight.presenters.words import LEVELS, said
from app.insight.queries.report import Standing
from app.insight.queries.team import Team
from app.insight.rules import BEHAVIOUR_K, MANDATORY_K, Counts, Figure, tellable
from app.learning.queries.content import PublishedCourse
from app.web.i18n import number


@dataclass(frozen=True)
class DutyRow:
    """A mandatory course: how many of those who must have done it."""

    course: str
    done: Figure
    words: str


@dataclass(frozen=True)
class ChoiceRow:
    """A course taken freely: how many completed it."""

    course: str
    done: Figure
    words: str


@dataclass(frozen=True)
class TeamPage:
    """The page."""

    count: int
    duties: tuple[DutyRow, ...]
    choices: tuple[ChoiceRow, ...]
    levels: tuple[tuple[str, str], ...]
    hidden: bool

    @property
    def is_empty(self) -> bool:
        """Whether the line is too small for any number."""
        return not (self.duties or self.choices or self.levels)


def team_page(team: Team, courses: Sequence[PublishedCourse], *, locale: str) -> TeamPage:
    """The page, from what the query found."""
    duties, choices, hidden = [], [], False
    for course in courses:
        standing = team.courses.get(course.id, Standing())
        title = said(course.document.title, locale)
        duty = standing.duty
        if duty.all >= MANDATORY_K:
            duties.append(DutyRow(title, Figure(duty.completed, duty.all), _duty_words(duty)))
        free = team.people - duty.all
        told = _tellable(standing.choice.completed, free, rest=duty.all)
        if told is not None:
            choices.append(ChoiceRow(title, told, _("%(count)s of %(people)s", count=number(told.count), people=number(told.of))))
        hidden = hidden or 0 < duty.all < MANDATORY_K or (free > 0 and told is None)
    levels = [(str(name), tellable(team.levels.get(level, 0), team.people, k=BEHAVIOUR_K)) for level, name in LEVELS.items()]
    shown = tuple((name, number(figure.count)) for name, figure in levels if figure)
    return TeamPage(team.people, tuple(duties), tuple(choices), shown, hidden or len(shown) < len(levels))


def _duty_words(duty: Counts) -> str:
    said = _("%(done)s of %(all)s done", done=number(duty.completed), all=number(duty.all))
    late = _("%(count)s overdue", count=number(duty.overdue)) if duty.overdue else ""
    return " · ".join(part for part in (said, late) if part)


def _tellable(completed: int, free: int, *, rest: int) -> Figure | None:
    """The number about free choice, unless those who had none are so few that they would follow by difference."""
    return None if 0 < rest < MANDATORY_K else tellable(completed, free, k=BEHAVIOUR_K)
