"""How dates and numbers are written: British in English, Dutch in Dutch, and in one place for every room."""

import ast
import re
from datetime import UTC, date, datetime, timedelta
from html import unescape
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from babel.messages.pofile import read_po
from flask import render_template_string
from flask_babel import gettext, lazy_gettext, ngettext
from markupsafe import Markup, escape

from app.core.errors import Invalid
from app.web.errors import known_codes, sentence
from app.web.i18n import LANGUAGES, ago, clock, countries, day, exact, moment, names_of_country, number, speaking

APP = Path(__file__).parents[2] / "app"
PLACE = re.compile(r"%\((\w+)\)[sd]")
WORDS = {"str", "_", "gettext", "ngettext", "lazy_gettext"}
SARAH = "שרה 3 \u202e& O'Brien"
"""A name from right to left, with a digit, an override and what HTML would escape."""
AT = datetime(2026, 12, 24, 13, 5, 6, tzinfo=UTC)
WRITTEN = {
    "en": {
        "day": "24 December 2026",
        "weekday": "Thursday 24 December",
        "exact": "24 December 2026, 13:05:06 UTC",
        "short": "24/12/2026, 13:05",
        "medium": "24 Dec 2026, 13:05:06",
        "clock": "13:05",
        "number": "1,234.5",
        "country": "St Lucia",
    },
    "nl": {
        "day": "24 december 2026",
        "weekday": "donderdag 24 december",
        "exact": "24 december 2026, 13:05:06 UTC",
        "short": "24-12-2026, 13:05",
        "medium": "24 dec 2026, 13:05:06",
        "clock": "13:05",
        "number": "1.234,5",
        "country": "Saint Lucia",
    },
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_dates_and_numbers_are_written_as_where_the_language_is_ours(app, language):
    with app.test_request_context(), speaking(language):
        said = {
            "day": day(AT),
            "weekday": day(AT.date(), "EEEE d MMMM"),
            "exact": exact(AT),
            "short": moment(AT),
            "medium": moment(AT, "medium"),
            "clock": clock(AT),
            "number": number(1234.5),
            "country": countries()["LC"],
        }
    assert said == WRITTEN[language]


def test_a_moment_late_at_night_is_the_next_day_where_it_is_read(app, monkeypatch):
    """The date alone is the date in the reader's zone."""
    monkeypatch.setattr("app.web.i18n.get_timezone", lambda: ZoneInfo("Europe/Amsterdam"))
    late = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    with app.test_request_context():
        assert day(late) == "1 January 2027"
        assert moment(late) == "01/01/2027, 00:30"
        assert clock(late) == "00:30"
        assert day(date(2026, 12, 31)) == "31 December 2026"


def test_how_long_ago_is_said_in_words(app, monkeypatch):
    monkeypatch.setattr("app.web.i18n.now", lambda: AT)
    with app.test_request_context(), speaking("nl"):
        assert ago(date(2026, 12, 21)) == "3 dagen geleden"
        assert ago(AT - timedelta(seconds=62)) == "1 minuut geleden"
        assert ago(AT + timedelta(seconds=59)) == "zojuist"


def test_a_country_has_its_name_in_each_language():
    assert names_of_country("DE") == {"Germany", "Duitsland"}
    assert names_of_country("") == set()


def test_no_room_writes_dates_or_numbers_by_itself():
    """So that no page is American beside a British one."""
    for file in APP.rglob("*.py"):
        if file == APP / "web" / "i18n.py":
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and str(node.module).partition(".")[0] in {"babel", "flask_babel"}:
                writing = [alias.name for alias in node.names if alias.name.startswith("format_") or alias.name == "Locale"]
                assert not writing, f"{file.relative_to(APP)}: {writing}"


def _phrases() -> set[tuple[str, ...]]:
    """Every sentence of the house into which something is put."""
    files = (APP / "translations").glob("*/nl/LC_MESSAGES/messages.po")
    found = [message for file in files for message in read_po(BytesIO(file.read_bytes()), locale="nl") if message.id]
    phrases = {message.id if isinstance(message.id, tuple) else (message.id,) for message in found if not message.context}
    assert not [message.id for message in found if message.context and PLACE.search(str(message.id))], "a phrase with a context takes nothing"
    return {phrase for phrase in phrases if PLACE.search("".join(phrase))}


def _said_in_every_way(phrase: tuple[str, ...]) -> list[str]:
    """A sentence as code, a lazy sentence, a page and a letter in plain text say it, with the name in every place."""
    values = dict.fromkeys(PLACE.findall("".join(phrase)), SARAH)
    if len(phrase) == 2:
        values["num"] = 2
        called = "{{ ngettext(one, many, **values) }}"
        plain = [ngettext(*phrase, **values)]
    else:
        called = "{{ _(one, **values) }}"
        plain = [gettext(*phrase, **values), str(lazy_gettext(*phrase, **values))]
    about = {"one": phrase[0], "many": phrase[-1], "values": values}
    page = unescape(render_template_string(called, **about))
    letter = render_template_string("{% autoescape false %}" + called + "{% endautoescape %}", **about)
    return [*plain, page, letter]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_name_turns_nothing_in_any_sentence_of_the_house(app, language):
    """T89: whoever puts a name, a title or a department into a sentence need not think of it."""
    phrases = _phrases()
    assert len(phrases) > 100
    with app.test_request_context(), speaking(language):
        for phrase in phrases:
            if "num" in PLACE.findall("".join(phrase)) and len(set(PLACE.findall("".join(phrase)))) == 1:
                continue
            for said in _said_in_every_way(phrase):
                assert SARAH in said, f"{phrase}: {said}"
                assert SARAH not in said.replace(f"\u2068{SARAH}\u2069", ""), f"{phrase}: {said!r}"


def test_a_name_turns_nothing_in_any_refusal(app, monkeypatch):
    """T89."""
    assert "text.long" in known_codes()
    with app.test_request_context(), speaking("nl"):
        assert sentence(Invalid("text.long", longest=SARAH)).count(f"\u2068{SARAH}\u2069") == 1


def test_markup_that_is_put_into_a_sentence_stays_markup(app):
    name = Markup("<b>%s</b>") % SARAH
    with app.test_request_context():
        said = render_template_string("{{ _('Hello %(name)s,', name=name) }}", name=name)
    assert said == f"Hello \u2068<b>{escape(SARAH)}</b>\u2069,"


def test_no_room_puts_values_into_a_sentence_by_itself():
    """T89: `put_into` does, wherever a sentence is not asked for by its name."""
    for file in APP.rglob("*.py"):
        if file == APP / "web" / "i18n.py" or file.is_relative_to(APP / "demo"):
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod):
                of_words = isinstance(node.right, ast.Dict) or (isinstance(node.left, ast.Call) and ast.unparse(node.left.func) in WORDS)
                assert not of_words, f"{file.relative_to(APP)}:{node.lineno}: {ast.unparse(node)}"
