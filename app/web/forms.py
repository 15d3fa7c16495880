"""The base of every form: CSRF, translations parsed once per language, and no field that the form does not know."""

from functools import lru_cache
from typing import Any

from flask import request
from flask_wtf import FlaskForm
from wtforms import Field, ValidationError
from wtforms.form import BaseForm
from wtforms.i18n import get_translations

from app.core.errors import Faulty, Invalid, Refusal
from app.core.text import graphemes, refuse_heaps
from app.web.database import fields_are_known
from app.web.errors import sentence
from app.web.i18n import language
from app.web.proof import is_old


@lru_cache(maxsize=8)
def _translations(language: str) -> Any:
    return get_translations([language])


class AtMost:
    """Validates that a text has at most so many of what a reader calls characters.

    Unlike WTForms' own check it sets no `maxlength`: a browser would cut what is pasted, and say nothing.
    """

    def __init__(self, longest: int) -> None:
        """`longest` is the limit of the rule that the field's text is held to."""
        self.longest = longest

    def __call__(self, _form: BaseForm, field: Field) -> None:
        """Raise the sentence beside the field."""
        text = field.data or ""
        try:
            refuse_heaps(text, longest=self.longest)
        except Invalid as refusal:
            raise ValidationError(sentence(refusal)) from refusal
        if len(text) > self.longest and graphemes(text) > self.longest:
            raise ValidationError(sentence(Invalid("text.long", longest=self.longest)))


class Form(FlaskForm):  # type: ignore[misc]  # the library brings no types
    """One class per deed. A view asks `sent()`: False means show the page (with errors, if any were made)."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]  # the library brings no types
        """How WTForms finds its own messages: cached, because reading the catalogue costs milliseconds."""

        def get_translations(self, form: Any) -> Any:  # noqa: ARG002  # WTForms calls it so
            """WTForms' own catalogue in the reader's language."""
            return _translations(language())

    def sent(self) -> bool:
        """Whether this is a submission, of known fields only, whose shape is right."""
        if not self.is_submitted():
            return False
        if is_old():
            self.refuse(Refusal("form.old"))
            return False
        unknown = set(request.form) - {field.name for field in self} - {"csrf_token"}
        unknown = {name for name in unknown if not any(name.startswith(f"{field.name}-") for field in self)}
        if unknown:
            raise Invalid("form.unknown")
        fields_are_known()
        return bool(self.validate())

    def refuse(self, refusal: Refusal) -> None:
        """Show a refusal, and each of several, beside the field that it names, or above the form."""
        if isinstance(refusal, Faulty):
            for fault in refusal.faults:
                self.refuse(fault)
            return
        text = sentence(refusal)
        if refusal.field and refusal.field in self._fields:
            field = self._fields[refusal.field]
            field.errors = [*field.errors, text]
        else:
            self.form_errors.append(text)

    @property
    def status(self) -> int:
        """The status of the page that shows this form: 422 when something was wrong."""
        return 422 if self.is_submitted() else 200
