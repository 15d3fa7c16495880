"""Persons by name: what HR may see of whom, and that it says why first."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from sqlalchemy import select

from app.core.clock import now
from app.insight.presenters.words import place_name
from app.insight.queries.persons import PAGE
from app.learning.models import Attempt, Course
from app.people.models import AuditEntry, Look
from app.web.i18n import speaking
from tests.factories.insight import a_certificate, a_time
from tests.factories.learning import a_course, a_course_document, a_version
from tests.factories.people import BEGINNING, a_department, a_grant, a_person
from tests.support.clock import today
from tests.support.statements import counting_statements


def names(page):
    """The people of a list."""
    return [link.get_text(strip=True) for link in page.select("tbody th a")]


def canaries(session, cast):
    """Everybody who must not be found by name: began, paused, left, failed and lapsed of their own choice, or never came."""
    course = a_course(session)
    for name, time in {
        "Canary Began": {"done": 1},
        "Canary Paused": {"state": "paused"},
        "Canary Stopped": {"state": "left"},
        "Canary Lapsed": {"completed_on": today() - timedelta(days=400), "expires_on": today() - timedelta(days=35)},
    }.items():
        a_time(session, person=a_person(session, name=name, department=cast.sales), course=course, **time)
    failed = a_time(session, person=a_person(session, name="Canary Failed", department=cast.sales), course=course)
    session.add(
        Attempt(
            enrolment_id=failed.id, number=1, version_id=course.version_id, paper=[], state="submitted", started_at=BEGINNING, score=37, passed=False
        )
    )
    a_person(session, name="Canary Absent", department=cast.sales)
    a_time(session, person=cast.ada, course=course, completed_on=today())
    session.commit()


@pytest.mark.parametrize(
    "query",
    ["", "?course=principles", "?status=started", "?status=waiting", "?status=started&courses=voluntary", "?courses=voluntary", "?status=overdue"],
)
def test_by_name_hr_sees_of_free_choice_only_what_was_completed(browser, cast, session, query):
    """P2: who started, stopped, failed or never came stands in no list and no export."""
    canaries(session, cast)
    hr = browser(cast.hedy)
    page = hr.visit(f"/hr/people{query}")
    export = hr.post("/hr/people.csv", {"view": query}).get_data(as_text=True)
    assert "Canary" not in page.text + export
    assert names(page) == (["Ada de Wit"] if "status" not in query else [])


@pytest.mark.parametrize(
    ("department", "country", "language", "said"),
    [
        ("Germany", "DE", "en", "Germany"),
        ("Germany", "DE", "nl", "Germany"),
        ("Duitsland", "DE", "en", "Duitsland"),
        ("Germany", "AT", "en", "Germany, Austria"),
        ("Sales", "BE", "nl", "Sales, België"),
        ("Sales", "", "en", "Sales"),
        (None, "BE", "en", "Belgium"),
        (None, "", "en", ""),
    ],
)
def test_a_department_named_after_its_country_says_so_once(app, department, country, language, said):
    with app.test_request_context(), speaking(language):
        assert place_name(department, country) == said


def test_a_list_of_a_department_named_after_its_country_says_so_once(browser, cast, session):
    germany = a_department(session, slug="germany", name="Germany")
    a_time(session, person=a_person(session, name="Uwe", department=germany, country="DE"), course=a_course(session), completed_on=today())
    page = browser(cast.hedy).visit("/hr/people?department=germany&country=DE")
    assert page.text.count("Germany") == 2, "once in the sentence, once beside the only person"


def test_mandatory_courses_are_listed_by_name_with_where_they_stand(browser, cast, session):
    """P4: named mandatory status inside HR's scope."""
    course = a_course(session, level="spokesperson")
    for name, time in {
        "A Done": {"completed_on": today(), "due_on": today()},
        "B Going": {"done": 1, "due_on": today() + timedelta(days=3)},
        "C Idle": {"due_on": today()},
        "D Late": {"due_on": today() - timedelta(days=1)},
    }.items():
        a_time(session, person=a_person(session, name=name, department=cast.sales), course=course, **time)
    hr = browser(cast.hedy)
    page = hr.visit("/hr/people")
    assert [badge.get_text(strip=True) for badge in page.select("tbody .badge")] == ["Done", "In progress", "Not started", "Overdue"]
    for status, expected in (("completed", ["A Done"]), ("started", ["B Going"]), ("waiting", ["C Idle", "D Late"]), ("overdue", ["D Late"])):
        assert names(hr.visit(f"/hr/people?status={status}")) == expected


