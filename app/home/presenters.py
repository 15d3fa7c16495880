"""The front page and the search as they are printed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from markupsafe import Markup

from app.core.who import Who
from app.home.queries import Busy, Mine, lesson_words, story_words
from app.home.rules import Running, query_of, to_go_on_with
from app.learning.queries.content import PublishedCourse
from app.learning.queries.levels import LevelStep
from app.learning.queries.progress import card_of
from app.learning.rules.document import CourseDocument
from app.learning.rules.quiz import retry_at
from app.library.queries.reading import StoryCard
from app.web.i18n import day
from app.web.printed import printed

MOST_FOUND: Final = 20
LEVELS: Final[Mapping[str, Any]] = {"enthusiast": _l("Enthusiast"), "professional": _l("Professional"), "spokesperson": _l("Spokesperson")}
DUTIES: Final[Mapping[str, Any]] = {
    "author": _l("because you write stories and courses"),
    "reviewer": _l("because you review stories"),
    "hub": _l("because you work in the hub"),
    "hr": _l("because you work for HR"),
    "admin": _l("because you administer this site"),
    "spokesperson": _l("because you speak through an official channel"),
}


@dataclass(frozen=True)
class Card:
    """The one large card: what it is about, where it leads, how far it is, what is asked by when, and when its quiz opens again.

    `picture` is the course's own; without one a cover is drawn from `cover`.
    """

    kicker: str
    title: str
    href: str
    action: str
    cover: str
    note: str
    picture: str | None = None
    share: int | None = None
    duty: str | None = None
    due_on: date | None = None
    is_late: bool = False
    opens_at: datetime | None = None


@dataclass(frozen=True)
class StoryLine:
    """A story worth sharing, in one line."""

    title: str
    note: str
    href: str
    slug: str
    picture: str | None
    language: str


@dataclass(frozen=True)
class Step:
    """A level on the path."""

    label: str
    state: str
    note: str | None = None
    href: str | None = None


@dataclass(frozen=True)
class Front:
    """The whole page."""

    greeting: str
    today: str
    card: Card
    stories: Markup | None
    level: Markup | None
    was_read: bool


@dataclass(frozen=True)
class Found:
    """One thing that a search found."""

    title: str
    href: str
    meta: str
    note: str


def front(
    who: Who,
    mine: Mine,
    documents: Mapping[int, CourseDocument],
    steps: Sequence[LevelStep],
    stories: Sequence[StoryCard],
    *,
    locale: str,
    today: date,
    at: datetime,
) -> Front:
    """The page, from what the queries found."""
    going = _going_on(mine, today)
    card = _continue(going, documents[going.time.version_id], locale, today, at) if going else _next(steps, locale, has_stories=bool(stories))
    name = who.name.split()[0] if who.name.split() else who.name
    return Front(
        greeting=_("Hello %(name)s, shall we go on?", name=name) if going else _("Hello %(name)s", name=name),
        today=day(today, "EEEE d MMMM"),
        card=card,
        stories=_stories(stories, locale) if stories else None,
        level=_level(steps),
        was_read=mine.was_read,
    )


def _stories(stories: Sequence[StoryCard], locale: str) -> Markup:
    key = tuple((each.edition_id, each.slug) for each in stories)
    return printed("home/parts/stories.html", key, lambda: {"stories": [story_line(each, locale) for each in stories]})


def _level(steps: Sequence[LevelStep]) -> Markup | None:
    shown = [each for each in steps if each.state == "done" or each.missing or each.lacks_proof]
    if not shown:
        return None
    key = tuple((each.level, each.state, tuple((course.slug, course.minutes) for course in each.missing)) for each in shown)
    is_end = all(each.state == "done" for each in shown)
    return printed("home/parts/level.html", key, lambda: {"steps": [_step(each) for each in shown], "note": _minutes_to_go(steps), "is_end": is_end})


def running_versions(mine: Mine) -> set[int]:
    """The versions whose documents the card may need."""
    return {each.time.version_id for each in mine.times if each.time.is_running}


def _going_on(mine: Mine, today: date) -> Busy | None:
    running = {each.time.id: each for each in mine.times if each.time.is_running}
    found = to_go_on_with([Running(each.time.id, each.time.due_on, each.time.state == "paused", each.at) for each in running.values()], today)
    return running[found.enrolment_id] if found else None


def _continue(busy: Busy, document: CourseDocument, locale: str, today: date, at: datetime) -> Card:
    card = card_of(busy.slug, busy.level, document, busy.time)
    course = _said(card.course_title, locale)
    due_on, role = busy.time.due_on, busy.time.mandatory_role
    more: dict[str, Any] = {"duty": str(DUTIES.get(role or "", "")) or None, "due_on": due_on, "is_late": bool(due_on and due_on < today)}
    more["picture"] = document.cover
    left = ngettext("%(num)s minute left", "%(num)s minutes left", card.minutes_left)
    if card.is_quiz or card.lesson_name is None:
        href, action, opens_at = _quiz(busy, document, at)
        note = _("All %(count)s lessons read · %(left)s", count=card.count, left=left)
        return Card(str(LEVELS[busy.level]), course, href, action, busy.slug, note, share=100, opens_at=opens_at, **more)
    href = url_for("learning.lesson", slug=busy.slug, name=card.lesson_name)
    note = _("Lesson %(number)s of %(count)s · %(left)s", number=card.number, count=card.count, left=left)
    kicker = f"{LEVELS[busy.level]} · {course}"
    action = _("Continue reading") if busy.time.done else _("Begin reading")
    return Card(kicker, _said(card.lesson_title or {}, locale), href, action, busy.slug, note, share=card.done_share, **more)


def _quiz(busy: Busy, document: CourseDocument, at: datetime) -> tuple[str, str, datetime | None]:
    """Where the quiz leads now and what that is called; while it is closed after a failed attempt to what is worth reading again, and until when."""
    if busy.time.sitting:
        return url_for("learning.go_on", slug=busy.slug, uuid=busy.time.sitting), _("Go on with the quiz"), None
    opens_at = retry_at(busy.tried_at, document.cooldown_minutes) if busy.tried_at else at
    if opens_at > at:
        return url_for("learning.attempt", slug=busy.slug, uuid=busy.tried, _anchor="again"), _("See what to read again"), opens_at
    return url_for("learning.course", slug=busy.slug), _("To the quiz"), None


def _next(steps: Sequence[LevelStep], locale: str, *, has_stories: bool) -> Card:
    """Nothing is open: the next course on the path to the levels everybody may take; when there is none, nothing presses."""
    step = next((step for step in steps if step.state != "done" and step.missing and step.level != "spokesperson"), None)
    if step is None:
        href, action = (
            (url_for("library.magazine"), _("See what is worth sharing")) if has_stories else (url_for("learning.catalogue"), _("Look around"))
        )
        return Card(
            _("Nothing is waiting"),
            _("You are up to date"),
            href,
            action,
            "up-to-date",
            _("Everything on your path is done. Thank you for keeping up."),
        )
    course = step.missing[0]
    note = ngettext("About %(num)s minute, in parts if you like", "About %(num)s minutes, in parts if you like", course.minutes)
    action = _("Begin again") if course.again else _("Begin")
    kicker = _("Next for you · %(level)s", level=LEVELS[step.level])
    href = url_for("learning.course", slug=course.slug)
    return Card(kicker, _said(course.title, locale), href, action, course.slug, note, picture=course.cover)


def story_line(card: StoryCard, locale: str) -> StoryLine:
    """A story in the reader's language, or in the one it is told in."""
    document = card.document
    picture = url_for("library.picture", uuid=document.picture.uuid, size="small") if document.picture else None
    value = document.said("reader_value", locale) or document.said("standfirst", locale)
    href = url_for("library.story", slug=card.slug)
    return StoryLine(document.said("title", locale), value, href, card.slug, picture, document.language_for(locale))


