"""A course's own page: what it is, how far the reader is, and the one thing to do next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import url_for
from flask_babel import gettext, ngettext
from markupsafe import Markup

from app.learning.presenters.catalogue import State, minutes, state_of
from app.learning.presenters.words import LEVEL_NAMES, said
from app.learning.queries.levels import LevelStep, next_course
from app.learning.queries.progress import FoundCourse, PastAttempt, Time, next_lesson
from app.learning.rules.document import CourseDocument, Lesson
from app.learning.rules.quiz import retry_at
from app.learning.rules.terms import may_renew
from app.web.printed import printed


@dataclass(frozen=True)
class Step:
    """A thing to do: a link, or a deed when `post`."""

    label: str
    href: str
    post: bool
    note: str = ""


@dataclass(frozen=True)
class LessonLine:
    """A lesson in the course's list."""

    name: str
    title: str
    minutes: str
    done: bool
    is_next: bool


@dataclass(frozen=True)
class ModulePart:
    """A module with its lessons."""

    title: str
    lessons: tuple[LessonLine, ...]


@dataclass(frozen=True)
class AttemptLine:
    """An attempt in the reader's own history; `score` is None until it was handed in."""

    uuid: str
    label: str
    at: datetime
    score: str | None
    meaning: str
    word: str


@dataclass(frozen=True)
class Quiz:
    """The quiz: its conditions, and whether it can begin. `opens_at` is set during the cool-down."""

    conditions: Markup
    note: str
    opens_at: datetime | None
    attempts: tuple[AttemptLine, ...]


@dataclass(frozen=True)
class CoursePage:
    """Everything the page prints."""

    slug: str
    title: str
    level: Any
    about: Markup
    state: State
    step: Step | None
    onward: tuple[Step, ...]
    """What else there is to do once the course is passed."""
    is_passed: bool
    lessons: Markup
    quiz: Quiz
    may_start: bool
    changes: Any
    may_pause: bool
    may_leave: bool
    is_enrolled: bool


def course_page(
    found: FoundCourse,
    document: CourseDocument,
    newest: CourseDocument,
    attempts: Sequence[PastAttempt],
    levels: Sequence[LevelStep],
    *,
    on: date,
    at: datetime,
) -> CoursePage:
    """The page for one reader. `document` is the version that they read, `newest` the one that others get; `levels` serves who has passed."""
    now = found.now if found.now and found.now.is_running else None
    follows = next_lesson(document, now.done) if now else None
    mine = [attempt for attempt in attempts if found.now and attempt.ordinal == found.now.ordinal]
    opens_at = _opens_at(mine, document, at) if now else None
    steps = _steps(found, document, levels, on, mine[0] if opens_at else None)
    return CoursePage(
        slug=found.slug,
        title=said(document.title),
        level=LEVEL_NAMES[found.level],
        about=printed("learning/parts/about.html", (found.slug, found.version_id), lambda: _about(found.slug, document)),
        state=state_of(document, found.times, on, may_sit=opens_at is None),
        step=steps[0] if steps else None,
        onward=tuple(steps[1:]),
        is_passed=found.now is not None and found.now.state == "completed",
        lessons=_lessons(found, document, follows),
        quiz=Quiz(
            printed("learning/parts/conditions.html", found.version_id, lambda: {"conditions": _conditions(document)}),
            _quiz_note(now, document, follows is None, opens_at),
            opens_at,
            tuple(_line(one) for one in attempts),
        ),
        may_start=now is not None and now.ordinal > 1 and follows is not None and not now.sitting and opens_at is None,
        changes=said(newest.changes) if now and newest.version != document.version else None,
        may_pause=now is not None and now.state == "open",
        may_leave=now is not None and now.mandatory_role is None,
        is_enrolled=now is not None,
    )


def _about(slug: str, document: CourseDocument) -> dict[str, Any]:
    facts = (minutes(document.minutes), ngettext("%(num)s lesson", "%(num)s lessons", len(document.lessons)), said(document.audience))
    cover = {"cover_picture": document.cover, "cover_alt": said(document.cover_alt)}
    return {"slug": slug, "facts": facts, "summary": said(document.summary), **cover}


def _lessons(found: FoundCourse, document: CourseDocument, follows: Lesson | None) -> Markup:
    done = found.now.done if found.now else frozenset()

    def about() -> dict[str, Any]:
        modules = tuple(_module(module, done, follows) for module in document.modules)
        return {"slug": found.slug, "outcomes": said(document.outcomes), "modules": modules}

    return printed("learning/parts/lessons.html", (found.slug, found.version_id, done, follows and follows.uuid), about)


def _opens_at(attempts: Sequence[PastAttempt], document: CourseDocument, at: datetime) -> datetime | None:
    last = attempts[0] if attempts else None
    if last is None or last.submitted_at is None or last.passed:
        return None
    opens = retry_at(last.submitted_at, document.cooldown_minutes)
    return opens if opens > at else None


