"""People from a file."""

import io
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from app.core.clock import now
from app.people.actions import importing
from app.people.actions.auditing import broken_link
from app.people.jobs import tidy
from app.people.models import AuditEntry, AuditHead, Person, Upload
from tests.factories.people import a_department, a_grant, a_person

HEAD = "email,name,department,country,language,manager\n"


def bring(browser, run_jobs, content, name="people.csv"):
    answer = browser.post("/admin/import", {"file": (io.BytesIO(content), name)}, content_type="multipart/form-data")
    if answer.status_code != 303:
        return answer, None
    run_jobs()
    return answer, answer.headers["Location"]


def test_a_file_is_shown_first_and_taken_over_on_a_word(browser, cast, session, run_jobs, letters):
    a_department(session, slug="care")
    a_person(session, name="Old Name", email="old@meridian.example")
    rosa = browser(cast.rosa)
    rosa.visit("/admin/import")
    rows = "boss@meridian.example,Bea Boss,care,NL,nl,\nnew@meridian.example,Nia New,care,BE,nl,boss@meridian.example\nold@meridian.example,New Name,care,NL,en,boss@meridian.example\n"
    _, place = bring(rosa, run_jobs, (HEAD + rows).encode())
    page = rosa.visit(place)
    assert "Nothing has happened yet" in page.get_text()
    assert session.query(Person).filter_by(name="Nia New").count() == 0
    assert rosa.submit(page, "/confirm").status_code == 303
    run_jobs()
    assert "is imported" in rosa.visit(place).get_text()
    nia = session.query(Person).filter_by(name="Nia New").one()
    assert session.get(Person, nia.manager_id).name == "Bea Boss"
    assert session.query(Person).filter_by(email_key="old@meridian.example").one().name == "New Name"
    assert len(letters()) == 2


KEPT = ("job_title", "country", "locale", "timezone", "manager_id", "department_id")


def test_what_a_file_has_no_column_for_stays_as_it_is(browser, cast, session, run_jobs):
    """T54: a list of addresses and names is no order to empty everything else."""
    care, facts = a_department(session, slug="care"), {"job_title": "Nurse", "country": "BE", "locale": "nl", "timezone": "Asia/Kathmandu"}
    noor = a_person(session, name="Noor Ali", department=care, manager=cast.linus, **facts)
    before, rosa = {name: getattr(noor, name) for name in KEPT}, browser(cast.rosa)
    _, place = bring(rosa, run_jobs, f"email,name\n{noor.email},Noor Ali-Bos\nnew@meridian.example,Nia New\n".encode())
    assert rosa.submit(rosa.visit(place), "/confirm").status_code == 303
    run_jobs()
    session.expire_all()
    assert noor.name == "Noor Ali-Bos"
    assert {name: getattr(noor, name) for name in KEPT} == before
    nia = session.query(Person).filter_by(name="Nia New").one()
    assert (nia.locale, nia.timezone, nia.job_title) == ("en", "Europe/Amsterdam", "")


def test_an_empty_cell_empties_what_may_be_empty(browser, cast, session, run_jobs):
    """T54: the column is there, so the file says that there is none."""
    care, facts = a_department(session, slug="care"), {"job_title": "Nurse", "country": "BE", "locale": "nl", "timezone": "Asia/Kathmandu"}
    noor, rosa = a_person(session, name="Noor Ali", department=care, manager=cast.linus, **facts), browser(cast.rosa)
    _, place = bring(rosa, run_jobs, f"{','.join(importing.COLUMNS)}\n{noor.email},Noor Ali,,,,,,\n".encode())
    assert rosa.submit(rosa.visit(place), "/confirm").status_code == 303
    run_jobs()
    session.expire_all()
    assert [getattr(noor, name) for name in KEPT] == ["", "", "nl", "Asia/Kathmandu", cast.linus.id, None]


def test_an_administrator_of_a_department_need_not_say_which_for_who_is_in_it(browser, cast, session, run_jobs):
    """T20, T54."""
    care, boss = a_department(session, slug="care"), a_person(session, name="Cara Boss")
    a_grant(session, person=boss, role="admin", department=care)
    noor, cara = a_person(session, name="Noor Ali", department=care), browser(boss)
    _, place = bring(cara, run_jobs, f"email,name\n{noor.email},Noor Ali-Bos\n".encode())
    assert cara.submit(cara.visit(place), "/confirm").status_code == 303
    run_jobs()
    session.expire_all()
    assert (noor.name, noor.department_id) == ("Noor Ali-Bos", care.id)


