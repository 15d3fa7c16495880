"""The editor: its sections, its choices, and what a story still lacks."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from app.library.presenters.hub import country_names
from app.library.presenters.reading import in_words
from app.library.presenters.sentences import LANGUAGE_NAMES, NETWORK_NAMES, SENTENCES
from app.library.queries.channels import TopicName
from app.library.rules.content import CAPTION_NETWORKS, LANGUAGES
from app.people.models import Department
from app.people.queries import called
from app.people.rules import Audience
from app.web.forms import Form

TOLD = ("title", "standfirst", "reader_value", "facts", "angles", "body")


@dataclass(frozen=True)
class Choices:
    """What may be chosen, as pairs of value and label."""

    topics: list[tuple[str, str]]
    departments: list[tuple[str, str]]
    countries: list[tuple[str, str]]


@dataclass(frozen=True)
class Section:
    """Fields that belong together; `is_open` says whether anything is in them or wrong with them."""

    key: str
    title: str
    fields: list[Any]
    is_open: bool


@dataclass(frozen=True)
class Sections:
    """The story per language, and the captions per network."""

    languages: list[Section]
    captions: list[Section]


@dataclass(frozen=True)
class Lack:
    """Something that a story needs before it can be reviewed, and the field that gives it."""

    text: str
    href: str


def choices_for(
    topics: Sequence[TopicName], departments: Sequence[Department], countries: Sequence[str], locale: str, *, audience: Audience
) -> Choices:
    """Topics and countries in the reader's language; departments with the way to them.

    A department of the `audience` that is gone stays to be chosen: were it left out, a story for it alone would become one for everybody.
    """
    there = called(departments)
    gone = {path: _("%(path)s (no longer there)", path=path) for path in audience.departments if path not in there}
    return Choices(
        sorted(((topic.slug, in_words(topic.name, locale)) for topic in topics), key=lambda pair: pair[1]),
        [*there.items(), *gone.items()],
        country_names(countries),
    )


def sections(form: Form, locale: str) -> Sections:
    """The form's fields in the order in which a writer thinks of them: their own language first, and open when nothing is written."""
    languages = []
    for language in sorted(LANGUAGES, key=lambda each: each != locale):
        fields = [form[f"{part}_{language}"] for part in TOLD]
        languages.append(Section(language, str(LANGUAGE_NAMES[language]), fields, any(field.data or field.errors for field in fields)))
    if not any(section.is_open for section in languages):
        languages[0] = Section(languages[0].key, languages[0].title, languages[0].fields, is_open=True)
    captions = []
    for network in CAPTION_NETWORKS:
        fields = [form[f"caption_{network}_{language}"] for language in LANGUAGES]
        captions.append(Section(network, str(NETWORK_NAMES[network]), fields, any(field.data or field.errors for field in fields)))
    return Sections(languages, captions)


def faults_view(form: Form) -> list[tuple[str, str]]:
    """What is wrong in the form, for a page that does not show it: the field's name with its language, and the sentence."""
    found = []
    for name, errors in form.errors.items():
        label = f"{form[name].label.text}{_told_in(name)}" if name and name in form else ""
        found.append((label, " ".join(map(str, errors))))
    return found


def lacks_view(missing: Sequence[tuple[str, str]], form: Form) -> list[Lack]:
    """What is missing in words, each leading to its field; the language stands behind what is told in one."""
    found = []
    for code, name in missing:
        found.append(Lack(f"{SENTENCES[code]}{_told_in(name)}", f"#{name}" if name in form else "#picture"))
    return found


def _told_in(name: str) -> str:
    """The language behind the name of a field that is told in one."""
    part, _, language = name.rpartition("_")
    return f" ({LANGUAGE_NAMES[language]})" if language in LANGUAGES and not part.startswith("caption") else ""
