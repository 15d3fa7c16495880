"""Shapes of what the people room is sent."""

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, PasswordField
from wtforms.validators import DataRequired, Length

from app.people.rules import LONGEST_PASSWORD, SHORTEST_PASSWORD
from app.web.forms import Form


class SignInForm(Form):
    """Address and password."""

    email = EmailField(_l("E-mail address"), validators=[DataRequired(), Length(max=320)], render_kw={"autocomplete": "username"})
    password = PasswordField(
        _l("Password"), validators=[DataRequired(), Length(max=LONGEST_PASSWORD)], render_kw={"autocomplete": "current-password"}
    )


class ForgottenForm(Form):
    """The address to which a link goes."""

    email = EmailField(_l("E-mail address"), validators=[DataRequired(), Length(max=320)], render_kw={"autocomplete": "username"})


class ChoosePasswordForm(Form):
    """A new password, once: the page can show it, so nobody types it twice."""

    password = PasswordField(
        _l("New password"),
        description=_l("At least %(count)s characters. A few words that only you would put together work well.", count=SHORTEST_PASSWORD),
        validators=[DataRequired()],
        render_kw={"autocomplete": "new-password"},
    )
