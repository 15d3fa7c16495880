"""`flask courses …` as an author meets it."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from app.factory import create_app
from app.learning.models import CourseVersion
from app.learning.queries.content import published_courses
from app.web.database import db
from tests.factories.course_folder import a_course_folder, change_yaml


@pytest.fixture
def flask(app):
    """Runs `flask …` and hands back the result."""
    return app.test_cli_runner().invoke


def test_a_sound_folder_is_said_to_be_sound(flask, tmp_path):
    a_course_folder(tmp_path)
    result = flask(args=["courses", "check", "--dir", str(tmp_path)])
    assert (result.exit_code, result.output) == (0, "1 course, 1 lesson, 2 questions: all is well.\n")


def test_each_fault_has_a_line_and_the_command_fails(flask, tmp_path):
    folder = a_course_folder(tmp_path)
    change_yaml(folder / "course.yaml", lambda data: data.update(levle="x"))
    (folder / "beginning/the-door.en.md").write_text(":::card\n[x](javascript:x)")
    result = flask(args=["courses", "check", "first-steps", "--dir", str(tmp_path)])
    assert result.exit_code == 1
    assert "first-steps/course.yaml:" in result.output
    assert "“levle” is not known here. Did you mean “level”?" in result.output
    assert result.output.endswith("to mend.\n")


def test_an_unknown_course_is_named(flask, tmp_path):
    a_course_folder(tmp_path)
    result = flask(args=["courses", "check", "nope", "--dir", str(tmp_path)])
    assert result.exit_code == 2
    assert "There is no course “nope”. There are: first-steps." in result.output


def test_loading_twice_publishes_once_and_says_so(flask, session, tmp_path):
    a_course_folder(tmp_path)
    first = flask(args=["courses", "load", "--dir", str(tmp_path)])
    second = flask(args=["courses", "load", "--dir", str(tmp_path)])
    assert (first.output, second.output) == ("first-steps: published as version 1\n", "first-steps: unchanged\n")
    assert session.scalar(select(func.count()).select_from(CourseVersion)) == 1


def test_an_unsound_course_stays_out_and_the_others_are_loaded(flask, session, tmp_path):
    a_course_folder(tmp_path)
    change_yaml(a_course_folder(tmp_path, slug="second") / "course.yaml", lambda data: data.update(questions=50))
    result = flask(args=["courses", "load", "--dir", str(tmp_path)])
    assert result.exit_code == 1
    assert "An attempt draws 50 questions" in result.output
    assert [course.slug for course in published_courses(session)] == ["first-steps"]


def test_without_tables_loading_says_what_to_run(settings, tmp_path):
    bare = create_app(replace(settings, database_url=f"sqlite:///{tmp_path / 'bare.sqlite3'}", instance=str(tmp_path)))
    result = bare.test_cli_runner().invoke(args=["courses", "load"])
    assert result.exit_code == 2
    assert "flask db upgrade" in result.output
    with bare.app_context():
        db.engine.dispose()


def test_a_change_without_a_new_number_is_found_by_check_and_load(flask, tmp_path):
    folder = a_course_folder(tmp_path)
    flask(args=["courses", "load", "--dir", str(tmp_path)])
    change_yaml(folder / "course.yaml", lambda data: data.update(pass_mark=70))
    for command in ("check", "load"):
        result = flask(args=["courses", command, "--dir", str(tmp_path)])
        assert result.exit_code == 1
        assert "first-steps/course.yaml:2: The course changed since version 1 was published." in result.output


def test_an_exported_course_loads_as_unchanged(flask, tmp_path):
    a_course_folder(tmp_path / "in")
    flask(args=["courses", "load", "--dir", str(tmp_path / "in")])
    exported = flask(args=["courses", "export", "first-steps", str(tmp_path / "out")])
    assert exported.output == f"{tmp_path / 'out/first-steps'}\n"
    assert flask(args=["courses", "load", "--dir", str(tmp_path / "out")]).output == "first-steps: unchanged\n"
    again = flask(args=["courses", "export", "first-steps", str(tmp_path / "out")])
    assert again.exit_code == 2
    assert "is there already" in again.output


def test_what_is_not_published_cannot_be_exported(flask, session, tmp_path):
    result = flask(args=["courses", "export", "nope", str(tmp_path)])
    assert (result.exit_code, "No course is published as “nope”." in result.output) == (2, True)


def test_a_preview_stands_alone_in_each_language(flask, session, settings, tmp_path):
    a_course_folder(tmp_path)
    result = flask(args=["courses", "preview", "first-steps", "--dir", str(tmp_path)])
    files = [settings.folder / f"preview/first-steps.{language}.html" for language in ("en", "nl")]
    assert result.output == "".join(f"{file}\n" for file in files)
    for file in files:
        page = file.read_text(encoding="utf-8")
        assert 'src="data:image/svg+xml;base64,' in page
        assert "/learn/media/" not in page
        assert "<script" not in page
