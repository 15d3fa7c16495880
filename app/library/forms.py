"""Shapes of what the library room is sent."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import DateTimeLocalField, HiddenField, IntegerField, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import Length, Optional

from app.core.text import LONGEST_LINE
from app.core.who import Role
from app.library.actions.channels import LONGEST_NAME, LONGEST_TONE
from app.library.actions.reviewing import LONGEST_COMMENT
from app.library.presenters.sentences import FIT_NAMES, LANGUAGE_NAMES, NETWORK_NAMES, ROLE_NAMES
from app.library.rules.content import CAPTION_NETWORKS, LANGUAGES, LONGEST, Caption, Contact, Content
from app.people.rules import Audience, Colleague
from app.web.forms import AtMost, Form

LONGEST_HIDDEN: Final = 64
"""More than any number or UUID has."""


class StoryForm(Form):
    """A whole story; the fields of each language and each caption follow below. `version` is what the writer began from.

    `contact` is the UUID of whoever was chosen to answer replies, as long as the name beside it is theirs; `candidates` are those to choose from.
    """

    candidates: Sequence[Colleague] = ()

    version = HiddenField(validators=[Length(max=LONGEST_HIDDEN)])
    target_url = StringField(_l("Page to which readers go"), description=_l("A public page, beginning with https://."))
    replies_by = StringField(
        _l("Who answers replies"),
        description=_l("The name of a colleague."),
        validators=[AtMost(LONGEST_LINE)],
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )
    contact = HiddenField(validators=[Length(max=LONGEST_HIDDEN)])
    replies_within_hours = IntegerField(_l("Answers within (hours)"), validators=[Optional()], render_kw={"inputmode": "numeric"})
    topics = SelectMultipleField(_l("Topics"), description=_l("Five at most."))
    departments = SelectMultipleField(_l("Departments"))
    countries = SelectMultipleField(_l("Countries"))
    languages = SelectMultipleField(_l("Languages"), choices=[(language, LANGUAGE_NAMES[language]) for language in LANGUAGES])
    roles = SelectMultipleField(_l("Roles"), choices=[(role.value, ROLE_NAMES[role.value]) for role in Role])
    opens_at = DateTimeLocalField(_l("Not before"), validators=[Optional()], description=_l("Empty: as soon as it is approved."))
    closes_at = DateTimeLocalField(_l("Until"), validators=[Optional()], description=_l("Empty: until somebody takes it out."))

    def fill(self, content: Content, *, version: int, timezone: str, contact: Contact | None) -> None:
        """Show what is kept; `contact` is whoever answers replies, under the name they have now."""
        self.version.data = str(version)
        self.answered_by(contact)
        for language in LANGUAGES:
            for part in ("title", "standfirst", "reader_value", "body"):
                self[f"{part}_{language}"].data = getattr(content, part).get(language, "")
            for part in ("facts", "angles"):
                self[f"{part}_{language}"].data = "\n".join(getattr(content, part).get(language, ()))
        for caption in content.captions:
            if f"caption_{caption.network}_{caption.language}" in self:
                self[f"caption_{caption.network}_{caption.language}"].data = caption.text
        self.target_url.data, self.topics.data = content.target_url, list(content.topics)
        self.replies_within_hours.data = content.replies_within_hours
        for part in ("departments", "countries", "languages", "roles"):
            self[part].data = list(getattr(content.audience, part))
        for part in ("opens_at", "closes_at"):
            moment: datetime | None = getattr(content, part)
            self[part].data = moment.astimezone(ZoneInfo(timezone)).replace(tzinfo=None) if moment else None

    def answered_by(self, contact: Contact | None) -> None:
        """Show who answers replies."""
        self.replies_by.data, self.contact.data = (contact.name, contact.uuid) if contact else ("", "")

    def content(self, *, contact: Contact | None, timezone: str, people: Sequence[str] = ()) -> Content:
        """What was written; times are read in the writer's zone, `people` are kept as the audience had them."""
        return Content(
            title=self._texts("title"),
            standfirst=self._texts("standfirst"),
            reader_value=self._texts("reader_value"),
            body=self._texts("body"),
            facts={language: _lines(text) for language, text in self._texts("facts").items()},
            angles={language: _lines(text) for language, text in self._texts("angles").items()},
            topics=tuple(self.topics.data or ()),
            target_url=self.target_url.data or "",
            replies_by=contact,
            replies_within_hours=self.replies_within_hours.data,
            audience=Audience(
                **{part: tuple(self[part].data or ()) for part in ("departments", "countries", "languages", "roles")}, people=tuple(people)
            ),
            captions=tuple(
                Caption(network, language, self[f"caption_{network}_{language}"].data or "") for network in CAPTION_NETWORKS for language in LANGUAGES
            ),
            opens_at=_moment(self.opens_at.data, timezone),
            closes_at=_moment(self.closes_at.data, timezone),
        )

    def _texts(self, part: str) -> dict[str, Any]:
        return {language: self[f"{part}_{language}"].data or "" for language in LANGUAGES}


