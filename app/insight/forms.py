"""Shapes of what the insight room is asked; an address that makes no sense asks for everything."""

import re
from collections.abc import Collection, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar, Final, TypeVar
from urllib.parse import parse_qsl, urlencode

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, IntegerField, RadioField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length
from wtforms.widgets import HiddenInput

from app.core.errors import NotFound
from app.core.ids import is_code
from app.insight.actions.saving import LONGEST_NAME
from app.insight.rules import Filter, Kind, Status
from app.learning.rules.deciding import LONGEST_REASON
from app.people.actions.looking import PURPOSES
from app.people.queries.colleagues import LONGEST_SEARCH
from app.web.forms import AtMost, Form
from app.web.i18n import countries

E = TypeVar("E", bound=StrEnum)
LONGEST: Final = 100
MOST_OPEN: Final = 40
LONGEST_OPEN: Final = 600
"""Letters of all unfolded departments' slugs, so that a view fits into its form, its cookie and its column."""
EARLIEST: Final = date(2000, 1, 1)
_WORDS: Final[Mapping[str, Any]] = {
    "country": _l("the country"),
    "course": _l("the course"),
    "courses": _l("the kind of courses"),
    "status": _l("the status"),
    "on": _l("the day"),
}
_UUID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def filter_from(asked: Mapping[str, str], *, today: date, by_name: bool = False, courses: Collection[str] | None = None) -> Filter:
    """The filter that a query string describes; what cannot be read is left out, and a day to come is today.

    Only a list of people asks for a name (`by_name`): whatever counts must not be narrowed to one person.
    Departments that do not exist or lie out of reach are refused later, by whoever looks them up; a course that is none of `courses`, where
    these are given, is left out. Raises NotFound for a text that can be no name.
    """
    country, course = asked.get("country", ""), _slug(asked.get("course"))
    return Filter(
        department=_slug(asked.get("department")),
        country=country if country in countries() else None,
        course=course if courses is None or course in courses else None,
        kind=_one_of(Kind, asked.get("courses")) or Kind.BOTH,
        status=_one_of(Status, asked.get("status")),
        on=_past(asked.get("on"), today),
        name=_typed(asked.get("q")) if by_name else "",
    )


def not_understood(asked: Mapping[str, str], *, today: date, courses: Collection[str] | None = None) -> list[Any]:
    """What of a query string the filter leaves out, in words: whoever reads a report should know what it does not take into account."""
    found = filter_from(asked, today=today, courses=courses)
    read = {
        "country": found.country,
        "course": found.course,
        "courses": found.kind.value,
        "status": found.status and found.status.value,
        "on": found.on and found.on.isoformat(),
    }
    if asked.get("on") == today.isoformat():
        read["on"] = today.isoformat()
    return [word for name, word in _WORDS.items() if asked.get(name) and asked[name] != read[name]]


def opened(asked: Mapping[str, str]) -> list[str]:
    """The departments that are unfolded by slug, the latest first; `fold` in the address turns one of them round.

    Where they become too many, those that were unfolded first are folded.
    """
    slugs = list(dict.fromkeys(slug for slug in asked.get("open", "").split(",") if slug))
    turned = asked.get("fold", "")
    if turned in slugs:
        slugs.remove(turned)
    elif turned and "," not in turned:
        slugs.insert(0, turned)
    return [slug for number, slug in enumerate(slugs[:MOST_OPEN]) if len(",".join(slugs[: number + 1])) <= LONGEST_OPEN]


def as_query(asked: Filter, **more: str | None) -> str:
    """The query string that `filter_from` reads as this filter, with changes; begins with "?" unless it is empty."""
    values = {
        "department": asked.department,
        "country": asked.country,
        "course": asked.course,
        "courses": None if asked.kind is Kind.BOTH else asked.kind.value,
        "status": asked.status.value if asked.status else None,
        "on": asked.on.isoformat() if asked.on else None,
        "q": asked.name or None,
        **more,
    }
    kept = {name: value for name, value in values.items() if value}
    return f"?{urlencode(kept)}" if kept else ""


