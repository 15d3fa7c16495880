"""What stories are called in the audit log."""

from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.core.who import Who
from app.library.presenters.hub import title_of
from app.library.queries.naming import story_names
from app.web.i18n import language
from app.web.room import Named


def stories_named(session: Session, ids: set[str], *, who: Who, at: datetime) -> dict[str, Named]:
    """The stories that `who` may or might have read, with the way to those that are open."""
    found = story_names(session, ids, who, at=at)
    return {
        uuid: Named(
            _("the story “%(title)s”", title=title_of(story.title, language())), url_for("library.story", slug=story.slug) if story.is_open else ""
        )
        for uuid, story in found.items()
    }