def test_one_wrong_row_stops_the_whole_file_and_is_named(browser, cast, session, run_jobs):
    """T54: per-row errors, all or nothing."""
    rows = "a@meridian.example,Ann,,NL,en,\nnot-an-address,Bob,,NL,en,\nc@meridian.example,Cy,nowhere,NL,en,\na@MERIDIAN.example,Twin,,NL,en,\nd@meridian.example,Dee,,NL,xx,\n"
    rosa = browser(cast.rosa)
    _, place = bring(rosa, run_jobs, (HEAD + rows).encode())
    page = rosa.visit(place)
    text = page.get_text(" ", strip=True)
    assert "Nothing was imported" in text
    assert "No department is called “nowhere”" in text
    assert "Row 2 has the same address" in text
    where = [[cell.get_text() for cell in row.find_all("td")[:2]] for row in page.select("tbody tr")]
    assert where == [["3", "email"], ["4", "department"], ["5", ""], ["6", "language"]]
    assert "To add" in text
    assert "Added" not in text, "nothing was"
    assert session.query(Person).filter_by(name="Ann").count() == 0
    assert rosa.post(f"{place}/confirm").status_code == 409


def wrong_rows(page):
    """The table of what to put right: number, whose, column, sentence."""
    found = []
    for row in page.select("tbody tr"):
        number, column, text = row.find_all("td")
        whose = text.small.extract().get_text()
        found.append([number.get_text(), whose, column.get_text(), text.get_text()])
    return found


def test_a_department_is_taken_by_its_name_its_way_or_its_short_name(browser, cast, session, run_jobs):
    """As every page and every export of ours writes it."""
    sales = a_department(session, slug="sales-nl", name="Verkoop & Café")
    care = a_department(session, slug="care-nl", name="Care", parent=sales)
    a_department(session, slug="care-be", name="Care")
    written = ("Verkoop & Café", " verkoop & CAFÉ ", "sales-nl", "SALES-NL", "Verkoop & Café / Care", "care-nl", "")
    rows = "".join(f"p{number}@meridian.example,P{number},{name},NL,en,\n" for number, name in enumerate(written))
    rosa = browser(cast.rosa)
    _, place = bring(rosa, run_jobs, (HEAD + rows).encode())
    rosa.submit(rosa.visit(place), "/confirm")
    run_jobs()
    found = [session.query(Person).filter_by(name=f"P{number}").one().department_id for number in range(len(written))]
    assert found == [*[sales.id] * 4, care.id, care.id, None]


def test_a_department_that_is_not_known_or_not_the_only_one_is_told_with_what_to_write(browser, cast, session, run_jobs):
    for slug in ("care-be", "care-nl"):
        a_department(session, slug=slug, name="Care")
    rosa = browser(cast.rosa)
    _, place = bring(rosa, run_jobs, f"{HEAD}a@meridian.example,Ann,Slaes,NL,en,\nb@meridian.example,Bob,care,NL,en,\n".encode())
    assert wrong_rows(rosa.visit(place)) == [
        [
            *("2", "Ann", "department"),
            "No department is called “Slaes”. Write a name such as Care or a short name such as care-be, or add the department first.",
        ],
        ["3", "Bob", "department", "Several departments are called “care”. Write the short name of the one you mean: care-be, care-nl."],
    ]
    assert "by its name or by its short name" in rosa.visit("/admin/import").get_text()


def test_of_two_departments_of_one_name_an_administrator_means_their_own(browser, cast, session, run_jobs):
    """T18: and what stands outside is refused, by whatever name."""
    local = a_person(session, name="Local Admin", department=cast.sales)
    a_grant(session, person=local, role="admin", department=cast.sales)
    inside = a_department(session, slug="care-sales", name="Care", parent=cast.sales)
    a_department(session, slug="care-research", name="Care", parent=cast.research)
    theirs = browser(local)
    _, place = bring(theirs, run_jobs, f"{HEAD}a@meridian.example,Ann,Care,NL,en,\n".encode())
    theirs.submit(theirs.visit(place), "/confirm")
    run_jobs()
    assert session.query(Person).filter_by(name="Ann").one().department_id == inside.id
    _, place = bring(theirs, run_jobs, f"{HEAD}b@meridian.example,Bob,Research,NL,en,\nc@meridian.example,Cy,Somewhere,NL,en,\n".encode())
    rows = wrong_rows(theirs.visit(place))
    assert rows[0][3] == "Choose a department that you administer."
    assert "such as Sales" in rows[1][3]


