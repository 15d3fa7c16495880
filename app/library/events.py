"""Facts that the library room announces."""

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True)
class StorySent(Event):
    """An author sent a story to review."""

    story_id: int
    by_id: int


@dataclass(frozen=True)
class StoryAsked(Event):
    """A reviewer asked the author for a change."""

    story_id: int
    by_id: int


@dataclass(frozen=True)
class StoryApproved(Event):
    """A second person approved a story; its edition opens at its hour."""

    story_id: int
    edition_id: int
    by_id: int


@dataclass(frozen=True)
class StoryRecalled(Event):
    """A story was taken back for a reason; its links lead to a neutral page from now on."""

    story_id: int
    by_id: int