for _language in LANGUAGES:
    _wide = {"lang": _language}
    setattr(StoryForm, f"title_{_language}", StringField(_l("Title"), render_kw=_wide))
    setattr(
        StoryForm,
        f"standfirst_{_language}",
        TextAreaField(_l("Introduction"), description=_l("Two or three sentences that say what it is about."), render_kw={**_wide, "rows": 3}),
    )
    setattr(
        StoryForm,
        f"reader_value_{_language}",
        StringField(
            _l("What is in it for the reader"), description=_l("One sentence: what they can do, choose or know afterwards."), render_kw=_wide
        ),
    )
    setattr(
        StoryForm,
        f"facts_{_language}",
        TextAreaField(_l("Facts"), description=_l("What may be said, one fact on each line."), render_kw={**_wide, "rows": 5}),
    )
    setattr(
        StoryForm,
        f"angles_{_language}",
        TextAreaField(_l("Angles"), description=_l("Questions that start a text of one's own, one on each line."), render_kw={**_wide, "rows": 3}),
    )
    setattr(
        StoryForm,
        f"body_{_language}",
        TextAreaField(_l("Story"), description=_l("Markdown: ## for a heading, **bold**, - for a list."), render_kw={**_wide, "rows": 14}),
    )
    for _network in CAPTION_NETWORKS:
        setattr(
            StoryForm,
            f"caption_{_network}_{_language}",
            TextAreaField(
                _l("%(network)s, %(language)s", network=NETWORK_NAMES[_network], language=LANGUAGE_NAMES[_language]), render_kw={**_wide, "rows": 3}
            ),
        )


class PictureForm(Form):
    """A picture and its description per language; without a file the description alone changes."""

    version = HiddenField()
    picture = FileField(
        _l("Picture"), description=_l("JPEG, PNG or WebP, up to 15 MB. We cut it to fit."), render_kw={"accept": "image/jpeg,image/png,image/webp"}
    )
    alt_en = TextAreaField(
        _l("Description in English"),
        description=_l("What there is to see, in one sentence."),
        validators=[AtMost(LONGEST["alt"])],
        render_kw={"lang": "en", "rows": 2},
    )
    alt_nl = TextAreaField(
        _l("Description in Dutch"),
        description=_l("What there is to see, in one sentence."),
        validators=[AtMost(LONGEST["alt"])],
        render_kw={"lang": "nl", "rows": 2},
    )


class StepForm(Form):
    """A step in a story's life, on the version that was on the page."""

    version = HiddenField()
    checksum = HiddenField()


class AskForm(Form):
    """What should change."""

    version = HiddenField()
    comment = TextAreaField(
        _l("What should change?"), description=_l("The author reads this in an e-mail."), validators=[AtMost(LONGEST_COMMENT)], render_kw={"rows": 4}
    )


class RecallForm(Form):
    """Why it is taken back."""

    version = HiddenField()
    reason = TextAreaField(
        _l("Why is it recalled?"),
        description=_l("Kept in the history and the audit log; the author reads it."),
        validators=[AtMost(LONGEST_COMMENT)],
        render_kw={"rows": 3},
    )


class TopicForm(Form):
    """A new topic."""

    slug = StringField(_l("Address"), description=_l("Small letters, digits and hyphens. It never changes."), validators=[AtMost(LONGEST_NAME)])
    name_en = StringField(_l("Name in English"), validators=[AtMost(LONGEST_NAME)], render_kw={"lang": "en"})
    name_nl = StringField(_l("Name in Dutch"), validators=[AtMost(LONGEST_NAME)], render_kw={"lang": "nl"})


class FitForm(Form):
    """How a topic does on a network in a country."""

    fit = RadioField(_l("How does it do there?"), choices=list(FIT_NAMES.items()))
    tone_en = TextAreaField(
        _l("Tone in English"),
        description=_l("How to tell it there, in one sentence."),
        validators=[AtMost(LONGEST_TONE)],
        render_kw={"lang": "en", "rows": 2},
    )
    tone_nl = TextAreaField(
        _l("Tone in Dutch"),
        description=_l("How to tell it there, in one sentence."),
        validators=[AtMost(LONGEST_TONE)],
        render_kw={"lang": "nl", "rows": 2},
    )


def version_of(form: Form) -> int:
    """The version that the page was made from; one that was tampered with is nobody's."""
    text = str(form["version"].data or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip().removeprefix("- ") for line in text.splitlines() if line.strip())


def _moment(local: datetime | None, timezone: str) -> datetime | None:
    return local.replace(tzinfo=ZoneInfo(timezone)).astimezone(UTC) if local else None
