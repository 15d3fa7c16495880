"""Enrolling, reading on, pausing, leaving and renewing."""

from datetime import date

import pytest

from app.core.errors import Conflict, NotFound
from app.core.models import StoredEvent
from app.learning.actions.enrolling import enrol, finish_lesson, leave, pause, resume
from app.learning.models import Course, Enrolment, LessonDone
from tests.conftest import NOON
from tests.factories.learners import a_lesson_done, an_enrolment
from tests.factories.learning import a_course, a_course_document, a_lesson_document, a_module_document, a_version
from tests.factories.people import BEGINNING

TODAY = NOON.date()


def events(session):
    return [event.name for event in session.query(StoredEvent).order_by(StoredEvent.id)]


def test_enrolling_pins_the_newest_version_and_is_announced(session, cast):
    course = a_course(session)
    enrolment = enrol(session, person_id=cast.ada.id, slug="principles", on=TODAY, at=NOON)
    assert (enrolment.version_id, enrolment.state, enrolment.ordinal, enrolment.mandatory_role) == (course.version_id, "open", 1, None)
    assert events(session) == ["Enrolled"]


def test_enrolling_twice_is_enrolling_once(session, cast):
    a_course(session)
    one = enrol(session, person_id=cast.ada.id, slug="principles", on=TODAY, at=NOON)
    two = enrol(session, person_id=cast.ada.id, slug="principles", on=TODAY, at=NOON)
    assert one.id == two.id
    assert events(session) == ["Enrolled"]


def test_a_newer_version_leaves_those_on_the_way_where_they_are(session, cast):
    course = a_course(session)
    enrolment = an_enrolment(session, person=cast.ada, course=course)
    a_version(session, course=session.get(Course, course.id), document=a_course_document(uuid=course.uuid, version=2), number=2)
    enrol(session, person_id=cast.ada.id, slug="principles", on=TODAY, at=NOON)
    assert enrolment.version_id == course.version_id


@pytest.mark.parametrize("slug", ["nothing", "", "principles'--"])
def test_there_is_no_enrolling_in_what_is_not_there(session, cast, slug):
    a_course(session)
    with pytest.raises(NotFound):
        enrol(session, person_id=cast.ada.id, slug=slug, on=TODAY, at=NOON)


def test_a_retired_course_takes_nobody_new(session, cast):
    course = a_course(session)
    session.get(Course, course.id).retired_at = BEGINNING
    session.commit()
    with pytest.raises(NotFound):
        enrol(session, person_id=cast.ada.id, slug="principles", on=TODAY, at=NOON)


def test_who_left_comes_back_to_what_they_had_done_in_the_newest_version(session, cast):
    course = a_course(session)
    enrolment = an_enrolment(session, person=cast.ada, course=course)
    a_lesson_done(session, enrolment=enrolment, uuid=course.document.lessons[0].uuid)
    leave(session, person_id=cast.ada.id, slug="principles", at=NOON)
    assert enrolment.state == "left"
    version = a_version(session, course=session.get(Course, course.id), document=a_course_document(uuid=course.uuid, version=2), number=2)
    back = enrol(session, person_id=cast.ada.id, slug="principles", on=TODAY, at=NOON)
    assert (back.id, back.state, back.version_id) == (enrolment.id, "open", version.id)
    assert session.query(LessonDone).count() == 1


def test_pausing_and_going_on_are_announced_once_each(session, cast):
    an_enrolment(session, person=cast.ada, course=a_course(session))
    for deed in (pause, pause, resume, resume):
        deed(session, person_id=cast.ada.id, slug="principles", at=NOON)
    assert events(session) == ["EnrolmentChanged", "EnrolmentChanged"]


def test_what_a_role_asks_for_can_be_paused_but_not_left(session, cast):
    enrolment = an_enrolment(session, person=cast.sanne, course=a_course(session), mandatory_role="spokesperson", due_on=TODAY)
    with pytest.raises(Conflict, match=r"enrolment\.mandatory"):
        leave(session, person_id=cast.sanne.id, slug="principles", at=NOON)
    pause(session, person_id=cast.sanne.id, slug="principles", at=NOON)
    assert enrolment.state == "paused"


@pytest.mark.parametrize("deed", [pause, resume, leave])
def test_there_is_nothing_to_pause_or_leave_without_an_enrolment(session, cast, deed):
    a_course(session)
    with pytest.raises(Conflict, match=r"enrolment\.none"):
        deed(session, person_id=cast.ada.id, slug="principles", at=NOON)


def test_a_running_pass_cannot_be_taken_again_until_sixty_days_before_its_end(session, cast):
    first = an_enrolment(session, person=cast.ada, course=a_course(session), state="completed", expires_on=date(2027, 3, 1))
    with pytest.raises(Conflict, match=r"enrolment\.passed"):
        enrol(session, person_id=cast.ada.id, slug="principles", on=date(2026, 12, 30), at=NOON)
    again = enrol(session, person_id=cast.ada.id, slug="principles", on=date(2026, 12, 31), at=NOON)
    assert (again.ordinal, again.state) == (2, "open")
    assert first.state == "completed"


def three_lessons():
    return [a_module_document(lessons=[a_lesson_document(name=name) for name in ("one", "two", "three")])]


def test_finishing_a_lesson_leads_to_the_next_then_to_what_was_skipped_then_to_the_quiz(session, cast):
    an_enrolment(session, person=cast.ada, course=a_course(session, modules=three_lessons()))

    def finish(name):
        following = finish_lesson(session, person_id=cast.ada.id, slug="principles", name=name, at=NOON)
        return following.name if following else None

    assert [finish("one"), finish("three"), finish("two"), finish("three")] == ["two", "two", "three", None]
    assert session.query(LessonDone).count() == 3


def test_reading_on_takes_a_paused_course_up_again(session, cast):
    enrolment = an_enrolment(session, person=cast.ada, course=a_course(session), state="paused")
    finish_lesson(session, person_id=cast.ada.id, slug="principles", name="first-words", at=NOON)
    assert enrolment.state == "open"


def test_a_lesson_of_another_course_is_not_found(session, cast):
    """T16: a nested name must belong to what stands above it."""
    an_enrolment(session, person=cast.ada, course=a_course(session))
    a_course(session, slug="other", modules=three_lessons())
    with pytest.raises(NotFound):
        finish_lesson(session, person_id=cast.ada.id, slug="principles", name="one", at=NOON)


def test_one_persons_enrolment_is_not_anothers(session, cast):
    enrolment = an_enrolment(session, person=cast.ada, course=a_course(session))
    with pytest.raises(Conflict, match=r"enrolment\.none"):
        leave(session, person_id=cast.mallory.id, slug="principles", at=NOON)
    assert session.get(Enrolment, enrolment.id).state == "open"
