"""The page an employee lands on."""

from datetime import datetime, timedelta

from app.core.clock import now
from app.core.kept import forget_everything
from app.learning.models import LessonDone
from tests.factories.insight import a_certificate, a_time
from tests.factories.learners import an_attempt
from tests.factories.learning import a_course, a_lesson_document, a_module_document
from tests.factories.library import an_edition
from tests.support.clock import today
from tests.support.statements import counting_statements


def two_lessons():
    """A module of two lessons."""
    return [a_module_document(lessons=[a_lesson_document(name="one"), a_lesson_document(name="two")])]


def read(session, enrolment, course, count, at=None):
    """Read the first lessons of a course."""
    for lesson in course.document.lessons[:count]:
        session.add(LessonDone(enrolment_id=enrolment.id, lesson_uuid=lesson.uuid, done_at=at or now()))
    session.commit()


def the_card(page):
    """Title, words and address of the large card."""
    found = page.select_one(".card")
    return found.h2.get_text(strip=True), found.get_text(" ", strip=True), found.select_one("a.btn")["href"]


def test_whoever_is_new_is_offered_the_first_course_of_the_path(browser, cast, session):
    a_course(session, slug="later", place=60)
    a_course(session, slug="first", place=1)
    title, words, href = the_card(browser(cast.ada).visit("/"))
    assert (title, href) == ("First", "/learn/first")
    assert "Begin" in words


def test_whoever_stopped_goes_on_at_the_next_lesson_in_one_tap(browser, cast, session):
    course = a_course(session, modules=two_lessons())
    read(session, a_time(session, person=cast.ada, course=course), course, 1)
    page = browser(cast.ada).visit("/")
    title, words, href = the_card(page)
    assert (title, href) == ("Two", "/learn/principles/two")
    assert "Lesson 2 of 2" in words
    assert page.select_one("progress")["value"] == "50"


def test_when_all_is_read_the_quiz_is_next(browser, cast, session):
    course = a_course(session, modules=two_lessons())
    read(session, a_time(session, person=cast.ada, course=course), course, 2)
    title, words, href = the_card(browser(cast.ada).visit("/"))
    assert (title, href) == ("Principles", "/learn/principles")
    assert "To the quiz" in words


def test_whoever_stopped_in_the_quiz_goes_on_in_it_in_one_tap(browser, cast, session):
    course = a_course(session, modules=two_lessons())
    time = a_time(session, person=cast.ada, course=course)
    read(session, time, course, 2)
    attempt = an_attempt(session, enrolment=time, course=course)
    title, words, href = the_card(browser(cast.ada).visit("/"))
    assert (title, href) == ("Principles", f"/learn/principles/attempts/{attempt.uuid}/next")
    assert "Go on with the quiz" in words


def failed(session, cast, minutes_ago, **more):
    """Ada, whose attempt failed so long ago, and who waits an hour for the next."""
    course = a_course(session, modules=two_lessons(), cooldown_minutes=60)
    time = a_time(session, person=cast.ada, course=course)
    read(session, time, course, 2)
    at = now() - timedelta(minutes=minutes_ago)
    return [an_attempt(session, enrolment=time, course=course, state="submitted", score=50, passed=False, submitted_at=at, at=at), time, course]


def test_after_a_failed_attempt_the_card_says_when_the_quiz_opens_and_what_is_worth_reading_until_then(browser, cast, session):
    attempt, *_rest = failed(session, cast, 15)
    ada = browser(cast.ada)
    title, words, href = the_card(ada.visit("/"))
    assert (title, href) == ("Principles", f"/learn/principles/attempts/{attempt.uuid}#again")
    assert "The quiz opens again in 45 minutes" in words
    assert "To the quiz" not in words
    again = ada.visit(href).find(id="again")
    assert [link.get_text() for link in again.find_next("ul").select("a")] == ["One", "Two"]


def test_when_the_break_is_over_or_an_attempt_is_open_the_card_leads_to_the_quiz(browser, cast, session):
    _attempt, time, course = failed(session, cast, 61)
    ada = browser(cast.ada)
    assert "To the quiz" in the_card(ada.visit("/"))[1]
    an_attempt(session, enrolment=time, course=course, number=2, at=now())
    words = the_card(ada.visit("/"))[1]
    assert "Go on with the quiz" in words
    assert "opens again" not in words


