"""What makes a course whole: each thing spoiled on its own, and what the author is told."""

import uuid

import pytest

from app.learning.adapters.folder import read_course
from app.learning.rules.checking import course_faults, publication_faults, shared_id_faults
from tests.factories.course_folder import a_course_folder, an_item, both, change_yaml

COURSE, MODULE, QUIZ = "course.yaml", "beginning/module.yaml", "beginning/quiz.yaml"


def first_item(data, **more):
    data["items"][0].update(more)


def options(**changes):
    made = an_item()["options"]
    for place, change in changes.items():
        made["abc".index(place)].update(change)
    return made


def sound(root, slug="first-steps"):
    source, faults = read_course(root, slug)
    assert faults == []
    return source


def test_a_sound_course_has_no_fault(tmp_path):
    a_course_folder(tmp_path)
    assert course_faults(sound(tmp_path)) == []
    assert shared_id_faults([sound(tmp_path)]) == []


@pytest.mark.parametrize(
    ("file", "change", "words"),
    [
        (COURSE, lambda data: data["outcomes"]["nl"].append("Vier."), "same number of outcomes; there are 3 in English, 4 in Nederlands"),
        (COURSE, lambda data: data.update(due_days=None), "needs “due_days”"),
        (COURSE, lambda data: data.update(cover="img/window.svg"), "There is no picture “img/window.svg”"),
        (COURSE, lambda data: data.update(questions=3), "An attempt draws 3 questions, and the bank holds 2"),
        (COURSE, lambda data: data.update(minutes=2), "2 minutes do not fit"),
        (COURSE, lambda data: data.update(minutes=90), "90 minutes do not fit"),
        (COURSE, lambda data: data.update(version=2), "There is no heading “## 2”"),
        (MODULE, lambda data: data["lessons"][0].update(minutes=30), "30 minutes for"),
        (QUIZ, lambda data: first_item(data, options=options(b={"correct": True})), "exactly one right option; this one has 2"),
        (QUIZ, lambda data: first_item(data, options=options(a={"correct": False})), "exactly one right option; this one has none"),
        (QUIZ, lambda data: first_item(data, kind="multiple", options=options(a={"correct": False})), "Not one option is right"),
        (QUIZ, lambda data: first_item(data, options=options(b={"id": "a"})), "“a” stands here 2 times"),
        (QUIZ, lambda data: first_item(data, options=options(b={"text": both("option A")})), "Two options say the same (English)"),
        (QUIZ, lambda data: first_item(data, stem=both("See ![x](../img/door.svg)")), "Questions have no pictures"),
        (QUIZ, lambda data: first_item(data, stem=both("See [x](javascript:alert(1))")), "leads nowhere safe"),
    ],
)
def test_each_thing_that_makes_no_sense_is_named(tmp_path, file, change, words):
    folder = a_course_folder(tmp_path)
    change_yaml(folder / file, change)
    found = course_faults(sound(tmp_path))
    assert any(words in fault.sentence for fault in found), found
    assert all(fault.line for fault in found if fault.file.endswith(".yaml"))


@pytest.mark.parametrize("missing", ["**English.** The first version.", "**Nederlands.** De eerste versie."])
def test_each_language_is_told_what_changed(tmp_path, missing):
    folder = a_course_folder(tmp_path)
    changes = folder / "CHANGES.md"
    changes.write_text(changes.read_text().replace(missing, ""))
    assert [fault.sentence for fault in course_faults(sound(tmp_path))] == [f"Under “## 1” a part that begins with {missing.split()[0]} is missing."]


def test_an_id_stands_once_in_all_courses(tmp_path):
    one = a_course_folder(tmp_path)
    a_course_folder(tmp_path, slug="second-steps")
    shared = str(uuid.uuid4())
    change_yaml(one / "course.yaml", lambda data: data.update(uuid=shared))
    change_yaml(tmp_path / "second-steps/beginning/quiz.yaml", lambda data: first_item(data, uuid=shared))
    found = shared_id_faults([sound(tmp_path), sound(tmp_path, "second-steps")])
    assert [(fault.file, fault.line) for fault in found] == [("second-steps/beginning/quiz.yaml", 2)]
    assert "first-steps/course.yaml, line 1" in found[0].sentence


def test_a_lesson_has_its_name_alone_within_the_course(tmp_path):
    folder = a_course_folder(tmp_path)
    change_yaml(folder / MODULE, lambda data: data["lessons"].append({**data["lessons"][0], "uuid": str(uuid.uuid4())}))
    assert ["beginning/the-door has this name" in fault.sentence for fault in shared_id_faults([sound(tmp_path)])] == [True]


def test_what_changed_goes_out_under_a_higher_number(tmp_path):
    folder = a_course_folder(tmp_path)
    before = sound(tmp_path).as_document()
    assert publication_faults(sound(tmp_path), slug="first-steps", version=1, published=before) == []
    change_yaml(folder / COURSE, lambda data: data.update(pass_mark=90))
    found = publication_faults(sound(tmp_path), slug="first-steps", version=1, published=before)
    assert [(fault.line, "Raise the number" in fault.sentence) for fault in found] == [(2, True)]
    change_yaml(folder / COURSE, lambda data: data.update(version=2))
    assert publication_faults(sound(tmp_path), slug="first-steps", version=1, published=before) == []


def test_an_address_never_changes(tmp_path):
    a_course_folder(tmp_path, slug="new-name")
    source = sound(tmp_path, "new-name")
    found = publication_faults(source, slug="old-name", version=1, published=source.as_document())
    assert ["published as “old-name”" in fault.sentence for fault in found] == [True]


@pytest.mark.parametrize("slug", ["media", "certificates"])
def test_a_course_does_not_take_an_address_of_the_house(tmp_path, slug):
    a_course_folder(tmp_path, slug=slug)
    assert ["stands for something else" in fault.sentence for fault in course_faults(sound(tmp_path, slug))] == [True]