def test_everything_that_is_wrong_with_a_row_is_told_at_once_and_whose_row_it_is(browser, cast, session, run_jobs):
    a_department(session, slug="care")
    rows = (
        "nobody,Ann,Moon,??,xx,ghost@meridian.example\n"
        "b@meridian.example,,care,NL,en,\n"
        "c@meridian.example,Cy,care,NL,en,b@meridian.example\n"
        "d@meridian.example,Dee,care,NL,en,ghost@meridian.example\n"
        "d@meridian.example,Dee,moon,NL,en,\n"
    )
    rosa = browser(cast.rosa)
    _, place = bring(rosa, run_jobs, (HEAD + rows).encode())
    page = rosa.visit(place)
    assert [row[:3] for row in wrong_rows(page)] == [
        *(["2", "Ann", column] for column in ("email", "department", "country", "language", "manager")),
        ["3", "b@meridian.example", "name"],
        ["5", "Dee", "manager"],
        ["6", "Dee", ""],
        ["6", "Dee", "department"],
    ]
    wrong = page.select_one(".stats").get_text(" ", strip=True)
    assert wrong.endswith("Wrong rows 4") or "4" in wrong


def test_a_file_of_nothing_but_wrong_rows_makes_a_small_page(browser, cast, session, run_jobs):
    """LOOK: HTML ≤ 40 kB, and one number for how much there is to do."""
    name = "W" * 190
    rows = "".join(f"{name}{number},{name},{name},{name},{name},{name}\n" for number in range(400))
    rosa = browser(cast.rosa)
    _, place = bring(rosa, run_jobs, (HEAD + rows).encode())
    page = rosa.visit(place)
    assert "400" in page.select_one(".stats").get_text()
    assert "more to put right further down" in page.get_text()
    assert len(rosa.get(place).data) <= 40_000


def test_a_country_that_is_none_is_refused_by_its_row(browser, cast, session, run_jobs):
    """T54: codes that look like countries, and the mistake that people make most."""
    codes = ("NL", "ZZ", "EU", "un", "001", "UK", "Netherlands", "<b>", "")
    rows = "".join(f"p{number}@meridian.example,P{number},,{code},en,\n" for number, code in enumerate(codes))
    rosa = browser(cast.rosa)
    _, place = bring(rosa, run_jobs, (HEAD + rows).encode())
    found = wrong_rows(rosa.visit(place))
    assert [row[:3] for row in found] == [[str(number), f"P{number - 2}", "country"] for number in range(3, 10)]
    assert [row[3].split("”")[0] for row in found] == ["“ZZ", "“EU", "“UN", "“001", "“UK", "“NETHERLANDS", "“<B>"]
    assert all("such as NL, or GB for the United Kingdom" in row[3] for row in found)
    session.execute(update(Person).where(Person.id == cast.rosa.id).values(locale="nl"))
    session.commit()
    assert "is geen land" in rosa.visit(place).text
    assert session.query(Person).filter_by(name="P0").count() == 0


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_files_of_common_spreadsheets_are_read(browser, cast, session, run_jobs, encoding):
    rosa = browser(cast.rosa)
    _, place = bring(rosa, run_jobs, "email;name\nzoe@meridian.example;Zoë Café\n".encode(encoding))
    rosa.submit(rosa.visit(place), "/confirm")
    run_jobs()
    assert session.query(Person).filter_by(name="Zoë Café").count() == 1


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"email,name\n",
        b"email,name\n\x00,\x00\n",
        b'email,name\n"open,quote\n',
        b"x,y\n1,2\n",
        b"email,name,salary\na@b.nl,A,1\n",
        ("," * 200 + "\n1\n").encode(),
        b"\xff\xfe\x00",
    ],
)
def test_a_file_that_makes_no_sense_gets_a_clear_answer(browser, cast, session, run_jobs, content):
    """T54: BOM, NUL, open quote, too many columns."""
    answer, _ = bring(browser(cast.rosa), run_jobs, content)
    assert answer.status_code == 422
    assert "notice-failed" in answer.text


