"""Certificates on screen, on paper, and as anybody may verify them."""

import io
from datetime import date

import pytest
import time_machine
from pypdf import PdfReader

from app.core.ids import new_code
from app.learning.queries.certificates import certificate_of_code
from tests.conftest import NOON
from tests.factories.learners import a_certificate
from tests.factories.people import a_person
from tests.learning.rules.test_ornament import modules_of
from tests.support.statements import counting_statements

MARGIN = 85
"""The border of the sheet, in points."""
POLYGLOTS = [
    '<img src="file:///etc/passwd">',
    "<script>alert(1)</script>",
    "{{7*7}}${7*7}<%= 7*7 %>",
    '#image("/etc/passwd")',
    '#read("/etc/passwd") $x^2$ *bold* _it_ `raw` @ref <label> //',
    "=cmd|' /C calc'!A0",
    "Robert'); DROP TABLE learning_certificate;--",
    "\u202eevil\u202c",
    "李小龍 شيرين שרה",
    "Ada " * 60,
]


@pytest.fixture(autouse=True)
def _fresh_limits(app):
    app.extensions["limits"].storage.reset()
    yield
    app.extensions["limits"].storage.reset()


def pdf_text(answer) -> str:
    reader = PdfReader(io.BytesIO(answer.data))
    assert len(reader.pages) == 1
    return " ".join(reader.pages[0].extract_text().split())


@pytest.mark.parametrize(("locale", "said"), [("en", "has reached the level Enthusiast"), ("nl", "heeft het niveau Enthousiast bereikt")])
def test_the_pdf_says_who_reached_what_and_where_to_verify_it(browser, cast, session, locale, said):
    cast.ada.locale = locale
    certificate = a_certificate(session, person=cast.ada)
    answer = browser(cast.ada).get(f"/learn/certificates/{certificate.uuid}/certificate.pdf")
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    text = pdf_text(answer)
    for part in ("Ada de Wit", said, "7Kq2mXw9Pb", "http://socii.test/verify/7Kq2mXw9Pb"):
        assert part in text
    root = PdfReader(io.BytesIO(answer.data)).trailer["/Root"]
    assert root["/Lang"].startswith(locale)
    assert root["/MarkInfo"]["/Marked"]


@pytest.mark.parametrize("name", POLYGLOTS, ids=lambda name: name[:12])
def test_a_hostile_name_is_printed_as_it_is(browser, session, name):
    """T46, T52, T60: markup, templates and commands in a name stay letters, on screen, on paper and in public."""
    person = a_person(session, name=name, email="hostile@meridian.example")
    certificate = a_certificate(session, person=person)
    page = browser(person).get(f"/learn/certificates/{certificate.uuid}")
    assert page.status_code == 200
    assert "<script>alert" not in page.text
    assert "<img src" not in page.text
    assert "49" not in page.text.split("</h1>")[0].split("<h1")[1]
    answer = browser(person).get(f"/learn/certificates/{certificate.uuid}/certificate.pdf")
    text = pdf_text(answer)
    assert "root:" not in text
    if name.isascii():
        assert "".join(name.split())[:30] in "".join(text.split())
    assert "<script>alert" not in browser().get(f"/verify/{certificate.code}").text


def left_edges(answer) -> list[float]:
    """How far from the left edge of the sheet each piece of text begins, in points; lines stand in the middle, so both sides say the same."""
    edges: list[float] = []

    def note(text, matrix, text_matrix, _font, _size):
        if text.strip():
            edges.append(matrix[0] * text_matrix[4] + matrix[4])

    PdfReader(io.BytesIO(answer.data)).pages[0].extract_text(visitor_text=note)
    return edges


@pytest.mark.parametrize(("name", "size"), [("Ada de Wit", "usual"), ("Maximiliana Featherstonehaugh-Cholmondeley", "long"), ("W" * 200, "longest")])
def test_a_name_of_any_length_stays_on_the_sheet(browser, session, name, size):
    person = a_person(session, name=name, email="long@meridian.example")
    certificate = a_certificate(session, person=person)
    assert browser(person).visit(f"/learn/certificates/{certificate.uuid}").h1["class"] == [f"name-{size}"]
    answer = browser(person).get(f"/learn/certificates/{certificate.uuid}/certificate.pdf")
    assert pdf_text(answer).replace("\u200b", "").replace(" ", "").count(name.replace(" ", "")) == 1
    assert min(left_edges(answer)) > MARGIN


