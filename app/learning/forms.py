"""Shapes of what the learning room is sent."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectMultipleField

from app.web.forms import Form


class DeedForm(Form):
    """A button and nothing else: a deed that is sent any field is refused."""


class AnswerForm(Form):
    """What was chosen for one question: none, one or several ids of options; whether they are of this question is the rules' business."""

    chosen = SelectMultipleField(_l("Answer"), choices=[], validate_choice=False, coerce=str)
