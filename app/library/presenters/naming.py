"""What stories and topics are called in the audit log."""

from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.core.who import Who
from app.library.policy import may_enter_hub
from app.library.presenters.hub import title_of
from app.library.presenters.reading import in_words
from app.library.queries.channels import topics
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


def topics_named(session: Session, ids: set[str], *, who: Who, at: datetime) -> dict[str, Named]:  # noqa: ARG001  # everybody may know every topic
    """The topics, with the way to their advice for whoever keeps it."""
    href = url_for("hub.channels") if may_enter_hub(who) else ""
    return {
        topic.slug: Named(_("the topic “%(name)s”", name=in_words(topic.name, language())), href) for topic in topics(session) if topic.slug in ids
    }
