"""A manager's page: the whole line in totals, and nobody in it."""

from datetime import timedelta

from app.learning.models import Attempt
from tests.factories.insight import a_certificate, a_time
from tests.factories.learning import a_course
from tests.factories.people import BEGINNING, a_person
from tests.support.clock import today
from tests.support.statements import counting_statements


def a_line(session, cast, count, *, manager=None):
    """So many people below Linus (or somebody else), Ada among his."""
    return [
        a_person(session, name=f"Canary {number}", email=f"c{number}@x.example", department=cast.sales, manager=manager or cast.linus)
        for number in range(count)
    ]


def words(page):
    """The lines under the bars."""
    return [line.get_text(strip=True) for line in page.select(".progress-line span")]


def test_a_manager_sees_totals_of_the_whole_line_and_no_person(browser, cast, session):
    """P1: never a name, score, try, minute or hour."""
    course, duty = a_course(session), a_course(session, slug="duty", level="spokesperson")
    line = a_line(session, cast, 8)
    line += [a_person(session, name=f"Deeper {n}", department=cast.sales, manager=line[0]) for n in range(6)]
    a_person(session, name="Gone", department=cast.sales, manager=cast.linus, status="left")
    for person in line[:5]:
        a_time(session, person=person, course=course, completed_on=today())
        a_certificate(session, person=person, expires_on=today())
    for person in line[:6]:
        time = a_time(session, person=person, course=duty, due_on=today() - timedelta(days=1) if person is line[0] else today(), done=1)
    session.add(
        Attempt(enrolment_id=time.id, number=1, version_id=duty.version_id, paper=[], state="submitted", started_at=BEGINNING, score=83, passed=False)
    )
    session.commit()
    page = browser(cast.linus).visit("/team")
    assert "14 people" in page.text
    assert words(page) == ["0 of 6 done · 1 overdue", "5 of 14"]
    assert [stat.get_text(strip=True) for stat in page.select(".stat-number")] == ["5"]
    assert not any(canary in page.main.text for canary in ("Canary", "Deeper", "Gone", "83"))
    assert not page.main.find_all("a")


def test_a_pass_that_ran_out_counts_neither_as_passed_nor_for_the_certificate_and_the_page_says_so(browser, cast, session):
    """P1: two courses passed days apart run out days apart; in between their numbers differ, and a manager reads why."""
    first, second = a_course(session), a_course(session, slug="second")
    line = a_line(session, cast, 18)
    for number, person in enumerate(line[:11]):
        over = today() - timedelta(days=1) if number < 3 else today()
        a_time(session, person=person, course=first, completed_on=today() - timedelta(days=365), expires_on=over)
        a_time(session, person=person, course=second, completed_on=today() - timedelta(days=365), expires_on=today() - timedelta(days=number == 0))
        a_certificate(session, person=person, expires_on=over)
    page = browser(cast.linus).visit("/team")
    assert [stat.get_text(strip=True) for stat in page.select(".stat-number")] == ["8"]
    assert words(page) == ["8 of 18", "10 of 18"]
    assert "passed and still valid" in page.text
    assert "expires on a day of its own" in page.text


def test_a_small_team_gets_no_numbers_but_the_reason(browser, cast, session):
    """P8: under five with a duty, under ten by choice."""
    course = a_course(session, level="spokesperson")
    for person in a_line(session, cast, 4):
        a_time(session, person=person, course=course, completed_on=today(), due_on=today())
    page = browser(cast.linus).visit("/team")
    assert words(page) == []
    assert "Too small a team for numbers" in page.text


def test_what_would_give_away_one_by_difference_is_hidden(browser, cast, session):
    """P9: with thirteen of fourteen under a duty, the free number would speak about the one left; all but one name that one."""
    course, nearly = a_course(session, level="spokesperson"), a_course(session, slug="nearly")
    line = a_line(session, cast, 14)
    for person in line[:13]:
        a_time(session, person=person, course=course, due_on=today())
        a_time(session, person=person, course=nearly, completed_on=today())
    page = browser(cast.linus).visit("/team")
    assert words(page) == ["0 of 13 done"]
    assert "left out" in page.text


def test_other_lines_are_not_counted(browser, cast, session):
    """T19: manager A gets nothing of B."""
    course = a_course(session)
    other = a_person(session, name="Other Lead", department=cast.research)
    for person in a_line(session, cast, 20, manager=other):
        a_time(session, person=person, course=course, completed_on=today())
    assert cast.ada.manager_id == cast.linus.id
    page = browser(cast.linus).visit("/team")
    assert "1 person" in page.text
    assert words(page) == []


def test_a_circle_of_managers_ends(browser, cast, session):
    line = a_line(session, cast, 3)
    cast.linus.manager_id = line[0].id
    session.commit()
    assert "3 people" in browser(cast.linus).visit("/team").text


def test_only_who_leads_has_a_team(browser, cast):
    """T15."""
    for name, person in cast.everybody().items():
        assert browser(person).get("/team").status_code == (200 if name == "linus" else 404), name


def test_the_page_costs_four_statements(browser, cast, session):
    a_course(session)
    a_line(session, cast, 12)
    manager = browser(cast.linus)
    manager.get("/team")
    with counting_statements() as sent:
        manager.get("/team")
    assert len(sent) <= 4
