"""The quiz: one question at a time, a look over before handing in, and a result that teaches before it scores.

While an attempt is open nothing here carries a key, a feedback or a score: the view-models of an open attempt have no place for them.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from flask_babel import gettext, ngettext

from app.learning.presenters.words import LEVEL_NAMES, said
from app.learning.queries.attempts import Sitting
from app.learning.rules.document import CourseDocument
from app.learning.rules.quiz import Question, percent, read_paper, retry_at

MINUTES_SAID: Final = (10, 5, 1)
"""When those who cannot see the clock are told how long they have: seldom, so that nobody is disturbed."""


@dataclass(frozen=True)
class Choice:
    """An option as it can be chosen: its id in this attempt and its words."""

    id: str
    text: Any
    chosen: bool


@dataclass(frozen=True)
class PlaceMark:
    """A place on the paper: its number, the question's words, and whether something was chosen there."""

    place: int
    stem: Any
    answered: bool


@dataclass(frozen=True)
class Clock:
    """What a page's script counts down from: milliseconds since the epoch by our clock, and what is said when so many seconds are left."""

    deadline_at: datetime
    ends_ms: int
    now_ms: int
    said: str


@dataclass(frozen=True)
class QuestionPage:
    """One question of an open attempt."""

    slug: str
    uuid: str
    course: str
    place: int
    count: int
    stem: Any
    many: bool
    choices: tuple[Choice, ...]
    marks: tuple[PlaceMark, ...]
    clock: Clock | None


@dataclass(frozen=True)
class ReviewPage:
    """An open attempt before it is handed in."""

    slug: str
    uuid: str
    course: str
    marks: tuple[PlaceMark, ...]
    answered: int
    clock: Clock | None

    @property
    def confirm(self) -> str | None:
        """What to ask before handing in; nothing when every question is answered."""
        left = len(self.marks) - self.answered
        return (
            ngettext(
                "%(num)s question has no answer yet and would count as wrong. Hand in anyway?",
                "%(num)s questions have no answer yet and would count as wrong. Hand in anyway?",
                left,
            )
            if left
            else None
        )


@dataclass(frozen=True)
class JudgedOption:
    """An option after the attempt: chosen or not, right or not; feedback for what was chosen and for what is right."""

    text: Any
    chosen: bool
    right: bool
    feedback: Any


@dataclass(frozen=True)
class JudgedQuestion:
    """A question after the attempt."""

    place: int
    stem: Any
    right: bool
    skipped: bool
    options: tuple[JudgedOption, ...]


@dataclass(frozen=True)
class Advice:
    """A lesson to read again."""

    name: str
    title: str


@dataclass(frozen=True)
class Award:
    """A certificate that this attempt brought about."""

    uuid: str
    level: Any


@dataclass(frozen=True)
class ResultPage:
    """A judged attempt."""

    slug: str
    course: str
    number: int
    questions: tuple[JudgedQuestion, ...]
    right: int
    count: int
    score: int
    pass_mark: int
    passed: bool
    expires_on: date | None
    opens_at: datetime | None
    advice: tuple[Advice, ...]
    awards: tuple[Award, ...]


def question_page(sitting: Sitting, document: CourseDocument, place: int, *, at: datetime) -> QuestionPage | None:
    """The question at this place; None beyond the paper."""
    questions = read_paper(sitting.paper, document)
    question = next((one for one in questions if one.place == place), None)
    if question is None:
        return None
    chosen = sitting.answers.get(place, ())
    return QuestionPage(
        slug=sitting.slug,
        uuid=sitting.uuid,
        course=said(document.short_title),
        place=place,
        count=len(questions),
        stem=said(question.item.stem),
        many=question.item.kind == "multiple",
        choices=tuple(Choice(one, said(option.text), one in chosen) for one, option in question.options),
        marks=_marks(questions, sitting),
        clock=_clock(sitting.deadline_at, at),
    )


def review_page(sitting: Sitting, document: CourseDocument, *, at: datetime) -> ReviewPage:
    """What is answered and what is not."""
    marks = _marks(read_paper(sitting.paper, document), sitting)
    answered = sum(mark.answered for mark in marks)
    return ReviewPage(sitting.slug, sitting.uuid, said(document.short_title), marks, answered, _clock(sitting.deadline_at, at))


def _clock(deadline_at: datetime | None, at: datetime) -> Clock | None:
    """The clock of an attempt whose time is limited; the others cost nothing."""
    if deadline_at is None:
        return None
    said = {str(60 * minutes): ngettext("%(num)s minute left.", "%(num)s minutes left.", minutes) for minutes in MINUTES_SAID}
    said["60"] += " " + gettext("When time is up we hand in what you have chosen.")
    return Clock(deadline_at, _milliseconds(deadline_at), _milliseconds(at), json.dumps(said))


def _milliseconds(at: datetime) -> int:
    return round(at.timestamp() * 1000)


def _marks(questions: Sequence[Question], sitting: Sitting) -> tuple[PlaceMark, ...]:
    return tuple(PlaceMark(one.place, said(one.item.stem), one.place in sitting.answers) for one in questions)


def result_page(
    sitting: Sitting, document: CourseDocument, *, expires_on: date | None, certificates: Sequence[tuple[str, str]], at: datetime
) -> ResultPage:
    """The judged attempt. `certificates` are (uuid, level) of those that it brought about; `at` decides whether the cool-down is over."""
    questions = [_judged(one, sitting.answers.get(one.place, ())) for one in read_paper(sitting.paper, document)]
    opens_at = retry_at(sitting.submitted_at, document.cooldown_minutes) if sitting.submitted_at and not sitting.passed else None
    return ResultPage(
        slug=sitting.slug,
        course=said(document.short_title),
        number=sitting.number,
        questions=tuple(questions),
        right=sum(question.right for question in questions),
        count=len(questions),
        score=sitting.score or 0,
        pass_mark=document.pass_mark,
        passed=bool(sitting.passed),
        expires_on=expires_on,
        opens_at=opens_at if opens_at and opens_at > at else None,
        advice=_advice(sitting, document, questions),
        awards=tuple(Award(uuid, LEVEL_NAMES[level]) for uuid, level in certificates),
    )


def _judged(question: Question, chosen: Sequence[str]) -> JudgedQuestion:
    options = tuple(
        JudgedOption(said(option.text), one in chosen, option.correct, said(option.feedback) if one in chosen or option.correct else None)
        for one, option in question.options
    )
    return JudgedQuestion(question.place, said(question.item.stem), frozenset(chosen) == question.right, not chosen, options)


def _advice(sitting: Sitting, document: CourseDocument, questions: Sequence[JudgedQuestion]) -> tuple[Advice, ...]:
    """The lessons of the modules in which something went wrong, when the attempt was not passed."""
    if sitting.passed:
        return ()
    wrong = {entry["item"] for entry, question in zip(sitting.paper, questions, strict=True) if not question.right}
    modules = [module for module in document.modules if any(item.uuid in wrong for item in module.items)]
    return tuple(Advice(lesson.name, said(lesson.title)) for module in modules for lesson in module.lessons)


def verdict(page: ResultPage) -> str:
    """The score in one sentence."""
    return gettext(
        "%(right)s of %(count)s right: %(score)s per cent. You pass with %(mark)s.",
        right=page.right,
        count=page.count,
        score=percent(page.right, page.count),
        mark=page.pass_mark,
    )
