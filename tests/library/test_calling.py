"""T19: letters about stories reach nobody of another group."""

import re

import pytest

from app.core.clock import now
from app.core.events import announce
from app.core.jobs import enqueue
from app.library.events import StorySent
from app.people.models import RoleGrant
from tests.factories.library import a_story
from tests.factories.people import a_grant, a_person
from tests.support.letters import letters_to


@pytest.fixture
def receivers(run_jobs, letters):
    """Runs what is due; who got a letter."""

    def read():
        run_jobs()
        return sorted(re.findall(r"^To: (\S+)", "\n".join(letters()), re.MULTILINE))

    return read


@pytest.fixture
def reviewer(cast, session):
    """Reviews what people of Sales write, and nothing else."""
    person = a_person(session, name="Sale Reviewer", department=cast.sales)
    a_grant(session, person=person, role="reviewer", department=cast.sales)
    return person


def sent(session, author):
    story = a_story(session, author=author, state="in_review")
    announce(session, StorySent(story.id, author.id), at=now())
    session.commit()
    return story


def test_only_reviewers_of_the_authors_group_are_called(cast, session, reviewer, receivers):
    """Neither a reviewer of another department nor a manager of anybody."""
    elsewhere = a_person(session, name="Elsewhere Reviewer", department=cast.research, manager=cast.linus)
    a_grant(session, person=elsewhere, role="reviewer", department=cast.research)
    cast.ada.manager_id = cast.linus.id
    sent(session, cast.ada)
    assert receivers() == [reviewer.email]


@pytest.mark.parametrize("change", ["the author moved", "the role was taken back"])
def test_a_letter_that_waits_is_not_sent_to_whom_the_story_is_nobodys_business_by_now(cast, session, reviewer, receivers, change):
    """T18: quiet hours may lie between, and the rights of the moment count."""
    story = a_story(session, author=cast.ada, state="in_review")
    enqueue(session, "library.tell", due_at=now(), step="sent", story=story.id, person=reviewer.id)
    if change == "the author moved":
        cast.ada.department_id = cast.research.id
    else:
        session.query(RoleGrant).filter_by(person_id=reviewer.id).delete()
    session.commit()
    assert receivers() == []


def test_nobody_hears_of_a_persons_certificates_but_that_person(cast, session, receivers):
    """P1: a manager gets numbers on a page, and no letter about anybody."""
    letters_to(session, cast.ada, author=cast.grace)
    assert set(receivers()) == {cast.ada.email}
