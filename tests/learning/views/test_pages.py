"""What the learning room's pages show, to whom, and what they cost."""

from datetime import date

import pytest
import time_machine

from app.core.kept import forget_everything
from app.learning.models import Course
from tests.conftest import NOON
from tests.factories.learners import a_certificate, a_lesson_done, a_reader, an_answer, an_attempt, an_enrolment
from tests.factories.learning import a_course, a_course_document, a_lesson_document, a_module_document, a_version
from tests.factories.playbooks import a_policy
from tests.support.holdings import columns_without_words
from tests.support.statements import counting_statements

ABSENT = "00000000-0000-4000-8000-000000000000"


@pytest.fixture(autouse=True)
def noon():
    """It is noon on the day of the tests."""
    with time_machine.travel(NOON, tick=False):
        yield


def three_lessons():
    return [a_module_document(lessons=[a_lesson_document(name=name, html=f"<p>Text of {name}.</p>") for name in ("one", "two", "three")])]


def test_the_catalogue_is_a_path_of_levels(browser, cast, session):
    a_course(session)
    a_course(session, slug="tone", level="professional")
    page = browser(cast.ada).visit("/learn/")
    assert [heading.text for heading in page.find_all("h2")] == ["Enthusiast", "Professional", "Spokesperson"]
    assert page.find(class_="stage-current").h2.text == "Enthusiast"
    assert "10 minutes · Everybody" in page.text
    assert "will appear here" in page.text


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"state": "paused"}, "Paused"),
        ({"state": "left"}, "Not begun"),
        ({"state": "completed"}, "Passed until 31 December 2099"),
        ({"state": "completed", "expires_on": date(2026, 12, 24)}, "Renew before 24 December 2026"),
        ({"state": "completed", "expires_on": date(2026, 11, 22)}, "Expired on 22 November 2026"),
        ({"mandatory_role": "spokesperson", "due_on": date(2026, 12, 1)}, "Due by 1 December 2026, because you speak through an official channel"),
        ({"mandatory_role": "spokesperson", "due_on": date(2026, 11, 1)}, "Was due by 1 November 2026"),
    ],
)
def test_the_catalogue_says_how_far_one_is(browser, cast, session, more, said):
    an_enrolment(session, person=cast.ada, course=a_course(session), **more)
    assert said in browser(cast.ada).visit("/learn/").text.replace("\xa0", " ")
    browser(cast.ada).visit("/learn/principles")
    assert said not in browser(cast.mallory).visit("/learn/").text or said == "Not begun"


def test_lessons_done_are_counted_in_the_version_that_is_ones_own(browser, cast, session):
    course = a_course(session, modules=three_lessons())
    enrolment = an_enrolment(session, person=cast.ada, course=course)
    a_lesson_done(session, enrolment=enrolment, uuid=course.document.lessons[0].uuid)
    a_version(session, course=session.get(Course, course.id), document=a_course_document(uuid=course.uuid, version=2), number=2)
    assert "1 of 3 lessons" in browser(cast.ada).visit("/learn/").text
    page = browser(cast.ada).visit("/learn/principles")
    assert "There is a newer version" in page.text
    assert "your pass counts the same" in page.text
    assert "newer version" not in browser(cast.mallory).visit("/learn/principles").text


@pytest.mark.parametrize(
    ("state", "deeds"),
    [
        (None, {"enrolments"}),
        ("open", {"pause", "departure"}),
        ("paused", {"return", "departure"}),
        ("left", {"enrolments"}),
        ("completed", set()),
    ],
)
def test_the_course_page_offers_what_can_be_done_now(browser, cast, session, state, deeds):
    course = a_course(session)
    if state:
        an_enrolment(session, person=cast.ada, course=course, state=state)
    page = browser(cast.ada).visit("/learn/principles")
    assert {form["action"].rsplit("/", 1)[1] for form in page.find_all("form")} == deeds


def onward(page):
    """Where the page of a passed course leads, the nearest first."""
    return [(link.get_text(strip=True), link["href"]) for link in page.select(".course-now a.btn")]


def test_a_passed_course_leads_on_to_the_next_of_its_level(browser, cast, session):
    a_course(session, slug="later", level="professional")
    an_enrolment(session, person=cast.ada, course=a_course(session), state="completed")
    a_course(session, slug="tone", place=60, minutes=25)
    page = browser(cast.ada).visit("/learn/principles")
    assert onward(page) == [("On to the next course", "/learn/tone")]
    assert "Tone · 25 minutes" in page.text


