"""How quizzes go, for the hub."""

from flask import render_template
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from app.core.errors import NotFound
from app.learning.policy import may_read_key, may_read_tallies
from app.learning.presenters.questions import questions_page, quiz_lines
from app.learning.queries.content import PublishedCourse, course_document, published_courses
from app.learning.queries.progress import find_course
from app.learning.queries.tallies import tallies
from app.web.database import reading
from app.web.session import the_who


def quizzes() -> ResponseReturnValue:
    """Every course with a quiz."""
    courses = published_courses(reading())
    return render_template("learning/quizzes.html", lines=quiz_lines(courses, tallies(reading(), [course.version_id for course in courses])))


def questions(slug: str) -> ResponseReturnValue:
    """The questions of one course, the hardest first; which answers are right only for whoever has the quiz behind them."""
    session = reading()
    found = find_course(session, slug, the_who().id)
    if found is None:
        raise NotFound
    version_id = found.current_version_id
    course = PublishedCourse(found.id, found.uuid, found.slug, found.level, version_id, course_document(session, version_id))
    with_key = may_read_key(passed=found.is_passed, sitting=found.is_sitting)
    page = questions_page(course, tallies(session, [version_id]).get(version_id), with_key=with_key)
    return render_template("learning/questions.html", page=page)


def door(**_about: object) -> Markup:
    """On the hub's first page: the way to the quizzes."""
    return Markup(render_template("learning/parts/quizzes_door.html")) if may_read_tallies(the_who()) else Markup()  # noqa: S704  # a rendered template
