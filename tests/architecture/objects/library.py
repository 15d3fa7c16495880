"""Things of the library room that URLs name."""

from collections.abc import Mapping
from datetime import UTC, datetime

from flask import current_app
from sqlalchemy.orm import Session as Db

from app.library.models import Story
from app.people.rules import Audience
from tests.factories.library import a_story, a_topic, an_asset, an_edition
from tests.factories.people import a_person
from tests.support.cast import Cast

TOMORROW = datetime(2099, 1, 1, tzinfo=UTC)
YESTERDAY = datetime(2026, 1, 2, tzinfo=UTC)
SLUGS = {
    "the open story": "open-story",
    "the story for research": "research-story",
    "the withdrawn story": "withdrawn-story",
    "the story of tomorrow": "tomorrow-story",
    "the draft": "draft-story",
}


def objects(session: Db, cast: Cast) -> Mapping[str, Mapping[str, object]]:
    """Stories that are open, meant for one department, not yet or no longer open, or only a draft; and their pictures."""
    storage = current_app.extensions["storage"]
    a_topic(session)
    research = Audience(departments=(cast.research.path,))
    pictures = [an_asset(session, storage, added_by=cast.grace) for _ in range(2)]
    shown = an_edition(session, author=cast.grace, slug=SLUGS["the open story"], asset=pictures[0], topics=("repair",))
    an_edition(session, author=cast.grace, slug=SLUGS["the story for research"], asset=pictures[1], audience=research)
    an_edition(session, author=cast.grace, slug=SLUGS["the withdrawn story"], withdrawn_at=YESTERDAY)
    an_edition(session, author=cast.grace, slug=SLUGS["the story of tomorrow"], opens_at=TOMORROW)
    draft = a_story(session, author=cast.grace, slug=SLUGS["the draft"])
    elsewhere = a_story(session, author=a_person(session, name="Petra Elders", department=cast.research), state="in_review", topics=("repair",))
    return {
        **{name: {"slug": slug} for name, slug in SLUGS.items()},
        "the open story's picture": {"uuid": pictures[0].uuid, "size": "card"},
        "the picture for research": {"uuid": pictures[1].uuid, "size": "card"},
        "grace's draft": {"uuid": draft.uuid},
        "the story that readers see": {"uuid": session.get_one(Story, shown.story_id).uuid},
        "the review of research": {"uuid": elsewhere.uuid},
        "repair on linkedin": {"topic": "repair", "network": "linkedin"},
    }