def test_a_level_that_is_reached_leads_on_to_the_next_one_its_certificate_and_what_may_be_shared(browser, cast, session):
    a_policy(session)
    an_enrolment(session, person=cast.ada, course=a_course(session), state="completed")
    a_course(session, slug="later", level="professional")
    certificate = a_certificate(session, person=cast.ada)
    assert onward(browser(cast.ada).visit("/learn/principles")) == [
        ("On to the next course", "/learn/later"),
        ("See your certificate", f"/learn/certificates/{certificate.uuid}"),
        ("See what is worth sharing", "/library/"),
    ]


def test_a_passed_course_that_is_to_be_renewed_says_that_first_and_a_duty_of_others_is_no_next_step(browser, cast, session):
    an_enrolment(session, person=cast.ada, course=a_course(session), state="completed", expires_on=date(2026, 12, 24))
    a_course(session, slug="on-air", level="spokesperson")
    certificate = a_certificate(session, person=cast.ada)
    page = browser(cast.ada).visit("/learn/principles")
    assert [form["action"] for form in page.select(".course-now form")] == ["/learn/principles/enrolments"]
    assert onward(page) == [("See your certificate", f"/learn/certificates/{certificate.uuid}")]


def test_during_the_break_the_course_page_offers_what_to_read_again(browser, cast, session):
    course = a_course(session, cooldown_minutes=60)
    enrolment = a_reader(session, person=cast.ada, course=course)
    attempt = an_attempt(session, enrolment=enrolment, course=course, state="submitted", score=0, passed=False, submitted_at=NOON)
    page = browser(cast.ada).visit("/learn/principles")
    assert "You can try again in 60 minutes." in page.select_one(".course-now").text
    assert "Ready" not in page.main.text, "nobody is ready for what is closed"
    assert "Every lesson is read" in page.select_one(".course-now").text
    assert onward(page) == [("See what to read again", f"/learn/principles/attempts/{attempt.uuid}#again")]


@pytest.mark.parametrize(("deed", "said"), [("pause", "Paused."), ("departure", "You left the course"), ("enrolments", "You are enrolled")])
def test_each_deed_says_what_happened(browser, cast, session, deed, said):
    course = a_course(session)
    if deed != "enrolments":
        an_enrolment(session, person=cast.ada, course=course)
    ada = browser(cast.ada)
    answer = ada.post(f"/learn/principles/{deed}")
    assert answer.status_code == 303
    assert said in ada.visit(answer.headers["Location"]).text


def test_a_duty_cannot_be_left_and_the_page_says_why(browser, cast, session):
    an_enrolment(session, person=cast.ada, course=a_course(session), mandatory_role="hub", due_on=date(2026, 12, 1))
    ada = browser(cast.ada)
    assert "Leave this course" not in ada.visit("/learn/principles").text
    answer = ada.post("/learn/principles/departure")
    assert "you cannot leave it" in ada.visit(answer.headers["Location"]).text


@pytest.mark.parametrize("deed", ["enrolments", "pause", "return", "departure", "attempts", "one/done"])
def test_a_deed_that_carries_a_field_is_refused(browser, cast, session, deed):
    """T21: nothing is taken over from fields that no form has."""
    an_enrolment(session, person=cast.ada, course=a_course(session, modules=three_lessons()))
    assert browser(cast.ada).post(f"/learn/principles/{deed}", {"state": "completed", "person_id": "1"}).status_code == 422


def test_everybody_may_read_every_lesson_without_enrolling(browser, cast, session):
    a_course(session, modules=three_lessons())
    page = browser(cast.ada).visit("/learn/principles/two")
    assert "Text of two." in page.text
    assert "reading along" in page.text
    assert page.find("a", rel="prev")["href"].endswith("/one")
    assert page.find("a", rel="next")["href"].endswith("/three")


def test_a_lesson_speaks_the_readers_language(browser, session, cast):
    a_course(session)
    cast.ada.locale = "nl"
    session.commit()
    page = browser(cast.ada).visit("/learn/principles/first-words")
    assert page.html["lang"] == "nl"
    assert page.h1.text == "First words (nl)"