def test_the_page_carries_border_seal_and_a_code_that_leads_to_verification(browser, cast, session):
    certificate = a_certificate(session, person=cast.ada)
    page = browser(cast.ada).visit(f"/learn/certificates/{certificate.uuid}")
    drawn = page.find(class_="certificate-code")
    import segno

    matrix = segno.make("http://socii.test/verify/7Kq2mXw9Pb", error="m", micro=False).matrix
    assert modules_of(str(drawn.svg)) == {(x, y) for y, row in enumerate(matrix) for x, dark in enumerate(row) if dark}
    assert page.find("svg", class_="guilloche")
    assert len(str(page)) < 40_000


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, "real and valid"),
        ({"expires_on": date(2026, 11, 23)}, "real and valid"),
        ({"expires_on": date(2026, 11, 22)}, "has expired"),
        ({"revoked_at": NOON}, "was revoked on"),
    ],
)
def test_anybody_may_verify_and_learns_nothing_private(browser, cast, session, more, said):
    certificate = a_certificate(session, person=cast.ada, **more)
    with time_machine.travel(NOON, tick=False):
        answer = browser().get(f"/verify/{certificate.code}")
        page = browser().visit(f"/verify/{certificate.code}")
    assert said in page.text
    assert "Ada de Wit" in page.h1.text
    assert "Principles" in page.text
    assert answer.headers["X-Robots-Tag"].startswith("noindex")
    assert "Set-Cookie" not in answer.headers
    for private in (cast.ada.email, "Sales", "sales", cast.ada.uuid, certificate.uuid):
        assert private not in answer.text


def test_every_code_that_proves_nothing_gets_the_same_page(browser, cast, session):
    """T64: unknown, malformed and nearly right codes do not differ in a byte."""
    a_certificate(session, person=cast.ada)
    codes = [new_code(), "7Kq2mXw9PB", "7kq2mxw9pb", "0OIl", "x", "a" * 300, "<b>"]
    pages = {browser().get(f"/verify/{code}").data for code in codes}
    assert len(pages) == 1
    assert browser().get("/verify/x").status_code == 404


def test_ten_thousand_guesses_hit_nothing(cast, session):
    """T64: below HTTP, where no limit stops them; each costs one statement, as the right code does."""
    code = a_certificate(session, person=cast.ada).code
    with counting_statements() as sent:
        hits = [guess for guess in (new_code() for _ in range(10_000)) if certificate_of_code(session, guess) is not None]
        assert certificate_of_code(session, code) is not None
    assert hits == []
    assert len(sent) == 10_001


def test_guesses_are_stopped_before_they_reach_anybody(browser, cast, session):
    """T64: after sixty misses in a minute an address is told to wait, and no guess reaches the database."""
    code = a_certificate(session, person=cast.ada).code
    stranger = browser()
    answers = [stranger.get(f"/verify/{new_code()}").status_code for _ in range(60)]
    assert set(answers) == {404}
    with counting_statements() as sent:
        assert stranger.get(f"/verify/{new_code()}").status_code == 429
        assert stranger.get(f"/verify/{code}").status_code == 429
    assert sent == []
    assert browser().get(f"/verify/{code}", environ_overrides={"REMOTE_ADDR": "203.0.113.9"}).status_code == 200


def test_hits_are_not_counted(browser, cast, session):
    certificate = a_certificate(session, person=cast.ada)
    assert {browser().get(f"/verify/{certificate.code}").status_code for _ in range(70)} == {200}


def test_a_typed_code_leads_to_its_page(browser, cast, session):
    a_certificate(session, person=cast.ada)
    stranger = browser()
    stranger.visit("/verify")
    assert stranger.get("/verify?code=7Kq2m+Xw9Pb+").headers["Location"].endswith("/verify/7Kq2mXw9Pb")
    stranger.visit("/verify?code=%3Cscript%3E", status=404)
    stranger.visit("/verify?lang=nl")


def test_the_letter_speaks_the_learners_language(app, cast, session, run_jobs, letters):
    from app.core.jobs import enqueue

    cast.ada.locale = "nl"
    certificate = a_certificate(session, person=cast.ada)
    enqueue(session, "learning.send_certificate", due_at=NOON, certificate=certificate.id)
    session.commit()
    run_jobs(NOON)
    (letter,) = letters()
    assert "Enthousiast" in letter
    assert "31 december 2099" in letter


def test_no_letter_goes_to_who_has_left(cast, session, run_jobs, letters):
    from app.core.jobs import enqueue

    certificate = a_certificate(session, person=cast.ada)
    cast.ada.status = "left"
    enqueue(session, "learning.send_certificate", due_at=NOON, certificate=certificate.id)
    session.commit()
    run_jobs(NOON)
    assert letters() == []
