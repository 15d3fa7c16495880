"""Things of the learning room that URLs name."""

from collections.abc import Mapping

from flask import current_app
from sqlalchemy.orm import Session as Db

from app.learning.actions.publishing import SHELF
from app.learning.adapters.pictures import kept_name
from tests.factories.course_folder import DRAWING
from tests.factories.learners import a_certificate, a_reader, an_attempt
from tests.factories.learning import a_course
from tests.support.cast import Cast


def objects(session: Db, cast: Cast) -> Mapping[str, Mapping[str, object]]:
    """A course that everybody may read, and Ada's attempt and certificate, which are hers."""
    course = a_course(session, slug="matrix-course")
    picture = kept_name(DRAWING.encode(), "svg")
    current_app.extensions["storage"].put(SHELF + picture, DRAWING.encode())
    attempt = an_attempt(session, enrolment=a_reader(session, person=cast.ada, course=course), course=course)
    certificate = a_certificate(session, person=cast.ada, ordinal=9)
    return {
        "a picture of a course": {"name": picture},
        "the course": {"slug": course.slug},
        "the lesson": {"slug": course.slug, "name": course.document.lessons[0].name},
        "ada's attempt": {"slug": course.slug, "uuid": attempt.uuid},
        "a place of ada's attempt": {"slug": course.slug, "uuid": attempt.uuid, "place": 1},
        "ada's certificate": {"uuid": certificate.uuid},
        "a certificate's code": {"code": certificate.code},
    }
