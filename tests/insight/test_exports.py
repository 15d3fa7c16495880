"""Files: safe in any spreadsheet, noted, streamed, two at a time, with the rights of this moment."""

import csv
import io
import time
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.core.clock import now
from app.core.tables import safe_cell
from app.insight.models import ExportSlot
from app.insight.views import exports
from app.learning.models import Enrolment
from app.people.models import AuditEntry, Person, RoleGrant
from tests.factories.insight import a_certificate, a_time, counted
from tests.factories.learning import a_course, in_both
from tests.factories.people import BEGINNING, a_department, a_person
from tests.support.clock import today
from tests.support.spreadsheets import FORMULA
from tests.support.statements import counting_statements

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", '=HYPERLINK("http://x","y")', " =1+1", "Ada;=1+1;", 'Ada";=1+1;"']


def table(answer):
    """The rows of a file, without its head."""
    text = answer.get_data(as_text=True)
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:], newline="")))[1:]


@pytest.mark.parametrize("name", FORMULAS)
def test_no_cell_of_any_file_is_a_formula(browser, cast, session, name):
    """T53: names, departments and courses that begin like a formula arrive as text; numbers stay numbers."""
    course = a_course(session, title=in_both(name), level="spokesperson")
    department = a_department(session, slug="evil", name=name)
    person = a_person(session, name=name, email="evil@x.example", department=department)
    a_time(session, person=person, course=course, completed_on=today(), due_on=today(), expires_on=today() + timedelta(days=5))
    a_certificate(session, person=person, expires_on=today())
    for number in range(9):
        a_time(session, person=a_person(session, name=f"P {number}", department=department), course=course, due_on=today())
    hr = browser(cast.hedy)
    counted(session, now())
    for file in ("people", "lapsing", "completion"):
        rows = table(hr.post(f"/hr/{file}.csv", {"view": ""}))
        cells = [cell for row in rows for cell in row]
        assert safe_cell(name) in cells, file
        assert not any(cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "＝")) for cell in cells), file
        assert not any(FORMULA.search(cell) for cell in cells), file
    (whole,) = [row for row in rows if row[0] == safe_cell(name)]
    assert whole[2] == "10"


def test_a_name_from_right_to_left_is_in_every_file_as_it_is_kept(browser, cast, session):
    """T89: the marks that keep a sentence in order stand on pages and in letters, and never in data."""
    name = "שרה 3"
    course = a_course(session, title=in_both(name), level="spokesperson")
    person = a_person(session, name=name, department=a_department(session, slug="hebrew", name=name))
    a_time(session, person=person, course=course, completed_on=today(), due_on=today(), expires_on=today() + timedelta(days=5))
    counted(session, now())
    for file in ("people", "lapsing", "completion"):
        cells = [cell for row in table(browser(cast.hedy).post(f"/hr/{file}.csv", {"view": ""})) for cell in row]
        assert name in cells, file
        assert not any(mark in cell for cell in cells for mark in "\u2068\u2069"), file


def test_an_export_is_noted_with_its_filter_and_its_rows(browser, cast, session):
    """3d: who exported what, and how much left the house."""
    a_time(session, person=cast.ada, course=a_course(session), completed_on=today())
    hr = browser(cast.hedy)
    page = hr.visit("/hr/people?course=principles")
    answer = hr.submit(page, action="/hr/people.csv")
    assert [row[0] for row in table(answer)] == ["Ada de Wit"]
    assert answer.headers["Content-Disposition"] == f'attachment; filename="people-{today().isoformat()}.csv"'
    session.rollback()
    begun, ended = session.scalars(select(AuditEntry).where(AuditEntry.action.startswith("export_")).order_by(AuditEntry.id))
    assert (begun.actor_id, begun.reason) == (cast.hedy.id, "people ?course=principles")
    assert (ended.result, ended.changes, ended.object_id) == ("ok", {"rows": [0, 1]}, begun.object_id)
    assert session.scalars(select(ExportSlot)).all() == []


def test_a_third_export_at_once_waits(browser, cast, session):
    """3c: two at a time per person; a slot that its server forgot frees itself."""
    hr, path = browser(cast.hedy), "/hr/people.csv"
    running = [hr.post(path, {"view": ""}, buffered=False) for _ in range(2)]
    assert [answer.status_code for answer in running] == [200, 200]
    refused = hr.post(path, {"view": ""})
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "30")
    running[0].close()
    assert hr.post(path, {"view": ""}).status_code == 200
    session.rollback()
    for slot in session.scalars(select(ExportSlot)):
        slot.until = now() - timedelta(seconds=1)
    session.commit()
    running[1].close()


