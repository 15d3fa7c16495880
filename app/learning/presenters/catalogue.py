"""The catalogue: levels as a path, each with its courses and how far the reader is with them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext, ngettext

from app.learning.presenters.words import LEVEL_GIVES, LEVEL_NAMES, REASONS, said
from app.learning.queries.content import PublishedCourse
from app.learning.queries.levels import LevelStep
from app.learning.queries.progress import Time
from app.learning.rules.document import CourseDocument
from app.learning.rules.terms import may_renew
from app.web.i18n import day


@dataclass(frozen=True)
class State:
    """How far the reader is with a course: a word with its meaning for the badge, and what a role asks."""

    text: str
    meaning: str
    duty: str | None = None
    is_late: bool = False
    done: int = 0
    count: int = 0

    @property
    def is_under_way(self) -> bool:
        """Whether a bar says more than the word."""
        return self.done > 0


@dataclass(frozen=True)
class CourseLine:
    """A course on the path."""

    slug: str
    title: str
    minutes: str
    audience: str
    summary: str
    state: State


@dataclass(frozen=True)
class Stage:
    """A level on the path. `state` is done, current or next."""

    level: str
    name: Any
    gives: Any
    state: str
    note: str
    certificate: str | None
    courses: tuple[CourseLine, ...]


@dataclass(frozen=True)
class PathStep:
    """A step for the `level_path` component."""

    label: Any
    state: str
    note: str
    href: str | None = None


def minutes(count: int) -> str:
    """A duration in words."""
    return ngettext("%(num)s minute", "%(num)s minutes", count)


def hours(count: int) -> str:
    """A longer duration, rounded to quarters of an hour from an hour and a half on."""
    if count < 90:
        return minutes(count)
    quarters = round(count / 15) / 4
    return gettext("%(count)s hours", count=f"{quarters:g}".replace(".25", "¼").replace(".5", "½").replace(".75", "¾"))


def state_of(document: CourseDocument, times: Sequence[Time], on: date, *, may_sit: bool = False) -> State:
    """How far a person is, from all their times through a course (latest first); `may_sit` where it is known that the quiz is open to them."""
    now = times[0] if times else None
    if now is None or now.state == "left":
        return State(gettext("Not begun"), "quiet")
    if now.state == "completed":
        return _passed(now, on)
    done = sum(lesson.uuid in now.done for lesson in document.lessons)
    duty, late = _duty(now, on)
    count = len(document.lessons)
    if now.state == "paused":
        text = gettext("Paused")
    elif now.sitting:
        text = gettext("Quiz under way")
    elif done == count:
        text = gettext("Ready for the quiz") if may_sit else gettext("Every lesson is read")
    else:
        text = gettext("%(done)s of %(count)s lessons", done=done, count=count)
    return State(text, "quiet", duty, late, done, count)


def _passed(now: Time, on: date) -> State:
    if now.expires_on is None:
        return State(gettext("Passed"), "done")
    if on > now.expires_on:
        return State(gettext("Expired on %(date)s", date=day(now.expires_on)), "careful")
    if may_renew(now.expires_on, on):
        return State(gettext("Renew before %(date)s", date=day(now.expires_on)), "careful")
    return State(gettext("Passed until %(date)s", date=day(now.expires_on)), "done")


def _duty(now: Time, on: date) -> tuple[str | None, bool]:
    if now.mandatory_role is None or now.due_on is None:
        return None, False
    reason = REASONS.get(now.mandatory_role, "")
    if on > now.due_on:
        return gettext("Was due by %(date)s, %(reason)s", date=day(now.due_on), reason=reason), True
    return gettext("Due by %(date)s, %(reason)s", date=day(now.due_on), reason=reason), False


def line_of(slug: str, document: CourseDocument, times: Sequence[Time], on: date) -> CourseLine:
    """One course with the reader's state."""
    return CourseLine(
        slug, said(document.title), minutes(document.minutes), said(document.audience), said(document.summary), state_of(document, times, on)
    )


def stages(
    courses: Sequence[PublishedCourse],
    times: Mapping[int, Sequence[Time]],
    pinned: Mapping[int, CourseDocument],
    steps: Sequence[LevelStep],
    *,
    on: date,
) -> list[Stage]:
    """The path. `pinned` holds the versions that running enrolments are pinned to."""
    return [_stage(step, [course for course in courses if course.level == step.level], times, pinned, on) for step in steps]


def _stage(
    step: LevelStep, courses: Sequence[PublishedCourse], times: Mapping[int, Sequence[Time]], pinned: Mapping[int, CourseDocument], on: date
) -> Stage:
    lines = []
    for course in courses:
        mine = times.get(course.id, ())
        document = pinned[mine[0].version_id] if mine and mine[0].is_running else course.document
        lines.append(line_of(course.slug, document, mine, on))
    return Stage(step.level, LEVEL_NAMES[step.level], LEVEL_GIVES[step.level], step.state, step_note(step, courses), step.certificate, tuple(lines))


def step_note(step: LevelStep, courses: Sequence[PublishedCourse]) -> str:
    """What stands beside the name of a level: until when it is held, or how long it takes."""
    if step.certificate and step.until:
        return gettext("until %(date)s", date=day(step.until))
    if not courses:
        return gettext("courses to come")
    if step.lacks_proof:
        return gettext("passed, without a certificate that counts")
    own = {course.slug for course in courses}
    return hours(sum(course.minutes for course in step.missing if course.slug in own) or sum(course.document.minutes for course in courses))


def path(stages_: Sequence[Stage]) -> list[PathStep]:
    """The stages as steps of the `level_path` component."""
    return [PathStep(stage.name, stage.state, stage.note, f"#{stage.level}") for stage in stages_]