def _steps(found: FoundCourse, document: CourseDocument, levels: Sequence[LevelStep], on: date, failed: PastAttempt | None) -> list[Step]:
    """What there is to do, the nearest first; `failed` is the attempt after which the quiz is closed for a while."""
    now, enrolment = found.now, url_for("learning.enrol", slug=found.slug)
    if now is None:
        return [Step(gettext("Enrol"), enrolment, post=True, note=gettext("Voluntary: pause or leave whenever you like."))]
    if now.state == "left":
        return [Step(gettext("Enrol again"), enrolment, post=True, note=gettext("What you did before still counts."))]
    if now.state == "completed":
        renewal = Step(gettext("Renew"), enrolment, post=True, note=gettext("You may begin with the quiz straight away."))
        return [*([renewal] if may_renew(now.expires_on, on) else []), *_after(found, levels)]
    return [_running_step(found.slug, now, document, failed)]


def _after(found: FoundCourse, levels: Sequence[LevelStep]) -> list[Step]:
    """Where to go once a course is passed: the next course, and the certificate of its level."""
    steps = []
    follows = next_course(levels, found.level, found.slug)
    if follows:
        note = f"{said(follows.title)} · {minutes(follows.minutes)}"
        steps.append(Step(gettext("On to the next course"), url_for("learning.course", slug=follows.slug), post=False, note=note))
    certificate = next((level.certificate for level in levels if level.level == found.level), None)
    if certificate:
        steps.append(Step(gettext("See your certificate"), url_for("learning.certificate", uuid=certificate), post=False))
    return steps


def _running_step(slug: str, now: Time, document: CourseDocument, failed: PastAttempt | None) -> Step:
    if now.state == "paused":
        return Step(gettext("Go on"), url_for("learning.resume", slug=slug), post=True, note=gettext("Everything is where you left it."))
    if now.sitting:
        return Step(gettext("Go on with the quiz"), url_for("learning.go_on", slug=slug, uuid=now.sitting), post=False)
    follows = next_lesson(document, now.done)
    if follows is not None:
        label = gettext("Continue reading") if now.done else gettext("Begin reading")
        return Step(label, url_for("learning.lesson", slug=slug, name=follows.name), post=False, note=said(follows.title))
    if failed is not None:
        return Step(gettext("See what to read again"), url_for("learning.attempt", slug=slug, uuid=failed.uuid, _anchor="again"), post=False)
    return Step(gettext("Start the quiz"), url_for("learning.start", slug=slug), post=True)


def _module(module: Any, done: frozenset[str], follows: Any) -> ModulePart:
    lines = (
        LessonLine(lesson.name, said(lesson.title), minutes(lesson.minutes), lesson.uuid in done, lesson is follows) for lesson in module.lessons
    )
    return ModulePart(said(module.title), tuple(lines))


def _conditions(document: CourseDocument) -> tuple[str, ...]:
    count = min(document.questions, len(document.items))
    wait = document.cooldown_minutes
    conditions = [
        ngettext("%(num)s question, drawn at random for you", "%(num)s questions, drawn at random for you", count),
        gettext("You pass with %(mark)s per cent", mark=document.pass_mark),
        gettext("After a failed attempt the next one opens %(wait)s later", wait=minutes(wait)) if wait else gettext("Try as often as you like"),
        ngettext("A pass counts for %(num)s month", "A pass counts for %(num)s months", document.validity_months),
    ]
    if document.attempt_minutes:
        conditions.insert(1, gettext("You have %(time)s once you start", time=minutes(document.attempt_minutes)))
    else:
        conditions.insert(1, gettext("No time limit: stop and go on whenever you like"))
    return tuple(conditions)


def _quiz_note(now: Time | None, document: CourseDocument, is_read: bool, opens_at: datetime | None) -> str:  # noqa: FBT001  # named by its only caller
    if now is None or opens_at is not None or now.sitting:
        return ""
    left = sum(lesson.uuid not in now.done for lesson in document.lessons)
    if is_read:
        return gettext("You have read every lesson. Take the quiz when you are ready.")
    if now.ordinal > 1:
        return gettext("This is a renewal: read again what you like, or begin with the quiz.")
    return ngettext("The quiz opens after %(num)s more lesson.", "The quiz opens after %(num)s more lessons.", left)


def _line(attempt: PastAttempt) -> AttemptLine:
    label = gettext("Attempt %(number)s", number=attempt.number)
    at = attempt.submitted_at or attempt.started_at
    if attempt.state == "open":
        return AttemptLine(attempt.uuid, label, at, None, "careful", gettext("Under way"))
    word, meaning = (gettext("Passed"), "done") if attempt.passed else (gettext("Not passed"), "quiet")
    return AttemptLine(attempt.uuid, label, at, gettext("%(score)s per cent", score=attempt.score), meaning, word)