def test_a_formula_from_an_export_comes_back_as_it_was(browser, cast, session, run_jobs):
    """T53: import restores what the export made safe."""
    rosa = browser(cast.rosa)
    _, place = bring(rosa, run_jobs, b"email,name,job_title\neve@meridian.example,Eve,'=1+1\n")
    rosa.submit(rosa.visit(place), "/confirm")
    run_jobs()
    assert session.query(Person).filter_by(name="Eve").one().job_title == "=1+1"


def test_a_file_is_seen_by_who_brought_it_alone(browser, cast, session, run_jobs):
    _, place = bring(browser(cast.rosa), run_jobs, b"email,name\nzoe@meridian.example,Zoe\n")
    other = a_person(session, name="Other Admin")
    a_grant(session, person=other, role="admin")
    assert browser(other).get(place).status_code == 404


def test_rights_lost_before_the_job_runs_are_lost(browser, cast, session, run_jobs):
    """T18: the rights of now count."""
    rosa = browser(cast.rosa)
    answer = rosa.post(
        "/admin/import", {"file": (io.BytesIO(b"email,name\nzoe@meridian.example,Zoe\n"), "p.csv")}, content_type="multipart/form-data"
    )
    session.query(Person).filter_by(id=cast.rosa.id).update({"status": "left"})
    session.commit()
    run_jobs()
    assert answer.status_code == 303
    assert session.query(Person).filter_by(name="Zoe").count() == 0


def test_nobody_waits_for_the_audit_log_while_a_file_is_tried_or_taken_over(browser, cast, session, run_jobs, monkeypatch):
    """L2 beside L5: signing in writes an entry, and a file of thousands is at work for minutes."""
    seen, add_person = [], importing.add_person

    def watched(db, *args, **more):
        person = add_person(db, *args, **more)
        seen.append((db.scalar(select(AuditHead.hash)), db.query(AuditEntry).filter_by(action="person_added").count()))
        return person

    monkeypatch.setattr(importing, "add_person", watched)
    rosa = browser(cast.rosa)
    _, place = bring(rosa, run_jobs, b"email,name\nann@meridian.example,Ann\nbob@meridian.example,Bob\n")
    rosa.submit(rosa.visit(place), "/confirm")
    run_jobs()
    assert len(seen) == 4
    assert len(set(seen)) == 1
    actions = [*session.scalars(select(AuditEntry.action).order_by(AuditEntry.id))]
    assert actions[-3:] == ["person_added", "person_added", "people_imported"]
    assert broken_link(session) is None


def files(app):
    """Files of people that are kept."""
    return [*app.extensions["storage"].kept_since(importing.FOLDER, before=now() + timedelta(days=1))]


@pytest.mark.parametrize(("row", "state"), [("new@meridian.example,Nia New", "done"), ("no address,Nia New", "refused")])
def test_a_file_of_people_is_kept_until_it_is_taken_over_or_refused(app, browser, cast, session, run_jobs, row, state):  # noqa: PLR0917
    """P19: everybody's names and addresses in one file are not left lying about."""
    rosa = browser(cast.rosa)
    _, place = bring(rosa, run_jobs, f"email,name\n{row}\n".encode())
    if state == "done":
        assert len(files(app)) == 1
        rosa.submit(rosa.visit(place), "/confirm")
        run_jobs()
    assert session.query(Upload).one().state == state
    assert files(app) == []


def test_a_file_that_nobody_asked_for_and_one_that_nobody_knows_are_gone_after_a_day(app, browser, cast, session, run_jobs):
    """P19: of an upload that was given up, and of one that was rolled back; one that a job still waits for stays."""
    rosa, storage = browser(cast.rosa), app.extensions["storage"]
    _, place = bring(rosa, run_jobs, b"email,name\nnew@meridian.example,Nia New\n")
    storage.put(f"{importing.FOLDER}/rolled-back.csv", b"email")
    storage.put("uploads/waiting.csv", b"email")
    session.add(Upload(by_id=cast.rosa.id, file_name="x", storage_key="uploads/waiting.csv", state="queued", created_at=now()))
    session.commit()
    tidy(session, {}, now())()
    assert len(files(app)) == 3
    tidy(session, {}, now() + timedelta(days=1, hours=2))()
    assert files(app) == ["uploads/waiting.csv"]
    session.execute(update(Upload).where(Upload.state == "shown").values(created_at=now() - timedelta(days=1)))
    session.commit()
    rosa = browser(cast.rosa)
    assert "Choose it again" in rosa.visit(place).get_text()
    assert rosa.post(f"{place}/confirm").status_code == 409
