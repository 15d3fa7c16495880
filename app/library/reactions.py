"""What follows from a step in a review: letters to those who have the next move, or who want to know."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.core.jobs import enqueue
from app.library.events import StoryApproved, StoryAsked, StoryRecalled, StorySent
from app.library.models import Story
from app.library.queries.hub import editors_of, reviewers_of
from app.people.queries import may_write_from


def call_reviewers(session: Session, event: StorySent, *, at: datetime) -> None:
    """Tell everybody who may decide about the story."""
    story = session.get_one(Story, event.story_id)
    busy = {story.author_id, event.by_id, *editors_of(session, story.id)}
    for person_id in reviewers_of(session, story.author_id):
        if person_id not in busy:
            _tell(session, story, person_id, "sent", at=at)


def tell_author_of_question(session: Session, event: StoryAsked, *, at: datetime) -> None:
    """Tell the author what should change."""
    _tell_author(session, event.story_id, event.by_id, "asked", at=at)


def tell_author_of_approval(session: Session, event: StoryApproved, *, at: datetime) -> None:
    """Tell the author that readers get the story."""
    _tell_author(session, event.story_id, event.by_id, "approved", at=at)


def tell_author_of_recall(session: Session, event: StoryRecalled, *, at: datetime) -> None:
    """Tell the author why the story was taken back."""
    _tell_author(session, event.story_id, event.by_id, "recalled", at=at)


def _tell_author(session: Session, story_id: int, by_id: int, step: str, *, at: datetime) -> None:
    story = session.get_one(Story, story_id)
    if story.author_id != by_id:
        _tell(session, story, story.author_id, step, at=at)


def _tell(session: Session, story: Story, person_id: int, step: str, *, at: datetime) -> None:
    """One letter per person and step, however often the event is delivered; not in their quiet hours."""
    enqueue(
        session,
        "library.tell",
        due_at=may_write_from(session, person_id, at=at),
        key=f"library.tell:{step}:{story.id}:{story.version}:{person_id}",
        step=step,
        story=story.id,
        person=person_id,
    )
