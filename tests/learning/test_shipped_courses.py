"""The courses that come with the application: sound, and the same after a journey out and in again."""

import re

import pytest

from app.core.authored import checksum
from app.core.markup import sanitize
from app.learning.adapters.folder import SHIPPED, course_folders, read_course, write_course
from app.learning.rules.checking import course_faults, shared_id_faults
from app.learning.rules.document import course_from
from app.learning.rules.rendering import document_of
from app.sharing.rules.disclosure import own_disclosure

SLUGS = course_folders(SHIPPED)
BEST = re.compile(r"^:+choice best (.*)$", re.MULTILINE)
OPENING = re.compile("[\u201c\u2018]([^\u201c\u201d\u2018\u2019]*Meridian[^\u201c\u201d\u2018\u2019]*)")
"""Words between quotation marks that name the company of the courses."""


def shipped(slug):
    source, faults = read_course(SHIPPED, slug)
    assert [str(fault) for fault in faults] == []
    return source


def test_the_shipped_courses_are_there():
    assert {"social-media-principles", "in-your-own-words"} <= set(SLUGS)


@pytest.mark.parametrize("slug", SLUGS)
def test_a_shipped_course_has_no_fault(slug):
    assert [str(fault) for fault in course_faults(shipped(slug))] == []


def test_the_shipped_courses_share_no_id():
    assert [str(fault) for fault in shared_id_faults([shipped(slug) for slug in SLUGS])] == []


@pytest.mark.parametrize("slug", SLUGS)
def test_a_shipped_course_comes_back_as_it_was(slug, tmp_path):
    source = shipped(slug)
    pictures = {picture.name: picture.content for picture in source.pictures.values()}
    write_course(tmp_path / slug, source.as_document(), picture=pictures.__getitem__)
    again, faults = read_course(tmp_path, slug)
    assert [str(fault) for fault in faults] == []
    assert checksum(document_of(again)) == checksum(document_of(source))


@pytest.mark.parametrize("slug", SLUGS)
def test_every_lesson_is_clean_and_has_what_its_directives_promise(slug):
    source = shipped(slug)
    for lesson in course_from(document_of(source)).lessons:
        for html in lesson.html.values():
            assert sanitize(html) == html
            assert ":::" not in html
            assert "[^" not in html


@pytest.mark.parametrize("slug", SLUGS)
def test_a_shipped_course_keeps_the_promise_of_its_length(slug):
    """Five to eight lessons that respect a busy reader, twenty questions or more, each option with its reason, a scenario."""
    course = course_from(document_of(shipped(slug)))
    assert 5 <= len(course.lessons) <= 8
    assert len(course.items) >= 20
    assert all(option.feedback[language] for item in course.items for option in item.options for language in ("en", "nl"))
    assert any('class="scenario"' in lesson.html["en"] for lesson in course.lessons)


@pytest.mark.parametrize("slug", SLUGS)
def test_no_answer_that_we_call_right_would_get_our_sentence_before_it(slug):
    """A learner who writes what the course praises must not meet a product that did not hear who is talking."""
    modules = shipped(slug).modules
    praised = [line for module in modules for text in module.texts.values() for line in BEST.findall(text)]
    options = [option for module in modules for item in module.quiz.data["items"] for option in item["options"]]
    praised += [text for option in options if option["correct"] for text in option["text"].values()]
    openings = [opening for line in praised for opening in OPENING.findall(line)]
    assert openings
    assert [opening for opening in openings if not own_disclosure(opening, "Meridian")] == []
