"""A course as a folder: what keeps it from being read, and that writing it again changes nothing."""

import pytest

from app.core.authored import checksum
from app.learning.adapters.folder import course_folders, read_course, write_course
from app.learning.rules.rendering import document_of
from tests.factories.course_folder import a_course_folder, change_yaml


def faults_of(root, slug="first-steps"):
    source, faults = read_course(root, slug)
    assert (source is None) == bool(faults)
    return [str(fault) for fault in faults]


def test_a_sound_folder_becomes_a_course(tmp_path):
    a_course_folder(tmp_path)
    source, faults = read_course(tmp_path, "first-steps")
    assert faults == []
    assert [module.slug for module in source.modules] == ["beginning"]
    assert set(source.modules[0].texts) == {("the-door", "en"), ("the-door", "nl")}
    assert (source.pictures["img/door.svg"].width, source.pictures["img/door.svg"].height) == (720, 360)


def test_writing_a_course_and_reading_it_again_changes_nothing(tmp_path):
    folder = a_course_folder(tmp_path / "one")
    (folder / "beginning/the-door.nl.md").write_text("## Eén «dag»\n\n  Trailing  \n\n\n```\n:::\n```\nno newline at the end")
    source, _ = read_course(tmp_path / "one", "first-steps")
    pictures = {picture.name: picture.content for picture in source.pictures.values()}
    write_course(tmp_path / "two/first-steps", source.as_document(), picture=pictures.__getitem__)
    again, faults = read_course(tmp_path / "two", "first-steps")
    assert faults == []
    assert checksum(document_of(again)) == checksum(document_of(source))


def test_an_existing_folder_is_never_overwritten(tmp_path):
    folder = a_course_folder(tmp_path)
    source, _ = read_course(tmp_path, "first-steps")
    with pytest.raises(FileExistsError):
        write_course(folder, source.as_document(), picture=lambda _name: b"")


def test_only_folders_that_could_be_courses_are_taken_for_courses(tmp_path):
    for name in ("b-course", "a-course", "schema", ".git"):
        (tmp_path / name).mkdir()
    (tmp_path / "README.md").write_text("x")
    assert course_folders(tmp_path) == ["a-course", "b-course"]


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ("course.yaml", "first-steps/course.yaml: This file is missing."),
        ("CHANGES.md", "first-steps/CHANGES.md: This file is missing."),
        ("beginning/module.yaml", "first-steps/beginning/module.yaml: This file is missing."),
        ("beginning/quiz.yaml", "first-steps/beginning/quiz.yaml: This file is missing."),
        ("beginning/the-door.nl.md", "first-steps/beginning/the-door.nl.md: This file is missing."),
    ],
)
def test_a_missing_file_is_named(tmp_path, missing, said):
    folder = a_course_folder(tmp_path)
    (folder / missing).unlink()
    assert said in faults_of(tmp_path)


def test_a_lesson_that_nobody_listed_is_named(tmp_path):
    folder = a_course_folder(tmp_path)
    (folder / "beginning/forgotten.en.md").write_text("## Hello")
    (folder / "stray").mkdir()
    assert faults_of(tmp_path) == [
        "first-steps/beginning/forgotten.en.md: Nothing names this. List it in the YAML file beside it, or remove it.",
        "first-steps/stray: Nothing names this. List it in the YAML file beside it, or remove it.",
    ]


def test_every_fault_is_told_at_once(tmp_path):
    folder = a_course_folder(tmp_path)
    change_yaml(folder / "course.yaml", lambda data: data.update(level="master", pass_mark=101, title={"en": "x"}))
    (folder / "beginning/quiz.yaml").write_text("items: [")
    (folder / "beginning/the-door.en.md").write_bytes(b"\xff")
    (folder / "img/door.svg").write_text("<svg onload='x'>")
    said = "\n".join(faults_of(tmp_path))
    for words in (
        "“level” must be one of these: enthusiast",
        "“pass_mark” must be at most 100",
        "“nl” is missing in “title”",
        "door.svg: A drawing begins with",
        "quiz.yaml:1: This is not YAML",
        "the-door.en.md:1: This is not UTF-8",
    ):
        assert words in said


def test_links_in_a_course_are_not_followed(tmp_path):
    """A course that somebody sends cannot read other files of this machine."""
    folder = a_course_folder(tmp_path)
    secret = tmp_path.parent / "secret.md"
    secret.write_text("secret")
    (folder / "beginning/the-door.en.md").unlink()
    (folder / "beginning/the-door.en.md").symlink_to(secret)
    assert any("symbolic link" in fault for fault in faults_of(tmp_path))


@pytest.mark.parametrize("name", ["../outside", "/etc", "beginning/../../x", "Beginning", ".hidden"])
def test_a_module_cannot_stand_outside_the_course(tmp_path, name):
    folder = a_course_folder(tmp_path)
    change_yaml(folder / "course.yaml", lambda data: data.update(modules=[name]))
    assert any("“modules[1]” is not as it should be" in fault for fault in faults_of(tmp_path))


@pytest.mark.parametrize("spoiled", ["course.yaml", "CHANGES.md", "beginning/module.yaml", "beginning/quiz.yaml", "beginning/the-door.en.md"])
def test_a_file_of_a_megabyte_is_refused_in_a_sentence(tmp_path, spoiled):
    """T75: huge input is refused before it is read."""
    folder = a_course_folder(tmp_path)
    (folder / spoiled).write_text("a: b\n" * 200_000)
    assert any("larger than" in fault for fault in faults_of(tmp_path))


def test_a_picture_of_another_kind_is_refused(tmp_path):
    folder = a_course_folder(tmp_path)
    (folder / "img/run.html").write_text("<script>")
    assert any("run.html: Pictures are of one of these kinds" in fault for fault in faults_of(tmp_path))
