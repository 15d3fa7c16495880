"""The learner's whole way, as the pages offer it: enrol, read, take the quiz, hold the certificate."""

import re

from app.learning.models import Attempt, Certificate
from tests.factories.learners import right_answers
from tests.factories.learning import a_course, a_lesson_document, a_module_document, an_item_document


def two_lessons():
    lessons = [a_lesson_document(name="one"), a_lesson_document(name="two")]
    return [a_module_document(lessons=lessons, items=[an_item_document(objective=f"o{number}", stem=f"Question {number}?") for number in range(3)])]


def test_from_the_catalogue_to_the_certificate(browser, cast, session, run_jobs, letters):
    course = a_course(session, slug="principles", modules=two_lessons(), questions=2)
    ada = browser(cast.ada)
    assert "Not begun" in ada.visit("/learn/").text
    page = ada.visit("/learn/principles")
    answer = ada.submit(page, action="/enrolments")
    assert answer.headers["Location"].endswith("/learn/principles/one")
    page = ada.visit("/learn/principles/one")
    assert "You are enrolled" in page.text
    answer = ada.submit(page, action="/one/done")
    assert answer.headers["Location"].endswith("/learn/principles/two")
    assert "1 of 2 lessons" in ada.visit("/learn/").text
    answer = ada.submit(ada.visit("/learn/principles/two"), action="/two/done")
    assert answer.headers["Location"].endswith("/learn/principles#quiz")
    answer = ada.submit(ada.visit("/learn/principles"), action="/learn/principles/attempts")
    place = answer.headers["Location"]
    assert place.endswith("/1")
    attempt = session.query(Attempt).one()
    for number, chosen in right_answers(attempt, course).items():
        page = ada.visit(place)
        assert f"{number} / 2" in page.text
        answer = ada.submit(page, action=f"/{number}", chosen=chosen)
        place = answer.headers["Location"]
    page = ada.visit(place)
    assert "2 of 2 answered" in page.text
    assert page.find("dialog") is None
    answer = ada.submit(page, action="/submission")
    page = ada.visit(answer.headers["Location"])
    assert "Passed" in page.text
    assert "Because a" in page.text
    assert "Because b" not in page.text
    link = page.find("a", href=re.compile("/learn/certificates/"))["href"]
    page = ada.visit(link)
    assert "Ada de Wit" in page.h1.text
    certificate = session.query(Certificate).one()
    assert "Passed until" in ada.visit("/learn/").text
    page = browser().visit(f"/verify/{certificate.code}")
    assert "real and valid" in page.text
    assert ada.get(f"{link}/certificate.pdf").mimetype == "application/pdf"
    run_jobs()
    (letter,) = letters()
    assert "Enthusiast" in letter
    assert f"/learn/certificates/{certificate.uuid}" in letter