def test_the_card_shows_the_picture_of_a_course_that_has_one(browser, cast, session):
    course = a_course(session, cover="/learn/media/door.svg")
    ada = browser(cast.ada)
    assert ada.visit("/").select_one(".card-picture img")["src"] == "/learn/media/door.svg"
    a_time(session, person=cast.ada, course=course)
    assert ada.visit("/").select_one(".card-picture img")["src"] == "/learn/media/door.svg"
    a_time(session, person=cast.mallory, course=a_course(session, slug="plain"))
    assert browser(cast.mallory).visit("/").select_one(".card-picture svg")


def test_the_course_last_worked_on_is_the_one(browser, cast, session):
    old, new = a_course(session, slug="old", modules=two_lessons()), a_course(session, slug="new", modules=two_lessons())
    read(session, a_time(session, person=cast.ada, course=old), old, 1, at=now())
    read(session, a_time(session, person=cast.ada, course=new), new, 1, at=now() - timedelta(days=1))
    assert the_card(browser(cast.ada).visit("/"))[2] == "/learn/old/two"


def test_a_mandatory_course_says_why_and_by_when(browser, cast, session):
    course = a_course(session, level="spokesperson")
    a_time(session, person=cast.sanne, course=course, due_on=today() + timedelta(days=5))
    words = the_card(browser(cast.sanne).visit("/"))[1]
    assert "because you speak through an official channel" in words
    assert "Please finish it by" in words


def test_a_late_duty_says_so(browser, cast, session):
    a_time(session, person=cast.sanne, course=a_course(session, level="spokesperson"), due_on=today() - timedelta(days=5))
    assert "It was due on" in the_card(browser(cast.sanne).visit("/"))[1]


def test_when_everything_is_done_the_page_is_calm_and_points_to_what_is_worth_sharing(browser, cast, session):
    a_time(session, person=cast.ada, course=a_course(session), completed_on=today())
    a_certificate(session, person=cast.ada, expires_on=today() + timedelta(days=365))
    an_edition(session, author=cast.grace, slug="laptops")
    title, _words, href = the_card(browser(cast.ada).visit("/"))
    assert (title, href) == ("You are up to date", "/library/")


def test_three_stories_at_most_and_only_those_open_for_the_person(browser, cast, session):
    """T22: a draft, a story to come, one that is over and one for others shine through nowhere."""
    a_course(session)
    for number in range(4):
        an_edition(session, author=cast.grace, slug=f"open-{number}", title={"en": f"Open {number}"})
    hidden = {"closes_at": now() - timedelta(days=1)}, {"opens_at": now() + timedelta(days=1)}, {"withdrawn_at": now()}
    for number, more in enumerate(hidden):
        an_edition(session, author=cast.grace, slug=f"canary-{number}", title={"en": f"Canary {number}"}, **more)
    page = browser(cast.ada).visit("/")
    assert len(page.select("#worth ~ *, section[aria-labelledby=worth] .row")) >= 3
    assert len(page.select("section[aria-labelledby=worth] .row")) == 3
    assert "Canary" not in page.text


def test_the_path_shows_what_is_reached_and_what_is_next(browser, cast, session):
    done, missing = a_course(session), a_course(session, slug="more", level="professional")
    a_time(session, person=cast.ada, course=done, completed_on=today())
    a_certificate(session, person=cast.ada, expires_on=today() + timedelta(days=365))
    page = browser(cast.ada).visit("/")
    assert [step["class"][0] for step in page.select(".path li")] == ["path-done", "path-current"]
    assert page.select_one(".path-current a")["href"] == f"/learn/{missing.slug}"


def test_the_end_of_the_path_says_so_and_what_to_do_until_there_is_more(browser, cast, session):
    a_time(session, person=cast.ada, course=a_course(session), completed_on=today())
    a_certificate(session, person=cast.ada, expires_on=today() + timedelta(days=365))
    level = browser(cast.ada).visit("/").select_one("section[aria-labelledby=level]")
    assert "There is no further course yet." in level.text
    links = [link["href"] for link in level.select("p a")]
    assert links == ["/library/", "/learn/"]
    for href in links:
        browser(cast.ada).visit(href)
    a_course(session, slug="more", level="professional")
    assert "no further course" not in browser(cast.ada).visit("/").text


