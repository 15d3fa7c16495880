"""Doors for events: what happens here because of what happened elsewhere."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.library.events import StoryRecalled
from app.sharing.actions.links import close_links_of


def close_links(session: Session, event: StoryRecalled, *, at: datetime) -> None:  # noqa: ARG001  # reactions are all called alike
    """A recalled story's links lead to the neutral page from now on."""
    close_links_of(session, event.story_id)