def test_a_scoped_hr_finds_nobody_else(browser, cast, session):
    """T19: list, record and export hold only the subtree, and the rest looks like what does not exist."""
    course = a_course(session)
    scoped = a_person(session, name="Hanna Scoped", department=cast.sales)
    a_grant(session, person=scoped, role="hr", department=cast.sales)
    below = a_person(session, name="Near Below", department=a_department(session, slug="below", parent=cast.sales))
    sibling = a_person(session, name="Far Sibling", department=a_department(session, slug="sales-like"))
    for person in (below, sibling, cast.mallory):
        a_time(session, person=person, course=course, completed_on=today())
        a_certificate(session, person=person, expires_on=today())
    hr = browser(scoped)
    assert names(hr.visit("/hr/people")) == ["Near Below"]
    assert names(hr.visit("/hr/lapsing")) == ["Near Below"]
    assert names(hr.visit("/hr/certificates")) == ["Near Below"]
    assert names(hr.visit("/hr/certificates?q=Mallory")) == []
    exported = "".join(hr.post(f"/hr/{name}.csv", {"view": ""}).get_data(as_text=True) for name in ("people", "lapsing", "completion"))
    assert "Near Below" in exported
    assert not any(word in exported for word in ("Mallory", "Far Sibling", "Research"))
    for path in (f"/hr/people/{cast.mallory.uuid}", f"/hr/people/{cast.mallory.uuid}/why"):
        assert hr.get(path).status_code == 404
        assert hr.get(path).data == hr.get(path.replace(cast.mallory.uuid, "absent")).data
    assert hr.post(f"/hr/people/{cast.mallory.uuid}/why", {"purpose": "audit"}).status_code == 404
    assert session.scalars(select(Look)).all() == []


def test_long_lists_come_in_pages_that_neither_repeat_nor_lose_anybody(browser, cast, session):
    course = a_course(session)
    for number in range(PAGE + 5):
        a_time(
            session,
            person=a_person(session, name=f"Twin {number % 3}", email=f"t{number}@x.example", department=cast.sales),
            course=course,
            completed_on=today(),
        )
    hr = browser(cast.hedy)
    with counting_statements() as sent:
        first = hr.visit("/hr/people")
    second = hr.visit(first.select_one("[rel=next]")["href"])
    assert (len(names(first)), len(names(second))) == (PAGE, 5)
    assert len({link["href"] for page in (first, second) for link in page.select("tbody th a")}) == PAGE + 5
    assert len(sent) <= 5


def test_before_a_record_opens_hr_says_why_and_the_person_can_read_it(browser, cast, session):
    """P3: role, day and purpose, in the audit log as well; a GET writes nothing."""
    hr, path = browser(cast.hedy), f"/hr/people/{cast.ada.uuid}"
    assert hr.get(path).headers["Location"] == f"{path}/why"
    assert session.scalars(select(Look)).all() == []
    page = hr.visit(f"{path}/why")
    assert hr.submit(page).status_code == 422
    answer = hr.submit(page, purpose="audit")
    assert (answer.status_code, answer.headers["Location"]) == (303, path)
    session.rollback()
    (look,) = session.scalars(select(Look))
    assert (look.subject_id, look.viewer_id, look.role, look.purpose) == (cast.ada.id, cast.hedy.id, "hr", "audit")
    (entry,) = session.scalars(select(AuditEntry).where(AuditEntry.action == "record_opened"))
    assert (entry.actor_id, entry.object_id, entry.reason) == (cast.hedy.id, cast.ada.uuid, "audit")
    hr.visit(path)
    look.day -= timedelta(days=1)
    session.commit()
    assert hr.get(path).status_code == 303


def test_a_record_tells_what_was_completed_and_nothing_of_how(browser, cast, session):
    """P1, P2: no score, answer, try, minute or hour; nothing begun by free choice."""
    course, begun = a_course(session), a_course(session, slug="canary-begun")
    passed = a_time(session, person=cast.ada, course=course, completed_on=today() - timedelta(days=400), expires_on=today() - timedelta(days=35))
    session.add(
        Attempt(
            enrolment_id=passed.id, number=7, version_id=course.version_id, paper=[], state="submitted", started_at=BEGINNING, score=83, passed=True
        )
    )
    a_time(session, person=cast.ada, course=begun, done=3)
    certificate = a_certificate(session, person=cast.ada, expires_on=today())
    hr, path = browser(cast.hedy), f"/hr/people/{cast.ada.uuid}"
    hr.post(f"{path}/why", {"purpose": "question"})
    page = hr.visit(path)
    assert "Principles" in page.text
    assert "lapsed" in page.text
    assert certificate.code in page.text
    assert not any(canary in page.text for canary in ("83", "Canary-begun", "Canary begun", "09:00", "9:00"))


