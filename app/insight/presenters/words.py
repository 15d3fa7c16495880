"""The words that HR's and managers' pages share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext, ngettext

from app.insight.queries.sight import Sight
from app.insight.rules import Kind, Status
from app.learning.queries.content import PublishedCourse
from app.web.i18n import countries, listed, names_of_country

SENTENCES: Final[dict[str, Any]] = {
    "view.taken": _l("Another view of yours has this name already. Choose another one."),
    "view.most": _l("You have %(most)s views. Remove one that you no longer need."),
    "export.busy": _l("Two of your exports are still running. Wait until one has ended."),
}
LEVELS: Final[Mapping[str, Any]] = {"enthusiast": _l("Enthusiast"), "professional": _l("Professional"), "spokesperson": _l("Spokesperson")}
KINDS: Final[Mapping[Kind, Any]] = {
    Kind.BOTH: lazy_pgettext("courses", "mandatory or voluntary"),
    Kind.MANDATORY: lazy_pgettext("courses", "mandatory"),
    Kind.VOLUNTARY: lazy_pgettext("courses", "voluntary"),
}
DUTY: Final[Mapping[str, Any]] = {
    Status.COMPLETED.value: _l("Done"),
    Status.STARTED.value: _l("In progress"),
    Status.WAITING.value: _l("Not started"),
    Status.OVERDUE.value: _l("Overdue"),
}
STATUSES: Final[Mapping[Status, Any]] = {
    Status.COMPLETED: _l("have completed"),
    Status.STARTED: _l("are taking"),
    Status.WAITING: _l("have not begun"),
    Status.OVERDUE: _l("are late with"),
}
MEANINGS: Final[Mapping[str, str]] = {
    Status.COMPLETED.value: "done",
    Status.STARTED.value: "quiet",
    Status.WAITING.value: "quiet",
    Status.OVERDUE.value: "failed",
}
CERTIFICATE_STATES: Final[Mapping[str, Any]] = {"valid": _l("Valid"), "expired": _l("Expired"), "revoked": _l("Revoked")}
STATE_MEANINGS: Final[Mapping[str, str]] = {"valid": "done", "expired": "careful", "revoked": "failed"}


@dataclass(frozen=True)
class Link:
    """A neighbouring page, or a filter."""

    label: str
    href: str
    current: bool = False


@dataclass(frozen=True)
class Choice:
    """One option of a filter."""

    value: str
    label: str
    chosen: bool = False


def hr_tabs(here: str) -> list[Link]:
    """The pages for HR; `here` is the endpoint of the page shown."""
    pages = (
        ("completion", _("Completion")),
        ("people", _("People")),
        ("lapsing", _("Lapsing")),
        ("certificates", _("Certificates")),
    )
    return [Link(label, url_for(f"insight.{endpoint}"), endpoint == here) for endpoint, label in pages]


def why_unnamed(sight: Sight, *, counted: bool = False) -> str:
    """Why not everybody is named, for the foot of a page; "" where everybody who completed is. `counted` is for the page with the counts."""
    if not sight.is_strict:
        return ""
    named = (
        _("Of voluntary courses you read here by name what people share with HR, certificate by certificate.")
        if sight.shares
        else _("Voluntary courses are never told by name here.")
    )
    rest = (
        _("Everybody else is only counted: for today, for whole departments, and where at least ten people stand behind a number.")
        if counted
        else _("Everybody else is only counted, under Completion, where at least ten people stand behind a number.")
    )
    return f"{named} {rest}"


def shared_words(count: int) -> str:
    """How many share something by name."""
    return ngettext("%(num)s shares it by name", "%(num)s share it by name", count)


def said(texts: Mapping[str, str], locale: str) -> str:
    """A text in the reader's language, or in the first there is."""
    return texts.get(locale) or next(iter(texts.values()), "")


def country_name(code: str) -> str:
    """A country in the reader's language."""
    return countries().get(code, code)


def place_name(department: str | None, country: str) -> str:
    """A department and a country in one breath, and once where the department is called after the country."""
    said_already = department in names_of_country(country)
    return listed((department, country_name(country) if country and not said_already else None))


def titles_by_slug(courses: Sequence[PublishedCourse], locale: str) -> dict[str, str]:
    """What courses are called, by their address."""
    return {course.slug: said(course.document.title, locale) for course in courses}