def _step(step: LevelStep) -> Step:
    if step.state == "done":
        return Step(str(LEVELS[step.level]), "done")
    if step.lacks_proof:
        return Step(str(LEVELS[step.level]), step.state, _("without a certificate that counts"), url_for("people.me"))
    note = ngettext("%(num)s course to go", "%(num)s courses to go", len(step.missing)) if step.state == "current" else None
    href = url_for("learning.course", slug=step.missing[0].slug) if step.state == "current" else None
    return Step(str(LEVELS[step.level]), step.state, note, href)


def _minutes_to_go(steps: Sequence[LevelStep]) -> str | None:
    step = next((step for step in steps if step.state == "current" and step.missing), None)
    return ngettext("%(num)s minute to go", "%(num)s minutes to go", step.minutes_left) if step else None


def _said(texts: Mapping[str, str], locale: str) -> str:
    return texts.get(locale) or next(iter(texts.values()), "")


def lessons_found(text: str, courses: Sequence[PublishedCourse], locale: str) -> list[Found]:
    """The lessons that a search finds."""
    query = query_of(text, locale)
    return [
        Found(
            _said(lesson.title, locale),
            url_for("learning.lesson", slug=course.slug, name=lesson.name),
            _said(course.document.title, locale),
            _said(lesson.lead, locale),
        )
        for course in courses
        for lesson, words in zip(course.document.lessons, lesson_words(course.version_id, course.document, locale), strict=True)
        if query.finds(words)
    ][:MOST_FOUND]


def stories_found(text: str, cards: Sequence[StoryCard], locale: str) -> list[StoryLine]:
    """The open stories that a search finds, each looked through in the language in which the reader gets it."""
    return [story_line(card, locale) for card in cards if query_of(text, card.document.language_for(locale)).finds(story_words(card, locale))][
        :MOST_FOUND
    ]
