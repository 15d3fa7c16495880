"""Facts that the sharing room announces."""

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True)
class StoryShared(Event):
    """A person opened a network's composer with a text of their own."""

    share_id: int
    story_id: int