@pytest.mark.parametrize("after", ["x", ".", "x.y", "x.99999999999999999999", "%27.1", "a.1"])
def test_a_page_mark_that_nobody_gave_begins_anew(browser, cast, session, after):
    """T55."""
    a_time(session, person=cast.ada, course=a_course(session), completed_on=today())
    assert names(browser(cast.hedy).visit(f"/hr/people?after={after}")) == ["Ada de Wit"]


def test_what_lapses_stands_by_month_and_name_unless_it_was_renewed(browser, cast, session):
    course = a_course(session, level="spokesperson")
    a_certificate(session, person=cast.ada, expires_on=today() + timedelta(days=20))
    a_certificate(session, person=cast.linus, expires_on=today() + timedelta(days=20))
    a_certificate(session, person=cast.linus, ordinal=2, expires_on=today() + timedelta(days=385))
    a_time(
        session, person=cast.sanne, course=course, completed_on=today() - timedelta(days=320), due_on=today(), expires_on=today() + timedelta(days=45)
    )
    a_time(session, person=cast.grace, course=course, completed_on=today() - timedelta(days=320), expires_on=today() + timedelta(days=45))
    hr = browser(cast.hedy)
    assert names(hr.visit("/hr/lapsing")) == ["Ada de Wit"]
    assert names(hr.visit("/hr/lapsing?days=60")) == ["Ada de Wit", "Sanne Vos"]
    chips = [chip.get_text(strip=True) for chip in hr.visit("/hr/lapsing?days=60").select(".chip")]
    assert chips == ["30 days: 1", "60 days: 2", "90 days: 2"]


def test_certificates_are_found_by_name_code_and_state(browser, cast, session):
    valid = a_certificate(session, person=cast.ada, expires_on=today())
    a_certificate(session, person=cast.linus, expires_on=today() - timedelta(days=1))
    a_certificate(session, person=cast.grace, expires_on=today(), revoked_at=now())
    hr = browser(cast.hedy)
    for query, expected in (
        ("?q=de wit", ["Ada de Wit"]),
        (f"?q={valid.code}", ["Ada de Wit"]),
        (f"?q={valid.code[:5]}", []),
        ("?q=%25", []),
        ("?state=expired", ["Linus Berg"]),
        ("?state=revoked", ["Grace van Dijk"]),
        ("?state=valid", ["Ada de Wit"]),
    ):
        assert names(hr.visit(f"/hr/certificates{query}")) == expected, query


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("sova", ["Élodie Šovánka"]),
        ("ŠOVÁNKA elo", ["Élodie Šovánka"]),
        ("so", ["Élodie Šovánka", "Emil Sovereign"]),
        ("sovereign@meridian.example", ["Emil Sovereign"]),
        ("ovanka", []),
        ("%", []),
        ("nobody@meridian.example", []),
        (" ", ["Ada de Wit", "Élodie Šovánka", "Emil Sovereign"]),
    ],
)
def test_hr_finds_people_by_the_words_of_their_names(browser, cast, session, asked, expected):
    course = a_course(session)
    for person in (
        cast.ada,
        a_person(session, name="Élodie Šovánka", department=cast.sales),
        a_person(session, name="Emil Sovereign", email="sovereign@meridian.example", department=cast.sales),
    ):
        a_time(session, person=person, course=course, completed_on=today())
    session.commit()
    assert sorted(names(browser(cast.hedy).visit(f"/hr/people?{urlencode({'q': asked})}"))) == sorted(expected)


def test_a_search_finds_nobody_whom_the_list_would_not_show(browser, cast, session):
    """P2, P4, T19: not who came or stayed away of their own choice, not who works elsewhere; and what is not told looks like nobody."""
    canaries(session, cast)
    scoped = a_person(session, name="Hanna Scoped", department=cast.sales)
    a_grant(session, person=scoped, role="hr", department=cast.sales)
    a_time(session, person=cast.mallory, course=a_course(session, slug="elsewhere"), completed_on=today())
    hr = browser(scoped)
    unknown = hr.visit("/hr/people?q=Unheard")
    for name in ("Canary", cast.mallory.name, cast.mallory.email):
        page = hr.visit(f"/hr/people?{urlencode({'q': name})}")
        assert names(page) == []
        assert page.select_one(".empty").get_text() == unknown.select_one(".empty").get_text()
        assert hr.post("/hr/people.csv", {"view": f"?{urlencode({'q': name})}"}).get_data(as_text=True).count("\n") == 1


