"""Courses as learners get them, and what it costs to read them."""

import pytest

from app.core.errors import NotFound
from app.core.kept import forget_everything
from app.learning.models import Course
from app.learning.queries.content import course_document, published_courses
from tests.factories.learning import a_course, a_course_document, a_version
from tests.factories.people import BEGINNING
from tests.support.statements import counting_statements


def test_courses_come_by_level_and_then_by_their_place(session):
    a_course(session, slug="pro", level="professional")
    a_course(session, slug="later", place=2)
    a_course(session, slug="sooner", place=1)
    assert [course.slug for course in published_courses(session)] == ["sooner", "later", "pro"]


def test_a_retired_course_is_not_offered(session):
    course = a_course(session)
    session.get(Course, course.id).retired_at = BEGINNING
    session.commit()
    assert published_courses(session) == []


def test_a_document_is_read_once_per_process(session):
    course = a_course(session)
    forget_everything()
    with counting_statements() as first:
        course_document(session, course.version_id)
    with counting_statements() as second:
        document = course_document(session, course.version_id)
    assert (len(first), len(second)) == (1, 0)
    assert [lesson.name for lesson in document.lessons] == ["first-words"]


def test_the_catalogue_costs_two_statements_at_first_and_one_from_then_on(session):
    for number in range(5):
        a_course(session, slug=f"course-{number}")
    forget_everything()
    with counting_statements() as first:
        published_courses(session)
    with counting_statements() as second:
        published_courses(session)
    assert (len(first), len(second)) == (2, 1)


def test_each_version_keeps_what_it_said(session):
    course = a_course(session)
    a_version(session, course=session.get(Course, course.id), document=a_course_document(pass_mark=90, uuid=course.uuid), number=2)
    assert course_document(session, course.version_id).pass_mark == 80
    assert [each.document.pass_mark for each in published_courses(session)] == [90]


def test_an_unknown_version_is_not_found(session):
    with pytest.raises(NotFound):
        course_document(session, 4711)
