"""Doors for time: letters about stories."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.core.jobs import Errand
from app.library.models import Story
from app.library.presenters.hub import title_of
from app.library.queries.hub import last_comment, reviewers_of
from app.people.models import Person
from app.web.post import absolute, write_letter


def tell(session: Session, args: dict[str, Any], at: datetime) -> Errand | None:  # noqa: ARG001  # every job is called alike
    """Send one person one letter about a step of a story, unless they have left, may no longer decide about it, or it has moved on."""
    person, story = session.get(Person, args["person"]), session.get(Story, args["story"])
    if person is None or person.status != "active" or story is None:
        return None
    if args["step"] == "sent" and (story.state != "in_review" or person.id not in reviewers_of(session, story.author_id)):
        return None
    said = last_comment(session, story.id, args["step"])
    return write_letter(
        f"library/mails/{args['step']}",
        to=person.email,
        locale=person.locale,
        name=person.name,
        by=said.name if said else "",
        comment=said.comment if said else "",
        title=title_of(story.content["title"], person.locale),
        link=absolute("hub.edit" if args["step"] == "asked" else "hub.review", uuid=story.uuid),
    )