def test_a_search_goes_along_with_the_other_filters(browser, cast, session):
    course = a_course(session)
    for number in range(PAGE + 2):
        person = a_person(session, name=f"Twin {number:02}", email=f"t{number}@x.example", department=cast.sales)
        a_time(session, person=person, course=course, completed_on=today())
    a_time(session, person=cast.ada, course=course, completed_on=today())
    hr = browser(cast.hedy)
    with counting_statements() as sent:
        page = hr.visit("/hr/people?q=twin&course=principles&status=completed&country=NL")
    assert len(sent) <= 5
    assert len(names(page)) == PAGE
    assert page.select_one("[data-search]")["value"] == "twin"
    for link in page.select(".chip, [rel=next]"):
        assert "q=twin" in link["href"]
        assert "course=principles" in link["href"]
    hidden = {field["name"]: field["value"] for field in page.select("form.search [type=hidden]")}
    assert hidden == {"course": "principles", "status": "completed", "country": "NL"}
    assert page.select_one("form.sentence-form [name=q]")["value"] == "twin"
    assert names(hr.visit(page.select_one("[rel=next]")["href"])) == ["Twin 50", "Twin 51"]
    nobody = hr.visit("/hr/people?q=unheard&course=principles")
    assert names(hr.visit(nobody.select_one(".empty a")["href"]))[0] == "Ada de Wit"


def test_an_export_of_a_search_leaves_the_name_out_of_the_audit_log(browser, cast, session):
    """RELIABILITY 3d: the filter of every export, and personal values only as digests."""
    a_time(session, person=cast.ada, course=a_course(session), completed_on=today())
    hr = browser(cast.hedy)
    assert "Ada de Wit" in hr.post("/hr/people.csv", {"view": "?q=ada&course=principles"}).get_data(as_text=True)
    session.rollback()
    reason = session.scalars(select(AuditEntry.reason).where(AuditEntry.action == "export_begun")).one()
    assert "course=principles" in reason
    assert "q=" in reason
    assert "ada" not in reason


@pytest.mark.parametrize("path", ["/hr/completion", "/hr/lapsing"])
def test_what_counts_is_not_narrowed_to_a_name(browser, cast, path):
    """P8: a name in the address of a count changes nothing."""
    hr = browser(cast.hedy)
    assert hr.visit(f"{path}?q=ada").select_one("main").get_text() == hr.visit(path).select_one("main").get_text()


@pytest.mark.parametrize("path", ["/hr/people", "/hr/certificates"])
def test_one_letter_finds_nobody_and_the_page_says_how_many_it_takes(browser, cast, session, path):
    """L0: a tenth of everybody begins with one letter; a sign that writes a whole word is enough by itself."""
    course, wang = a_course(session), a_person(session, name="王", email="wang@meridian.example", department=cast.sales)
    for person in (cast.ada, wang):
        a_time(session, person=person, course=course, completed_on=today())
        a_certificate(session, person=person, expires_on=today())
    hr = browser(cast.hedy)
    page = hr.visit(f"{path}?q=a")
    assert page.select("tbody tr") == []
    assert "Type two letters or more" in page.main.text
    assert len(hr.visit(f"{path}?q=ad").select("tbody tr")) == 1
    assert len(hr.visit(f"{path}?q=王").select("tbody tr")) == 1
    assert "Type two letters" not in hr.visit(f"{path}?q=zz").main.text


def test_a_version_is_called_by_the_number_that_its_author_gave_it(browser, cast, session):
    """Decision 0020: list, record and file say what the certificate says, however often the course was published."""
    document = a_course_document(version=4, mandatory_for=["spokesperson"])
    course = a_course(session, document=document)
    a_time(session, person=cast.ada, course=course, completed_on=today())
    a_time(session, person=cast.sanne, course=course, completed_on=today(), due_on=today())
    a_version(session, course=session.get(Course, course.id), document={**document, "version": 5}, number=2)
    hr = browser(cast.hedy)
    assert "version 4" in hr.visit("/hr/people").main.text
    exported = hr.post("/hr/people.csv", {"view": ""}).get_data(as_text=True)
    assert [line.split(",")[8] for line in exported.splitlines()] == ["Version", "4", "4"]
    for person in (cast.ada, cast.sanne):
        hr.post(f"/hr/people/{person.uuid}/why", {"purpose": "audit"})
        record = hr.visit(f"/hr/people/{person.uuid}")
        assert record.select("table")[-1].select("tbody td")[0].text == "4"