def test_nobody_sees_the_progress_of_somebody_else(browser, cast, session):
    course = a_course(session, modules=two_lessons())
    read(session, a_time(session, person=cast.mallory, course=course), course, 1)
    assert "Lesson 2" not in browser(cast.ada).visit("/").text


def test_the_page_is_small_and_costs_two_statements_whatever_there_is(browser, cast, session):
    course = a_course(session, modules=two_lessons())
    read(session, a_time(session, person=cast.ada, course=course), course, 1)
    an_edition(session, author=cast.grace, slug="laptops")
    ada = browser(cast.ada)
    ada.get("/")
    with counting_statements() as few:
        ada.get("/")
    for number in range(6):
        a_time(session, person=cast.ada, course=a_course(session, slug=f"course-{number}"), completed_on=today())
        an_edition(session, author=cast.grace, slug=f"story-{number}")
    ada.get("/")
    with counting_statements() as many:
        answer = ada.get("/")
    assert len(few) == len(many) <= 2
    assert max(len(statement) for statement in many) <= 4_096  # a longer one is read anew by the driver each time
    assert len(answer.data) <= 40_000


def test_a_stranger_signs_in_first(browser):
    assert browser().get("/").headers["Location"].startswith("/sign-in")


def test_the_page_speaks_dutch(browser, cast, session):
    a_course(session)
    cast.ada.locale = "nl"
    session.commit()
    page = browser(cast.ada).visit("/")
    assert page.h1.text.strip() == "Dag Ada"
    assert the_card(page)[0] == "Principles (nl)"


def test_a_search_finds_lessons_and_open_stories_by_other_forms_of_a_word(browser, cast, session):
    a_course(session, modules=[a_module_document(lessons=[a_lesson_document(name="telling-stories"), a_lesson_document(name="silence")])])
    an_edition(session, author=cast.grace, slug="laptops", title={"en": "Laptops tell stories"})
    page = browser(cast.ada).visit("/search?q=story")
    assert [link["href"] for link in page.select(".row-title a")] == ["/learn/principles/telling-stories", "/library/laptops"]


def test_a_search_finds_nothing_that_is_hidden(browser, cast, session):
    """T22: closed, future, withdrawn and other people's stories, and retired courses."""
    from app.people.rules import Audience

    a_course(session)
    at: datetime = now()
    for number, more in enumerate(
        ({"closes_at": at - timedelta(days=1)}, {"opens_at": at + timedelta(days=1)}, {"withdrawn_at": at}, {"audience": Audience(countries=("GB",))})
    ):
        an_edition(session, author=cast.grace, slug=f"hidden-{number}", title={"en": f"Canary number {number}"}, **more)
    page = browser(cast.ada).visit("/search?q=canary")
    assert "Nothing found" in page.text
    assert page.select(".row-title a") == []
    assert len(browser(cast.mallory).visit("/search?q=canary").select(".row-title a")) == 1


def test_a_search_survives_whatever_is_typed(browser, cast, session):
    """T50, T52: what was typed comes back as text."""
    a_course(session)
    for typed in ("", "   ", "<script>alert(1)</script>", "{{7*7}}", "%00", "é" * 300, "'", "\u202e"):
        page = browser(cast.ada).get("/search", query_string={"q": typed})
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert "49" not in page.text.partition("<main")[2] or "7*7" not in typed


def test_a_search_costs_three_statements_and_reads_documents_once(browser, cast, session):
    a_course(session)
    an_edition(session, author=cast.grace, slug="laptops")
    forget_everything()
    ada = browser(cast.ada)
    ada.get("/search?q=laptops")
    with counting_statements() as sent:
        ada.get("/search?q=laptops")
    assert len(sent) == 3


def test_lessons_and_stories_are_found_from_home_and_from_the_catalogue(browser, cast, session):
    a_course(session)
    for path in ("/", "/learn/"):
        assert browser(cast.ada).visit(path).select_one("form[role=search]")["action"] == "/search"


def test_a_revoked_certificate_shows_on_the_path(browser, cast, session):
    a_time(session, person=cast.ada, course=a_course(session), completed_on=today())
    a_certificate(session, person=cast.ada, expires_on=today() + timedelta(days=365), revoked_at=now())
    ada = browser(cast.ada)
    assert "without a certificate that counts" in ada.visit("/").text
    assert "without a certificate that counts" in ada.visit("/learn/").text