@pytest.mark.parametrize("path", ["/learn/nothing", "/learn/nothing/one", "/learn/principles/nothing", "/learn/principles/attempts/x"])
def test_what_is_not_there_is_not_found(browser, cast, session, path):
    a_course(session)
    browser(cast.ada).visit(path, status=404)


def test_a_lesson_that_did_not_change_costs_a_304(browser, cast, session):
    course = a_course(session, modules=three_lessons())
    enrolment = an_enrolment(session, person=cast.ada, course=course)
    ada = browser(cast.ada)
    ada.visit("/learn/principles/one")
    first = ada.get("/learn/principles/one")
    tag = first.headers["ETag"]
    assert not tag.startswith("W/")
    assert first.headers["Cache-Control"] == "private, no-cache"
    again = ada.get("/learn/principles/one", headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    a_lesson_done(session, enrolment=enrolment, uuid=course.document.lessons[0].uuid)
    assert ada.get("/learn/principles/one", headers={"If-None-Match": tag}).status_code == 200
    assert browser(cast.mallory).get("/learn/principles/one", headers={"If-None-Match": tag}).status_code == 200


def test_a_page_with_a_message_is_not_kept(browser, cast, session):
    a_course(session, modules=three_lessons())
    ada = browser(cast.ada)
    ada.visit("/learn/principles/one")
    answer = ada.post("/learn/principles/enrolments")
    page = ada.get(answer.headers["Location"])
    assert "You are enrolled" in page.text
    assert "ETag" not in page.headers


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/learn/", 4),
        ("/learn/principles", 3),
        ("/learn/passed", 6),
        ("/learn/principles/one", 3),
        ("attempt", 4),
        ("question", 4),
        ("certificate", 2),
    ],
)
def test_pages_cost_a_fixed_number_of_statements(browser, cast, session, path, most):
    course = a_course(session, modules=three_lessons())
    for number in range(4):
        an_enrolment(session, person=cast.ada, course=a_course(session, slug=f"more-{number}"))
    an_enrolment(session, person=cast.ada, course=a_course(session, slug="passed"), state="completed")
    attempt = an_attempt(session, enrolment=a_reader(session, person=cast.ada, course=course), course=course)
    certificate = a_certificate(session, person=cast.ada)
    sitting = f"/learn/principles/attempts/{attempt.uuid}"
    path = {"attempt": sitting, "question": f"{sitting}/1", "certificate": f"/learn/certificates/{certificate.uuid}"}.get(path, path)
    ada = browser(cast.ada)
    ada.visit(path)
    with counting_statements() as sent:
        ada.get(path)
    assert len(sent) <= most, "\n".join(sent)


def test_an_answer_costs_four_statements_at_most(browser, cast, session):
    course = a_course(session)
    attempt = an_attempt(session, enrolment=a_reader(session, person=cast.ada, course=course), course=course)
    ada, place = browser(cast.ada), f"/learn/principles/attempts/{attempt.uuid}/1"
    chosen = {"chosen": attempt.paper[0]["options"][0][0]}
    ada.post(place, chosen)
    with counting_statements() as sent:
        assert ada.post(place, chosen).status_code == 303
    assert len(sent) <= 4, "\n".join(sent)


def test_the_first_reading_fetches_each_document_once(browser, cast, session):
    a_course(session, modules=three_lessons())
    ada = browser(cast.ada)
    ada.visit("/learn/principles/one")
    forget_everything()
    with counting_statements() as sent:
        ada.get("/learn/principles/one")
    assert len(sent) == 3


PRIVATE = ["/learn/principles/attempts/{attempt}", "/learn/principles/attempts/{attempt}/1", "/learn/certificates/{certificate}"]
PRIVATE += ["/learn/certificates/{certificate}/certificate.pdf"]


@pytest.mark.parametrize("path", PRIVATE)
def test_what_is_ones_own_is_absent_for_everybody_else(browser, cast, session, path):
    """T15, T23, P2: another's attempt and certificate answer like what does not exist, whoever asks; a stranger is asked to sign in."""
    course = a_course(session)
    attempt = an_attempt(session, enrolment=a_reader(session, person=cast.ada, course=course), course=course)
    certificate = a_certificate(session, person=cast.ada)
    real = path.format(attempt=attempt.uuid, certificate=certificate.uuid)
    assert browser(cast.ada).get(real).status_code == 200
    assert browser().get(real).status_code == 303
    for name, person in cast.everybody().items():
        if name != "ada":
            foreign, absent = browser(person).get(real), browser(person).get(path.format(attempt=ABSENT, certificate=ABSENT))
            assert (foreign.status_code, foreign.data) == (404, absent.data), name