def test_who_is_no_longer_hr_exports_nothing(browser, cast, session):
    """T18: the rights of now."""
    hr = browser(cast.hedy)
    page = hr.visit("/hr/people")
    session.query(RoleGrant).delete()
    session.commit()
    assert hr.submit(page, action="/hr/people.csv").status_code == 404


def test_a_department_out_of_reach_is_not_exported(browser, cast, session):
    """T16, T19."""
    for file in ("people", "lapsing", "completion"):
        assert browser(cast.hedy).post(f"/hr/{file}.csv", {"view": "?department=nowhere"}).status_code == 404


def test_an_export_is_asked_for_with_a_form(browser, cast):
    """A link or a prefetch exports nothing, and the form knows its fields."""
    hr = browser(cast.hedy)
    assert hr.get("/hr/people.csv").status_code == 405
    assert hr.post("/hr/people.csv", {"view": ""}, csrf=False).status_code == 400
    assert hr.post("/hr/people.csv", {"view": "", "rows": "1"}).status_code == 422


def test_an_export_costs_the_same_few_statements_however_long_it_is(browser, cast, session):
    course = a_course(session)
    hr = browser(cast.hedy)
    a_time(session, person=cast.ada, course=course, completed_on=today())
    hr.post("/hr/people.csv", {"view": ""})
    with counting_statements() as few:
        hr.post("/hr/people.csv", {"view": ""})
    for number in range(12):
        a_time(session, person=a_person(session, name=f"P {number}", department=cast.sales), course=course, completed_on=today())
    with counting_statements() as many:
        hr.post("/hr/people.csv", {"view": ""})
    assert len(few) == len(many)


def test_small_groups_stay_empty_in_the_file_too(browser, cast, session):
    """P8."""
    course = a_course(session)
    few = a_department(session, slug="few", name="Few")
    for number in range(4):
        a_time(session, person=a_person(session, name=f"P {number}", department=few), course=course, completed_on=today())
    hr = browser(cast.hedy)
    counted(session, now())
    rows = {row[0]: row[4:] for row in table(hr.post("/hr/completion.csv", {"view": ""}))}
    assert rows["Few"] == ["", "", "", "", ""]


def many_passed(session, count):
    """So many people have passed a course."""
    course = a_course(session)
    facts = {"country": "NL", "locale": "en", "timezone": "UTC", "status": "active", "created_at": BEGINNING}
    people = [Person(name=f"P {n}", name_key=f"p {n}", email=f"{n}@x.example", email_key=f"{n}@x.example", **facts) for n in range(count)]
    session.add_all(people)
    session.flush()
    passed = {"course_id": course.id, "version_id": course.version_id, "state": "completed", "completed_on": today(), "enrolled_at": BEGINNING}
    session.add_all(Enrolment(person_id=person.id, **passed) for person in people)
    session.commit()


def test_a_running_export_keeps_nobody_from_writing(browser, cast, session):
    """L7: while its rows go out, others write; and when its reader hangs up in the middle, that is noted at once."""
    many_passed(session, 600)
    hr, ada = browser(cast.hedy), browser(cast.ada)
    answer = hr.post("/hr/people.csv", {"view": ""}, buffered=False)
    rows = iter(answer.response)
    assert next(rows)
    began = time.monotonic()
    assert ada.post("/learn/principles/enrolments").status_code == 303
    answer.close()
    assert time.monotonic() - began < 4
    session.rollback()
    ended = session.scalars(select(AuditEntry).where(AuditEntry.action == "export_ended")).one()
    assert ended.result == "broken_off"
    assert session.scalars(select(ExportSlot)).all() == []


def test_a_download_ends_where_its_reader_is_let_go(browser, cast, session, monkeypatch):
    """T12: the rest is not sent, and the audit log says that it broke off."""
    block = 550
    monkeypatch.setattr(exports, "BLOCK", block)
    many_passed(session, block + 100)
    hr, rosa = browser(cast.hedy), browser(cast.rosa)
    answer = hr.post("/hr/people.csv", {"view": ""}, buffered=False)
    rows = iter(answer.response)
    sent = next(rows)
    assert rosa.post(f"/admin/people/{cast.hedy.uuid}/deactivate").status_code == 303
    sent += b"".join(rows)
    answer.close()
    assert len(sent.splitlines()) <= block + 1
    session.rollback()
    ended = session.scalars(select(AuditEntry).where(AuditEntry.action == "export_ended")).one()
    assert (ended.result, ended.changes) == ("broken_off", {"rows": [0, block]})
    assert session.scalars(select(ExportSlot)).all() == []
