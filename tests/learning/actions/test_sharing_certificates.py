"""Sharing a certificate with HR: the learner's own choice, each certificate apart, and taken back as easily (P2)."""

import pytest
from sqlalchemy import select

from app.core.errors import Conflict, NotFound
from app.core.models import StoredEvent
from app.learning.actions.sharing_certificates import share_certificate, stop_sharing
from app.learning.models import Certificate, SharedPass
from app.learning.rules.visibility import Visibility
from tests.conftest import NOON
from tests.factories.learners import a_certificate, an_enrolment
from tests.factories.learning import a_course
from tests.factories.people import BEGINNING
from tests.support.bursts import burst

DAY = BEGINNING.date().isoformat()


def on_it(course, passed_on=DAY):
    """A course as a certificate names it."""
    return {"uuid": course.uuid, "version": 1, "title": {"en": "T", "nl": "T"}, "passed_on": passed_on}


@pytest.fixture
def held(session, cast):
    """Ada's passes of two courses, an older pass of the first, and two certificates: one on the first course, one on both."""
    one, two = a_course(session, slug="one"), a_course(session, slug="two", level="professional")
    older = an_enrolment(session, person=cast.ada, course=one, state="completed", completed_on=BEGINNING.date().replace(year=2024))
    passes = [older] + [an_enrolment(session, person=cast.ada, course=course, state="completed", ordinal=2) for course in (one, two)]
    low = a_certificate(session, person=cast.ada, courses=[on_it(one)])
    high = a_certificate(session, person=cast.ada, level="professional", code="9Kq2mXw9Pb", courses=[on_it(one), on_it(two)])
    return passes, low, high


def share(session, person, certificate, visibility=Visibility.SHARED):
    share_certificate(session, person.id, certificate.uuid, visibility=visibility, at=NOON)
    session.commit()


def told(session):
    """The passes that stand on something shared."""
    return set(session.scalars(select(SharedPass.enrolment_id)))


def events(session):
    return [name for name in session.scalars(select(StoredEvent.name).order_by(StoredEvent.id)) if name.startswith("Certificate")]


def test_a_certificate_brings_the_passes_that_stand_on_it_and_no_others(session, cast, held):
    (older, one, two), low, high = held
    share(session, cast.ada, low)
    assert (told(session), low.shared_at, high.shared_at) == ({one.id}, NOON, None)
    share(session, cast.ada, high)
    assert told(session) == {one.id, two.id}
    assert older.id not in told(session)


def test_what_is_taken_back_leaves_what_another_certificate_shares(session, cast, held):
    (_older, one, _two), low, high = held
    share(session, cast.ada, low)
    share(session, cast.ada, high)
    stop_sharing(session, cast.ada.id, high.uuid, at=NOON)
    assert (told(session), high.shared_at) == ({one.id}, None)


def test_done_twice_it_counts_from_the_first_time_and_is_told_once(session, cast, held):
    _passes, low, _high = held
    share(session, cast.ada, low)
    share_certificate(session, cast.ada.id, low.uuid, visibility=Visibility.SHARED, at=NOON.replace(hour=13))
    assert low.shared_at == NOON
    for _ in range(2):
        stop_sharing(session, cast.ada.id, low.uuid, at=NOON)
    assert (events(session), told(session)) == (["CertificateShared", "CertificateUnshared"], set())


@pytest.mark.parametrize("visibility", [Visibility.COMPLETED, Visibility.AGGREGATES])
def test_where_sharing_decides_nothing_nothing_is_shared_but_what_was_can_be_taken_back(session, cast, held, visibility):
    _passes, low, _high = held
    with pytest.raises(Conflict):
        share(session, cast.ada, low, visibility)
    share(session, cast.ada, low)
    stop_sharing(session, cast.ada.id, low.uuid, at=NOON)
    assert low.shared_at is None


def test_somebody_elses_certificate_does_not_exist(session, cast, held):
    """T19."""
    _passes, low, _high = held
    for visibility in Visibility:
        with pytest.raises(NotFound):
            share(session, cast.mallory, low, visibility)
    with pytest.raises(NotFound):
        stop_sharing(session, cast.mallory.id, low.uuid, at=NOON)
    assert told(session) == set()


def test_sharing_and_stopping_at_once_end_in_one_of_the_two(app, session, cast, held):
    """T87: never a certificate that is not shared with passes that are, nor the other way round."""
    _passes, _low, high = held
    person_id, uuid = cast.ada.id, high.uuid
    session.close()

    def press(db, number):
        if number % 2:
            share_certificate(db, person_id, uuid, visibility=Visibility.SHARED, at=NOON)
        else:
            stop_sharing(db, person_id, uuid, at=NOON)

    burst(app, press)
    session.expire_all()
    shared_at = session.scalar(select(Certificate.shared_at).where(Certificate.uuid == uuid))
    assert len(told(session)) == (2 if shared_at else 0)
