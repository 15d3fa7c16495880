"""Shapes of what the sharing room is sent."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField, StringField, TextAreaField, URLField
from wtforms.validators import Length

from app.core.ids import new_uuid
from app.sharing.rules.addresses import LONGEST, LONGEST_SERVER
from app.sharing.rules.drafts import LONGEST_BODY
from app.web.forms import AtMost, Form


class ShareForm(Form):
    """A draft: the words, their language, the network. The text begins empty: nobody's words are put into anybody's mouth.

    `seen` shows that the story was open for whoever fills it in (see `app.sharing.rules.sight`).
    """

    network = HiddenField()
    seen = HiddenField(validators=[Length(max=64)])
    token = HiddenField(default=new_uuid, validators=[Length(min=8, max=36)])
    body = TextAreaField(_l("Your text"), validators=[AtMost(LONGEST_BODY)])
    language = SelectField(_l("Language of your text"), choices=[("en", _l("English")), ("nl", _l("Dutch"))])
    server = StringField(
        _l("Your Mastodon server"), description=_l("Such as mastodon.social; it is where you sign in."), validators=[AtMost(LONGEST_SERVER)]
    )


class PostedForm(Form):
    """Where a post stands, if its writer likes to keep that."""

    post_url = URLField(
        _l("Address of your post"),
        description=_l("If you like: then you can find it again here. Nobody else sees it."),
        validators=[AtMost(LONGEST)],
    )