def test_attempts_in_the_history_are_ones_own(browser, cast, session):
    """P2: who failed is nobody's business."""
    course = a_course(session)
    enrolment = a_reader(session, person=cast.ada, course=course)
    an_attempt(session, enrolment=enrolment, course=course, state="submitted", score=37, passed=False, submitted_at=NOON)
    assert "37 per cent" in browser(cast.ada).visit("/learn/principles").text
    for person in (cast.linus, cast.hedy, cast.rosa, cast.mallory):
        page = browser(person).visit("/learn/principles").text
        assert "37" not in page
        assert "Attempt 1" not in page


def test_me_shows_my_courses_and_certificates(browser, cast, session):
    """P3: a person sees what is held about them."""
    an_enrolment(session, person=cast.ada, course=a_course(session))
    a_certificate(session, person=cast.ada)
    page = browser(cast.ada).visit("/me")
    assert "My courses" in page.text
    assert "Valid until 31 December 2099" in page.text
    assert "Principles" not in browser(cast.mallory).visit("/me").text


def test_everything_held_about_a_learner_is_listed(browser, cast, session):
    """P3: enrolments, lessons, attempts, answers and certificates stand under Me."""
    course = a_course(session)
    attempt = an_attempt(session, enrolment=a_reader(session, person=cast.ada, course=course), course=course)
    an_answer(session, attempt=attempt, place=1, chosen=["k1", "k2"])
    a_certificate(session, person=cast.ada)
    page = browser(cast.ada).visit("/me/everything").text
    for said in ("Lessons read", "Quiz attempts", "Under way", "k1; k2", "Certificates", "7Kq2mXw9Pb"):
        assert said in page
    assert columns_without_words(browser(cast.ada)) == set()
    assert "7Kq2mXw9Pb" not in browser(cast.mallory).visit("/me/everything").text


def test_what_is_held_says_titles_and_the_archive_keeps_ids_beside_them(browser, cast, session):
    """P3, P21: a lesson is no uuid, a course no slug and a certificate's courses are a sentence, in the reader's language."""
    document = a_course_document(slug="tone", modules=three_lessons())
    document["title"] = {"en": "Find your tone", "nl": "Vind je toon"}
    document["modules"][0]["lessons"][0]["title"] = {"en": "Listen first", "nl": "Eerst luisteren"}
    course = a_course(session, document=document)
    lesson = course.document.lessons[0]
    a_lesson_done(session, enrolment=an_enrolment(session, person=cast.ada, course=course), uuid=lesson.uuid)
    rests_on = [{"uuid": course.uuid, "version": 3, "title": document["title"], "passed_on": "2026-05-03"}]
    a_certificate(session, person=cast.ada, courses=rests_on)
    ada = browser(cast.ada)
    page = ada.visit("/me/everything").text
    assert "Listen first" in page
    assert "Find your tone, version 3, passed on 3 May 2026" in page
    assert lesson.uuid not in page
    assert course.uuid not in page
    cast.ada.locale = "nl"
    session.commit()
    page = ada.visit("/me/everything").text
    assert "Eerst luisteren" in page
    assert "Vind je toon, versie 3, geslaagd op 3 mei 2026" in page
    rows = [row for holding in ada.get("/me/everything.json").json for row in holding["rows"]]
    (read,) = [row for row in rows if "lesson" in row]
    assert (read["lesson"], read["lesson_name"]) == (lesson.uuid, "Eerst luisteren")
    assert (read["course"], read["course_name"]) == ("tone", "Vind je toon")
    (held,) = [row for row in rows if "code" in row]
    assert held["courses"] == rests_on


def test_everything_held_costs_the_same_however_much_was_read(browser, cast, session):
    """L0."""

    def cost():
        forget_everything()
        with counting_statements() as sent:
            browser(cast.ada).visit("/me/everything")
        return len(sent)

    def take(number):
        course = a_course(session, document=a_course_document(slug=f"course-{number}", modules=three_lessons()))
        a_reader(session, person=cast.ada, course=course)

    take(0)
    once = cost()
    for number in range(1, 6):
        take(number)
    assert cost() == once
