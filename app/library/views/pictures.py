"""A story's picture: choose one, describe it, do without."""

from flask import current_app, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.clock import now
from app.core.errors import Faulty, Invalid, NotFound, Refusal
from app.core.who import Who
from app.library.actions import writing
from app.library.actions.pictures import add_picture, describe_anew, store_picture
from app.library.forms import PictureForm, StepForm, version_of
from app.library.presenters.hub import title_of
from app.library.views.writing import story_to_edit
from app.web.database import unit_of_work
from app.web.i18n import choose_locale
from app.web.messages import see
from app.web.session import the_who


def picture(uuid: str) -> ResponseReturnValue:
    """The story's picture: choose one, describe it."""
    who, form = the_who(), PictureForm()
    found = story_to_edit(uuid, who)
    if form.sent():
        try:
            _picture_kept(uuid, form, who)
            return see("hub.edit", _("Picture saved."), uuid=uuid, anchor="picture")
        except NotFound:
            raise
        except Faulty as refusal:
            for fault in refusal.faults:
                form.refuse(fault)
        except Refusal as refusal:
            form.refuse(refusal)
    elif not form.is_submitted():
        form.version.data = str(found.story.version)
        form.alt_en.data, form.alt_nl.data = (found.picture.alt.get("en"), found.picture.alt.get("nl")) if found.picture else ("", "")
    return render_template(
        "library/picture.html", form=form, story=found.story, picture=found.picture, title=title_of(found.story.content["title"], choose_locale())
    ), form.status


def _picture_kept(uuid: str, form: PictureForm, who: Who) -> None:
    content, alt, at = form.picture.data, {"en": form.alt_en.data or "", "nl": form.alt_nl.data or ""}, now()
    stored = store_picture(current_app.extensions["storage"], content.read(), alt=alt, by=who) if content else None
    with unit_of_work() as session:
        found = writing.to_change(session, uuid, version=version_of(form), by=who)
        if stored:
            asset = add_picture(session, stored, by=who, at=at)
        elif found.picture:
            asset = describe_anew(session, found.picture, alt=alt, by=who, at=at)
        else:
            raise Invalid("picture.none", field="picture")
        writing.set_picture(session, uuid, asset, version=version_of(form), by=who, at=at)


def remove_picture(uuid: str) -> ResponseReturnValue:
    """Do without a picture."""
    form = StepForm()
    if form.sent():
        with unit_of_work() as session:
            writing.set_picture(session, uuid, None, version=version_of(form), by=the_who(), at=now())
    return see("hub.edit", _("Picture removed. Readers see a drawn cover instead."), uuid=uuid, anchor="picture")
