"""Two who act at once: one wins, by version."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextvars import Context
from datetime import UTC, datetime
from threading import Barrier

import pytest
from sqlalchemy import select

from app.core.errors import Refusal
from app.library.actions.reviewing import approve, ask_for_change, send_to_review, take_back
from app.library.actions.writing import edit_story, write_story
from app.library.models import Edition, ReviewEntry, Story
from app.library.rules.content import checksum, content_from
from app.people.queries import who_by_id
from app.web.database import db, unit_of_work
from tests.factories.library import a_story, a_topic, some_content
from tests.factories.people import a_grant
from tests.support.bursts import burst

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def at_once(app, *deeds):
    """Run each deed in a thread, a transaction and a context of its own, all at the same moment; returns what became of each."""
    start = Barrier(len(deeds))

    def run(deed):
        def inside():
            with app.app_context():
                start.wait(timeout=10)
                try:
                    with unit_of_work() as session:
                        deed(session)
                except Refusal as refusal:
                    return refusal.code
                finally:
                    db.session.remove()
                return "done"

        return Context().run(inside)

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


@pytest.mark.parametrize("turn", range(3))
def test_of_an_approval_a_question_and_an_edit_at_the_same_moment_one_wins(app, cast, session, turn):
    """T83."""
    a_topic(session)
    story = a_story(session, author=cast.grace, state="in_review", topics=("repair",))
    iris, hugo, grace = (who_by_id(session, person.id) for person in (cast.iris, cast.hugo, cast.grace))
    a_grant(session, person=cast.linus, role="reviewer")
    linus, uuid = who_by_id(session, cast.linus.id), story.uuid
    changed = some_content(title={"en": "Changed"}, topics=("repair",), replies_by=content_from(story.content).replies_by)
    session.rollback()
    became = at_once(
        app,
        lambda db_: approve(db_, uuid, version=1, by=iris, at=NOW),
        lambda db_: approve(db_, uuid, version=1, by=linus, at=NOW),
        lambda db_: ask_for_change(db_, uuid, comment="Which year?", version=1, by=iris, at=NOW),
        lambda db_: edit_story(db_, uuid, changed, version=1, by=hugo, at=NOW),
        lambda db_: take_back(db_, uuid, version=1, by=grace, at=NOW),
    )
    assert Counter(became) == {"done": 1, "story.overtaken": 4}
    editions = session.scalars(select(Edition)).all()
    state, version = session.execute(select(Story.state, Story.version)).one()
    assert version == 2
    assert len(editions) == (1 if became.index("done") < 2 else 0)
    assert state == ["approved", "approved", "asked", "in_review", "draft"][became.index("done")]
    assert all(edition.checksum == checksum(edition.document) and edition.document["title"] != {"en": "Changed"} for edition in editions)


def test_ten_who_send_a_story_send_it_once(app, cast, session):
    a_topic(session)
    story = a_story(session, author=cast.grace, topics=("repair",))
    grace, uuid = who_by_id(session, cast.grace.id), story.uuid
    session.rollback()
    became = at_once(app, *[lambda db_: send_to_review(db_, uuid, version=1, by=grace, at=NOW)] * 6)
    assert Counter(became) == {"done": 1, "story.overtaken": 5}
    assert session.scalars(select(ReviewEntry.step)).all() == ["sent"]


def test_eight_drafts_of_one_title_at_once_have_eight_addresses(app, cast, session):
    """T87: a button that is pressed twice makes two drafts at worst, and never an error."""
    grace = who_by_id(session, cast.grace.id)
    session.rollback()
    became = burst(app, lambda work, _number: write_story(work, some_content(title={"en": "Laptops that last"}), by=grace, at=NOW).slug, count=8)
    assert sorted(became) == ["laptops-that-last", *(f"laptops-that-last-{number}" for number in range(2, 9))]


def test_whoever_answers_replies_must_work_here_when_the_story_is_approved(cast, session):
    """T12: who left between the sending and the approval is not published as the one who answers."""
    a_topic(session)
    uuids = [a_story(session, author=cast.grace, state="in_review", topics=("repair",)).uuid for _ in range(2)]
    iris = who_by_id(session, cast.iris.id)
    approve(session, uuids[0], version=1, by=iris, at=NOW)
    cast.grace.status = "left"
    session.flush()
    with pytest.raises(Refusal, match=r"story\.contact_left"):
        approve(session, uuids[1], version=1, by=iris, at=NOW)


def test_what_was_approved_is_not_what_was_read_when_something_changed_between(cast, session):
    """T83: the checksum of the page that was read is part of the decision."""
    a_topic(session)
    story = a_story(session, author=cast.grace, state="in_review", topics=("repair",))
    iris = who_by_id(session, cast.iris.id)
    with pytest.raises(Refusal, match=r"story\.overtaken"):
        approve(session, story.uuid, version=1, by=iris, at=NOW, read_checksum="another")
