"""Publishing a course: immutable versions, nothing twice, pictures kept, the audit log told."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from app.core.errors import Conflict
from app.learning.actions.publishing import publish_course
from app.learning.adapters.folder import read_course
from app.learning.models import Course, CourseVersion
from app.learning.queries.content import course_document, published_courses, published_sources
from app.learning.rules.rendering import document_of
from app.people.models import AuditEntry
from app.web.database import unit_of_work
from tests.conftest import NOON
from tests.factories.course_folder import a_course_folder, change_yaml


@pytest.fixture
def publish(app, tmp_path):
    """Publishes the course folder below tmp_path as it stands now."""

    def publish(slug="first-steps"):
        source, faults = read_course(tmp_path, slug)
        assert faults == []
        with unit_of_work() as session:
            return publish_course(session, document_of(source), pictures=source.pictures.values(), storage=app.extensions["storage"], at=NOON)

    return publish


def the_course(session):
    """The only course, as learners get it."""
    (course,) = published_courses(session)
    return course


def raise_version(folder, number):
    change_yaml(folder / "course.yaml", lambda data: data.update(version=number))
    changes = folder / "CHANGES.md"
    changes.write_text(changes.read_text() + f"\n## {number}\n\n**English.** New **words**.\n\n**Nederlands.** Nieuwe woorden.\n")


def test_what_is_published_is_what_learners_get(session, publish, tmp_path):
    a_course_folder(tmp_path)
    publish()
    document = the_course(session).document
    lesson = document.lessons[0]
    assert (document.level, document.title["nl"], lesson.name, len(document.items)) == ("enthusiast", "First steps nl", "the-door", 2)
    assert 'width="720" height="360"' in lesson.html["en"]
    assert "De sterkste keuze" in lesson.html["nl"]
    assert document.items[0].stem["en"] == "Which <em>one</em>?"
    assert document.changes["en"] == "<p>The first version.</p>\n"


def test_publishing_the_same_again_changes_nothing(session, publish, tmp_path):
    a_course_folder(tmp_path)
    first, second = publish(), publish()
    assert (first.is_new, second.is_new) == (True, False)
    assert first.version_id == second.version_id
    assert session.scalar(select(func.count()).select_from(CourseVersion)) == 1
    assert session.scalar(select(func.count()).select_from(AuditEntry)) == 1


def test_a_changed_course_is_a_new_version_and_the_old_one_stays(session, publish, tmp_path):
    folder = a_course_folder(tmp_path)
    first = publish()
    raise_version(folder, 2)
    (folder / "beginning/the-door.en.md").write_text("## Another beginning\n")
    second = publish()
    assert (second.is_new, second.number) == (True, 2)
    assert "A beginning" in course_document(session, first.version_id).lessons[0].html["en"]
    assert "Another beginning" in the_course(session).document.lessons[0].html["en"]


def test_a_change_under_an_old_number_is_refused_and_nothing_is_written(session, publish, tmp_path):
    folder = a_course_folder(tmp_path)
    first = publish()
    (folder / "beginning/the-door.en.md").write_text("## Another beginning\n")
    with pytest.raises(Conflict) as caught:
        publish()
    assert caught.value.code == "course.version_not_raised"
    assert the_course(session).version_id == first.version_id


def test_what_is_rendered_anew_needs_no_new_number(session, publish, tmp_path, monkeypatch):
    """After a change of the sanitiser the same source is published again."""
    a_course_folder(tmp_path)
    publish()
    monkeypatch.setattr("app.learning.rules.rendering.MARKUP_VERSION", 99)
    assert publish().number == 2


def test_another_course_cannot_take_an_address(publish, tmp_path):
    folder = a_course_folder(tmp_path)
    publish()
    change_yaml(folder / "course.yaml", lambda data: data.update(uuid="00000000-0000-4000-8000-000000000000"))
    with pytest.raises(Conflict, match=r"course\.name_taken"):
        publish()


def test_a_course_keeps_its_address(publish, tmp_path):
    folder = a_course_folder(tmp_path)
    publish()
    folder.rename(tmp_path / "other-steps")
    with pytest.raises(Conflict, match=r"course\.renamed"):
        publish("other-steps")


def test_publishing_is_written_down(session, publish, tmp_path):
    a_course_folder(tmp_path)
    publish()
    entry = session.scalars(select(AuditEntry)).one()
    assert (entry.action, entry.object_type, entry.changes["version"]) == ("course.published", "course", [None, 1])


def test_a_version_number_is_given_once(session, publish, tmp_path):
    """T87: two loads at the same time cannot both be version 2."""
    a_course_folder(tmp_path)
    made = publish()
    session.add(CourseVersion(course_id=made.course_id, number=1, checksum="x", document={}, published_at=NOON))
    with pytest.raises(IntegrityError):
        session.commit()
    session.rollback()


def test_sources_are_kept_with_what_was_published(session, publish, tmp_path):
    a_course_folder(tmp_path)
    publish()
    uuid = session.scalar(select(Course.uuid))
    found = published_sources(session)[uuid]
    source, _ = read_course(tmp_path, "first-steps")
    assert (found.slug, found.version, found.source) == ("first-steps", 1, source.as_document())
