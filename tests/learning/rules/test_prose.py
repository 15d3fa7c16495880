"""What can be wrong with the text of a lesson, at which line, and what an author is told."""

import pytest

from app.learning.rules.prose import lesson_faults, reading_minutes
from tests.factories.course_folder import LESSON

PICTURES = {"img/door.svg"}


def faults_of(text):
    return [(fault.line, fault.sentence) for fault in lesson_faults("a.en.md", text, pictures=PICTURES)]


def test_a_sound_lesson_has_no_fault():
    assert faults_of(LESSON) == []


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "empty"),
        ("# Title", 1, "Begin with ##"),
        ("## A\n#### B", 2, "skips a step"),
        ("### A", 1, "skips a step"),
        ("##### A", 1, "Headings go"),
        ("text\n## ", 2, "is empty"),
        ("a\n:::card Title\ntext", 2, "never closed"),
        ("a\n:::", 2, "close nothing"),
        (":::card\nx\n:::", 1, "a title"),
        (":::reveal\nx\n:::", 1, "a title"),
        (":::note x\ny\n:::", 1, "no directive"),
        (":::choice best x\ny\n:::", 1, "inside a scenario"),
        ("::::scenario\nx\n:::choice good x\ny\n:::\n::::", 3, "best, fair or poor"),
        ("::::scenario\nx\n:::choice best\ny\n:::\n:::choice poor z\n:::\n::::", 3, "what one would choose"),
        ("::::scenario\nx\n:::choice best x\ny\n:::\n::::", 1, "two choices"),
        ("::::scenario\nx\n:::choice poor x\n:::\n:::choice fair x\n:::\n::::", 1, "one of them best"),
        (":::card A\n:::card B\nx\n:::\n:::", 2, "fewer colons"),
        ("::::card A\nx\n:::", 3, "opens with 4"),
        ("Fact.[^a]", 1, "written nowhere"),
        ("x\n\n[^a]: Source.", 3, "used nowhere"),
        ("Fact.[^a]\n\n[^a]: One.\n[^a]: Two.", 4, "second time"),
        ("![](../img/door.svg)", 1, "alt text"),
        ("![A](../img/window.svg)", 1, "There is no picture"),
        ("![A](../../other/img/door.svg)", 1, "There is no picture"),
        ("![A](/etc/passwd)", 1, "There is no picture"),
        ("![A](https://evil.example/pixel.gif)", 1, "There is no picture"),
        ("two\nlines ![A](x.svg)", 2, "There is no picture"),
        ("[](https://example.org)", 1, "no words"),
        ("[x](javascript:alert(1))", 1, "cannot be linked"),
        ("[x](data:text/html,x)", 1, "cannot be linked"),
        ("a\n[x](java&#115;cript:x)", 2, "cannot be linked"),
    ],
)
def test_each_fault_is_named_at_its_line(text, line, words):
    assert any(found == line and words in sentence for found, sentence in faults_of(text)), faults_of(text)


@pytest.mark.parametrize("text", ["```\n:::card\n[^x]\n# no heading\n```", "~~~~\n:::\n~~~\n:::\n~~~~", "Write `:::` and `[^a]` so."])
def test_what_stands_in_code_is_not_judged(text):
    assert faults_of(text) == []


def test_what_is_closed_within_code_stays_open():
    assert "never closed" in faults_of("a\n:::card T\n```\n:::\n```")[0][1]


@pytest.mark.parametrize(("words", "least", "most"), [(10, 1, 3), (1600, 5, 35), (640, 2, 15)])
def test_reading_takes_an_honest_time(words, least, most):
    assert reading_minutes("word " * words) == (least, most)
