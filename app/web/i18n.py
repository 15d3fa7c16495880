"""Languages: which one a reader gets, and how dates and numbers read in it."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, TypeVar

from babel import Locale
from babel.dates import format_date, format_datetime, format_time, format_timedelta
from babel.numbers import format_decimal
from flask import Flask, g, has_app_context, has_request_context, request
from flask_babel import Babel, Domain, force_locale, get_timezone, gettext
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

from app.core.clock import now
from app.core.places import is_country
from app.core.text import isolated
from app.web.session import current_who

LANGUAGES: Final = ("en", "nl")
_WRITTEN: Final = MappingProxyType({"en": Locale("en", "GB"), "nl": Locale("nl", "NL")})
"""Where each language is written: its dates and numbers are those of that country, whatever its words are translated from."""
TRANSLATIONS: Final = Path(__file__).parent.parent / "translations"


class Catalogues(Domain):  # type: ignore[misc]  # the library brings no types
    """All catalogues as one, found by language without asking anew for every phrase; pages print a phrase as safe markup, letters as text.

    Flask-Babel's own way costs a hundredth of a millisecond a phrase, and a page has fifty of them. Whatever is put into a phrase, in whichever
    way, stands apart in it (see `put_into`).
    """

    def __init__(self) -> None:
        """Reads nothing until it is asked."""
        super().__init__()
        self._phrases: dict[tuple[str, str, bool], Markup] = {}

    def get_translations(self) -> Any:
        """The translations into the language of this moment."""
        spoken = language()
        found = self.cache.get(spoken)
        if found is None:
            found = self.cache[spoken] = super().get_translations()
        return found

    @pass_eval_context
    def printed(self, where: EvalContext, phrase: str, **values: object) -> str:
        """A phrase of our own in a template; in a page the values are escaped, in plain text they stand as they are."""
        key = (language(), phrase, not values)
        words = self._phrases.get(key)
        if words is None:
            said = Markup(self.get_translations().ugettext(phrase))  # noqa: S704  # our own words
            words = self._phrases[key] = said if values else said % {}
        if not values:
            return words
        return put_into(words if where.autoescape else str(words), values)

    @pass_eval_context
    def printed_number(self, where: EvalContext, one: str, many: str, num: int, **values: object) -> str:
        """The same for a phrase that depends on a number."""
        words = str(self.get_translations().ungettext(one, many, num))
        return put_into(Markup(words) if where.autoescape else words, {"num": num, **values})  # noqa: S704  # our own words

    def gettext(self, string: str, **variables: object) -> str:
        """A phrase outside templates."""
        words = str(self.get_translations().ugettext(string))
        return put_into(words, variables) if variables else words

    def ngettext(self, singular: str, plural: str, num: int, **variables: object) -> str:
        """The same for a phrase that depends on a number."""
        return put_into(str(self.get_translations().ungettext(singular, plural, num)), {"num": num, **variables})


S = TypeVar("S", str, Markup)


def put_into(words: S, values: Mapping[str, object]) -> S:
    """A sentence of ours with what belongs into it: a name from right to left, or one with marks, turns nothing around it (row T89)."""
    return words % {name: _apart(value) for name, value in values.items()}


def listed(parts: Iterable[object], between: str = ", ") -> str:
    """What somebody called by a name, one after the other, each apart from its neighbours; what is empty is left out."""
    return between.join(isolated(str(part)) for part in parts if part)


def _apart(value: object) -> object:
    if isinstance(value, Markup):
        return Markup(isolated(str(value)))  # noqa: S704  # markup before, and two marks around it
    return isolated(value) if isinstance(value, str) else value


def init_i18n(app: Flask) -> None:
    """Every room brings a catalogue of its own; they are read as one."""
    app.config["BABEL_DEFAULT_LOCALE"] = "en"
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = ";".join(str(folder) for folder in sorted(TRANSLATIONS.glob("*/")))
    catalogues = Catalogues()
    babel = Babel(app, locale_selector=choose_locale, timezone_selector=choose_timezone)
    babel.domain_instance = catalogues
    app.jinja_env.globals.update(_=catalogues.printed, gettext=catalogues.printed, ngettext=catalogues.printed_number)
    app.jinja_env.filters.update(ago=ago, exact=exact, day=day, clock=clock, number=number, listed=listed)


def language() -> str:
    """The code of the language that is spoken at this moment: the reader's, or a letter's own inside `speaking`."""
    if not has_app_context():
        return "en"
    found: str | None = g.get("language")
    if found is None:
        found = g.language = choose_locale()
    return found


def choose_locale() -> str:
    """What `?lang=` asks for, else the person's own language, else what the browser prefers of ours."""
    if not has_request_context():
        return "en"
    asked = request.args.get("lang")
    if asked in LANGUAGES:
        return asked
    who = current_who()
    if who is not None:
        return who.locale
    wished = (tag.partition("-")[0].lower() for tag, _quality in request.accept_languages)
    return next((language for language in wished if language in LANGUAGES), "en")


def choose_timezone() -> str:
    """The person's own time zone; UTC for strangers."""
    who = current_who()
    return who.timezone if who is not None else "UTC"


@contextmanager
def speaking(locale: str) -> Iterator[None]:
    """Translate into `locale` inside: for letters and documents that go to somebody else."""
    before = g.get("language")
    g.language = locale if locale in LANGUAGES else "en"
    try:
        with force_locale(g.language):
            yield
    finally:
        g.language = before


def ago(at: datetime | date) -> str:
    """How long ago or how far ahead, in words ("3 days ago", "over 2 dagen")."""
    moment = at if isinstance(at, datetime) else datetime(at.year, at.month, at.day, 12, tzinfo=UTC)
    seconds = (moment - now()).total_seconds()
    if abs(seconds) < 60:
        return gettext("just now")
    return format_timedelta(moment - now(), add_direction=True, granularity="minute", threshold=1.2, locale=_written())


def exact(at: datetime | date) -> str:
    """Date and time in full, in the reader's zone and language."""
    return moment(at, "long") if isinstance(at, datetime) else day(at)


def moment(at: datetime, form: str = "short") -> str:
    """Date and time in the reader's zone and language: "short", "medium" or "long"."""
    return format_datetime(at, form, tzinfo=get_timezone(), locale=_written())


def day(at: datetime | date, form: str = "long") -> str:
    """The date alone, in the reader's zone and language; `form` is a name or a pattern of CLDR ("MMMM y")."""
    return _day(at.astimezone(get_timezone()).date() if isinstance(at, datetime) else at, form, _written())


@lru_cache(maxsize=10_000)
def _day(at: date, form: str, locale: Locale) -> str:
    return format_date(at, form, locale=locale)


def clock(at: datetime) -> str:
    """The time of day alone, in the reader's zone and language."""
    return format_time(at, "short", tzinfo=get_timezone(), locale=_written())


def number(value: float) -> str:
    """A number with the reader's separators."""
    return _number(value, _written())


@lru_cache(maxsize=10_000)
def _number(value: float, locale: Locale) -> str:
    """Kept, because a report writes a thousand of them and each takes a tenth of a millisecond."""
    return format_decimal(value, locale=locale)


def countries() -> Mapping[str, str]:
    """Every country by its code, in the reader's language."""
    return _countries(_written())


@lru_cache
def _countries(locale: Locale) -> Mapping[str, str]:
    return {code: name for code, name in locale.territories.items() if is_country(code)}


def names_of_country(code: str) -> set[str]:
    """What a country is called in all of our languages."""
    return {locale.territories[code] for locale in _WRITTEN.values() if code in locale.territories}


def _written() -> Locale:
    return _WRITTEN[language()]
