"""Shapes of what the people room is sent."""

from typing import Final
from zoneinfo import available_timezones

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import EmailField, PasswordField, RadioField, SelectField, StringField, TimeField
from wtforms.validators import DataRequired, InputRequired

from app.core.text import LONGEST_LINE
from app.people.rules import LONGEST_EMAIL, LONGEST_PASSWORD, LONGEST_SLUG, SHORTEST_PASSWORD
from app.web.forms import AtMost, Form

AREAS: Final = ("Africa/", "America/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")
ZONES: Final = sorted(zone for zone in available_timezones() if zone.startswith(AREAS) or zone == "UTC")


class SignInForm(Form):
    """Address and password."""

    email = EmailField(_l("E-mail address"), validators=[DataRequired(), AtMost(LONGEST_EMAIL)], render_kw={"autocomplete": "username"})
    password = PasswordField(_l("Password"), validators=[DataRequired(), AtMost(LONGEST_PASSWORD)], render_kw={"autocomplete": "current-password"})


class ForgottenForm(Form):
    """The address to which a link goes."""

    email = EmailField(_l("E-mail address"), validators=[DataRequired(), AtMost(LONGEST_EMAIL)], render_kw={"autocomplete": "username"})


class ChoosePasswordForm(Form):
    """A new password, once: the page can show it, so nobody types it twice."""

    password = PasswordField(
        _l("New password"),
        description=_l("At least %(count)s characters. A few words that only you would put together work well.", count=SHORTEST_PASSWORD),
        validators=[DataRequired(), AtMost(LONGEST_PASSWORD)],
        render_kw={"autocomplete": "new-password"},
    )


class ProfileForm(Form):
    """What people set for themselves."""

    locale = SelectField(_l("Language"), choices=[("en", "English"), ("nl", "Nederlands")])
    timezone = SelectField(_l("Time zone"), choices=lambda: [(zone, zone.replace("_", " ")) for zone in ZONES])
    quiet_from = TimeField(
        _l("Quiet from"),
        description=_l("Between these hours we send you nothing. Twice the same time means: no quiet hours."),
        validators=[InputRequired()],
    )
    quiet_until = TimeField(_l("Quiet until"), validators=[InputRequired()])
    theme = RadioField(_l("Appearance"), choices=[("system", _l("As my device")), ("light", _l("Light")), ("dark", _l("Dark"))])


class ChangePasswordForm(Form):
    """The old password and a new one."""

    old = PasswordField(
        _l("Your password now"), validators=[DataRequired(), AtMost(LONGEST_PASSWORD)], render_kw={"autocomplete": "current-password"}
    )
    password = PasswordField(
        _l("New password"),
        description=_l("At least %(count)s characters. A few words that only you would put together work well.", count=SHORTEST_PASSWORD),
        validators=[DataRequired(), AtMost(LONGEST_PASSWORD)],
        render_kw={"autocomplete": "new-password"},
    )


class PersonForm(Form):
    """An entry of the directory."""

    name = StringField(_l("Name"), validators=[DataRequired(), AtMost(LONGEST_LINE)])
    email = EmailField(_l("E-mail address"), validators=[DataRequired(), AtMost(LONGEST_EMAIL)])
    job_title = StringField(_l("Job"), validators=[AtMost(LONGEST_LINE)])
    department = SelectField(_l("Department"), choices=[])
    country = SelectField(_l("Country"), choices=[])
    locale = SelectField(_l("Language"), choices=[("en", "English"), ("nl", "Nederlands")])
    timezone = SelectField(_l("Time zone"), choices=lambda: [(zone, zone.replace("_", " ")) for zone in ZONES], default="Europe/Amsterdam")
    manager = EmailField(
        _l("Manager"), description=_l("The manager's e-mail address. Leave empty if there is none."), validators=[AtMost(LONGEST_EMAIL)]
    )


class GrantForm(Form):
    """A role and where it counts."""

    role = SelectField(_l("Role"), choices=[], id="grant-role")
    department = SelectField(_l("Where"), choices=[], id="grant-department")


class DepartmentForm(Form):
    """A new department."""

    name = StringField(_l("Name"), validators=[DataRequired(), AtMost(LONGEST_LINE)])
    slug = StringField(
        _l("Short name"),
        description=_l("Small letters, digits and hyphens, such as sales-nl. It stays for ever."),
        validators=[DataRequired(), AtMost(LONGEST_SLUG)],
    )
    parent = SelectField(_l("Part of"), choices=[])


class RenameDepartmentForm(Form):
    """What a department is called."""

    name = StringField(_l("Name"), validators=[DataRequired(), AtMost(LONGEST_LINE)])


class UploadForm(Form):
    """A file of people."""

    file = FileField(_l("CSV file"), validators=[FileRequired(_l("Choose a file."))])