def as_pairs(asked: Filter, **more: str | None) -> tuple[tuple[str, str], ...]:
    """The same as names and values, for the hidden fields of a form."""
    return tuple(parse_qsl(as_query(asked, **more).removeprefix("?")))


def clean_view(query: str, *, today: date) -> str:
    """A query string of which only what the report understands is left."""
    values = dict(parse_qsl(query[:1000]))
    return as_query(filter_from(values, today=today), open=",".join(opened(values))).removeprefix("?")


def _slug(text: str | None) -> str | None:
    if not text:
        return None
    if len(text) > LONGEST or not text.replace("-", "").isalnum():
        raise NotFound
    return text


def _typed(text: str | None) -> str:
    """What was typed to find somebody, without what no name has."""
    return " ".join((text or "").replace("\x00", "").split())[:LONGEST_SEARCH]


def handle_or_none(text: str | None) -> str | None:
    """What may address a certificate: a uuid in its usual spelling, a code, or nothing."""
    return text if text and (_UUID.fullmatch(text) or is_code(text)) else None


def _one_of(kind: type[E], text: str | None) -> E | None:
    return next((each for each in kind if each.value == text), None)


def _past(text: str | None, today: date) -> date | None:
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return None
    return day if EARLIEST <= day < today else None


class WhyForm(Form):
    """Why HR opens somebody's record."""

    purpose = RadioField(
        _l("Why do you open this record?"),
        choices=[
            (PURPOSES[0], _l("To answer a question")),
            (PURPOSES[1], _l("To follow up a mandatory course")),
            (PURPOSES[2], _l("To give proof to an auditor")),
            (PURPOSES[3], _l("To decide about a certificate")),
        ],
        validators=[DataRequired(_l("Choose one of these."))],
    )


class DecisionForm(Form):
    """What is decided about a certificate; `seen` is how many decisions its page showed."""

    GROUNDS: ClassVar[tuple[tuple[str, Any], ...]] = ()
    SURE: ClassVar[Any] = ""

    ground = RadioField(_l("On what ground?"), validators=[DataRequired(_l("Choose one of the grounds."))])
    reason = TextAreaField(
        _l("Why, in your words"),
        description=_l("A few sentences. They go into the audit log, and the person reads them as you write them."),
        validators=[DataRequired(_l("Say why: the person has a right to know.")), AtMost(LONGEST_REASON)],
        render_kw={"rows": 4},
    )
    seen = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    sure = BooleanField(validators=[DataRequired(_l("Confirm that this is what you want."))])

    def __init__(self, *args: Any, **values: Any) -> None:
        """The grounds and the confirmation are those of the decision."""
        super().__init__(*args, **values)
        self.ground.choices = list(self.GROUNDS)
        self.sure.label.text = self.SURE


class RevokeForm(DecisionForm):
    """Why a certificate is taken back."""

    GROUNDS = (
        ("issued_wrongly", _l("It was issued by mistake")),
        ("not_own_work", _l("Somebody else took the quiz")),
        ("policy_broken", _l("A duty of the policy was broken")),
        ("other", _l("Another reason")),
    )
    SURE = _l("Revoke it now")


class ReinstateForm(DecisionForm):
    """Why a certificate is given back."""

    GROUNDS = (
        ("was_wrong", _l("Revoking it was a mistake")),
        ("settled", _l("What led to it has been settled")),
        ("other", _l("Another reason")),
    )
    SURE = _l("Reinstate it now")


class KeepViewForm(Form):
    """What the report was asked, to be remembered."""

    view = HiddenField(validators=[Length(max=1000)])


class RenameViewForm(Form):
    """What a view is called."""

    name = StringField(
        _l("Name"), description=_l("What you will look for, such as: overdue in Belgium."), validators=[DataRequired(), AtMost(LONGEST_NAME)]
    )


class NameViewForm(RenameViewForm, KeepViewForm):
    """What the report was asked, and what that is called."""


class ExportForm(Form):
    """What to export: the query string of the page."""

    view = HiddenField(validators=[Length(max=1000)])
