"""How the questions of a quiz go, as its authors read it: the hardest first, and no number that speaks of a few."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import gettext, ngettext

from app.learning.presenters.words import LEVEL_NAMES, said
from app.learning.queries.content import PublishedCourse
from app.learning.queries.tallies import Tally
from app.learning.rules.document import Item
from app.learning.rules.tallying import FEWEST, Asked
from app.web.i18n import number

NEVER = Asked(0, 0, {})


@dataclass(frozen=True)
class QuizLine:
    """A course in the list: how many of its questions have something to tell."""

    title: str
    level: str
    href: str
    note: str


@dataclass(frozen=True)
class OptionRow:
    """An option: the share that chose it in per cent, and whether it tempts more people than what is right."""

    text: Any
    is_right: bool
    share: int
    tempts: bool


@dataclass(frozen=True)
class QuestionRow:
    """A question that enough people were asked."""

    place: str
    stem: Any
    share: int
    words: str
    options: tuple[OptionRow, ...]


@dataclass(frozen=True)
class QuestionsPage:
    """The page of one course's quiz."""

    title: str
    href: str
    version: int
    counted_to: datetime | None
    rows: tuple[QuestionRow, ...]
    silent: str
    keyless: bool
    """Whether what was chosen, and what is right, stays closed to this reader."""


def quiz_lines(courses: Sequence[PublishedCourse], tallies: Mapping[int, Tally]) -> list[QuizLine]:
    """Every published course, in the order in which they are taken."""
    lines = []
    for course in courses:
        asked = tallies[course.version_id].asked if course.version_id in tallies else {}
        telling = sum(each.share is not None for each in asked.values())
        note = gettext("%(telling)s of %(all)s questions have something to tell", telling=telling, all=len(course.document.items))
        lines.append(QuizLine(said(course.document.title), str(LEVEL_NAMES[course.level]), url_for("learning.questions", slug=course.slug), note))
    return lines


def questions_page(course: PublishedCourse, tally: Tally | None, *, with_key: bool) -> QuestionsPage:
    """The questions of the version that learners get now; the shares of options are part of the key, since most people choose what is right."""
    asked = tally.asked if tally else {}
    found = [(module, item, asked.get(item.uuid, NEVER)) for module in course.document.modules for item in module.items]
    telling = sorted((each for each in found if each[2].share is not None), key=lambda each: each[2].share or 0)
    silent = len(found) - len(telling)
    return QuestionsPage(
        title=said(course.document.title),
        href=url_for("learning.course", slug=course.slug),
        version=course.document.version,
        counted_to=tally.counted_to if tally else None,
        rows=tuple(_row(said(module.title), item, each, with_key=with_key) for module, item, each in telling),
        silent=ngettext(
            "%(num)s question tells nothing yet: fewer than %(k)s people were asked, or nearly all of a few answered alike.",
            "%(num)s questions tell nothing yet: fewer than %(k)s people were asked, or nearly all of a few answered alike.",
            silent,
            k=FEWEST,
        )
        if silent
        else "",
        keyless=not with_key,
    )


def _row(place: str, item: Item, asked: Asked, *, with_key: bool) -> QuestionRow:
    share = asked.share or 0
    words = gettext(
        "%(share)s per cent knew at their first attempt, of at least %(people)s people", share=share, people=number(asked.people // 5 * 5)
    )
    return QuestionRow(place, said(item.stem), share, words, _options(item, asked) if with_key else ())


def _options(item: Item, asked: Asked) -> tuple[OptionRow, ...]:
    shares = [(option, asked.share_of(option.id)) for option in item.options]
    least = min((share for option, share in shares if option.correct and share is not None), default=100)
    return tuple(
        OptionRow(said(option.text), option.correct, share, tempts=not option.correct and share > least)
        for option, share in shares
        if share is not None
    )
