"""HR revokes and reinstates certificates: reached by links, for a reason, told to the person, and true everywhere at once."""

import io
from datetime import timedelta

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from app.core.clock import now
from app.insight.models import LevelCell
from app.insight.queries import cells
from app.learning.models import Certificate, CertificateDecision
from app.people.models import AuditEntry
from app.web.database import db
from tests.factories.insight import a_certificate, counted
from tests.factories.library import an_edition
from tests.factories.people import a_person
from tests.factories.playbooks import a_policy
from tests.support.clock import today
from tests.support.statements import counting_statements

NEXT_YEAR = today() + timedelta(days=300)
REASON = "Somebody saw the answers on her screen <b>during</b> the quiz."
WHY = {"ground": "not_own_work", "reason": REASON, "sure": "y"}
BACK = {"ground": "was_wrong", "reason": "It was a photo of another quiz.", "sure": "y"}


@pytest.fixture
def held(cast, session):
    """Ada's certificate."""
    return a_certificate(session, person=cast.ada, expires_on=NEXT_YEAR)


@pytest.fixture
def delivered(run_jobs, letters):
    """Runs what is due and hands back the letters."""

    def deliver():
        run_jobs()
        return letters()

    return deliver


def at(held, cast, person=None):
    return f"/hr/people/{(person or cast.ada).uuid}/certificates/{held.uuid}"


def reading_why(hr, person):
    hr.post(f"/hr/people/{person.uuid}/why", {"purpose": "question"})
    return hr


def decided(hr, held, cast, verb, **fields):
    """Send the form as its page offers it."""
    path = f"{at(held, cast)}/{verb}"
    return hr.submit(hr.visit(path), action=path, **fields)


def test_the_way_leads_from_the_list_over_the_question_to_the_form(browser, cast, session, held):
    """P3: no certificate opens before HR has said why; the question leads back to it."""
    hr = browser(cast.hedy)
    link = hr.visit("/hr/certificates").select_one("tbody td a")["href"]
    assert link == at(held, cast)
    for path in (link, f"{link}/revocation"):
        asked = hr.get(path).headers["Location"]
        assert asked == f"/hr/people/{cast.ada.uuid}/why?certificate={held.uuid}"
    assert hr.submit(hr.visit(asked), purpose="certificate").headers["Location"] == link
    page = hr.visit(link)
    assert "Revoke this certificate" in page.text
    assert page.find("a", href=f"{link}/revocation")
    record = hr.visit(f"/hr/people/{cast.ada.uuid}")
    assert record.find("a", href=link)


def test_a_post_without_having_said_why_does_nothing(browser, cast, session, held):
    answer = browser(cast.hedy).post(f"{at(held, cast)}/revocation", {**WHY, "seen": "0"})
    assert "/why?" in answer.headers["Location"]
    session.rollback()
    assert session.scalars(select(CertificateDecision)).all() == []


def test_revoking_and_reinstating_show_everywhere_at_once(app, browser, cast, session, held):
    """The page, the paper, the world, the list and the person's own page say the same, each at its next opening."""
    hr, ada, code = reading_why(browser(cast.hedy), cast.ada), browser(cast.ada), held.code
    own = f"/learn/certificates/{held.uuid}"
    assert decided(hr, held, cast, "revocation", **WHY).headers["Location"] == at(held, cast)
    page = ada.visit(own)
    assert "was revoked on" in page.text
    assert REASON in page.text
    assert "Somebody else took the quiz" in page.text
    assert "Hedy" not in page.text
    assert "Revoked on" in ada.visit("/me").text
    assert "Revoked on" in paper(ada.get(f"{own}/certificate.pdf"))
    world = browser().visit(f"/verify/{code}")
    assert "was revoked on" in world.text
    assert not any(word in world.text for word in ("Somebody else", "screen", "has reached", "Valid until"))
    assert [badge.get_text(strip=True) for badge in hr.visit("/hr/certificates").select("tbody .badge")] == ["Revoked"]
    assert REASON in hr.visit(at(held, cast)).text
    decided(hr, held, cast, "reinstatement", **BACK)
    assert "was revoked on" not in ada.visit(own).text
    assert BACK["reason"] in ada.visit(own).text
    assert "Revoked on" not in paper(ada.get(f"{own}/certificate.pdf"))
    assert "real and valid" in browser().visit(f"/verify/{code}").text
    assert "Hedy Maes" in hr.visit(at(held, cast)).text


def paper(answer):
    return " ".join(PdfReader(io.BytesIO(answer.data)).pages[0].extract_text().split())


def test_the_right_to_share_falls_with_the_certificate_and_comes_back_with_it(browser, cast, session, held):
    a_policy(session)
    an_edition(session, author=cast.grace, slug="laptops")
    ada, hr = browser(cast.ada), reading_why(browser(cast.hedy), cast.ada)
    assert ada.visit("/share/laptops").find("textarea")
    decided(hr, held, cast, "revocation", **WHY)
    page = ada.visit("/share/laptops")
    assert page.find("textarea") is None
    assert page.find("a", href=f"/learn/certificates/{held.uuid}")
    assert "on its way" not in page.text
    decided(hr, held, cast, "reinstatement", **BACK)
    assert ada.visit("/share/laptops").find("textarea")


def test_the_person_is_told_in_their_language_with_the_reason_as_it_was_written(browser, cast, session, held, delivered):
    cast.ada.locale = "nl"
    session.commit()
    hr = reading_why(browser(cast.hedy), cast.ada)
    decided(hr, held, cast, "revocation", **WHY)
    (letter,) = delivered()
    assert "Iemand anders heeft de toets gemaakt" in letter
    assert "Somebody saw the answers on her screen" in letter
    assert "kun je geen nieuwe verhalen delen" in letter
    assert "Hedy" not in letter
    decided(hr, held, cast, "reinstatement", **BACK)
    assert any("telt weer" in each for each in delivered())


def test_another_certificate_that_counts_keeps_the_right_and_everybody_is_told_so(browser, cast, session, held, delivered):
    a_certificate(session, person=cast.ada, level="professional", expires_on=NEXT_YEAR)
    hr = reading_why(browser(cast.hedy), cast.ada)
    assert "Another certificate still counts" in hr.visit(f"{at(held, cast)}/revocation").text
    decided(hr, held, cast, "revocation", **WHY)
    assert "so you may go on sharing" in delivered()[0]


def test_whoever_has_left_gets_no_letter(browser, cast, session, held, delivered):
    hr = reading_why(browser(cast.hedy), cast.ada)
    cast.ada.status = "left"
    session.commit()
    decided(hr, held, cast, "revocation", **WHY)
    assert delivered() == []


def test_the_counts_follow_within_seconds_and_a_day_gone_by_stays_as_it_was(browser, cast, session, held, run_jobs):
    hr = reading_why(browser(cast.hedy), cast.ada)
    counted(session, now())
    decided(hr, held, cast, "revocation", **WHY)
    run_jobs()
    run_jobs(now() + timedelta(seconds=6))
    assert session.scalars(select(LevelCell)).all() == []
    decision = session.scalars(select(CertificateDecision)).one()
    decision.at -= timedelta(days=10)
    session.commit()
    days = {ago: session.execute(cells.levels(today() - timedelta(days=ago), past=True)).all() for ago in (5, 20)}
    assert [row.certified for row in days[20]] == [1]
    assert days[5] == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"reason": ""}, "the person has a right to know"),
        ({"reason": "\u200b"}, "Write something that can be seen"),
        ({"reason": "x" * 1001}, "1000 characters at most"),
        ({"ground": ""}, "Choose one of the grounds"),
        ({"ground": "settled"}, "Not a valid choice"),
        ({"sure": ""}, "Confirm that this is what you want"),
    ],
)
def test_without_ground_reason_or_confirmation_nothing_happens(browser, cast, held, change, said):
    hr = reading_why(browser(cast.hedy), cast.ada)
    path = f"{at(held, cast)}/revocation"
    fields = {name: value for name, value in {**WHY, "seen": "0", **change}.items() if value}
    answer = hr.post(path, fields)
    assert answer.status_code == 422
    assert said in answer.text
    db.session.rollback()
    assert db.session.scalars(select(Certificate.revoked_at)).all() == [None]


def test_what_a_colleague_decided_meanwhile_is_shown_instead_of_decided_over(browser, cast, session, held):
    hr = reading_why(browser(cast.hedy), cast.ada)
    form = hr.visit(f"{at(held, cast)}/revocation")
    decided(hr, held, cast, "revocation", **WHY)
    answer = hr.submit(form, action="/revocation", **WHY)
    assert answer.status_code == 409
    assert "in the meantime" in answer.text
    assert hr.get(f"{at(held, cast)}/revocation").headers["Location"] == at(held, cast)
    session.rollback()
    assert len(session.scalars(select(AuditEntry).where(AuditEntry.action == "certificate_revoked")).all()) == 1


def test_about_ones_own_certificate_a_colleague_decides(browser, cast, session):
    own = a_certificate(session, person=cast.hedy, expires_on=NEXT_YEAR)
    hr, path = reading_why(browser(cast.hedy), cast.hedy), at(own, cast, cast.hedy)
    assert "A colleague from HR decides" in hr.visit(path).text
    assert hr.get(f"{path}/revocation").headers["Location"] == path
    assert hr.post(f"{path}/revocation", {**WHY, "seen": "0"}).status_code == 403
    session.rollback()
    assert session.scalars(select(CertificateDecision)).all() == []


def test_a_certificate_is_reached_through_its_own_person_only(browser, cast, session, held):
    """T16."""
    hr = reading_why(browser(cast.hedy), cast.mallory)
    path = at(held, cast, cast.mallory)
    assert hr.get(path).data == hr.get(path.replace(held.uuid, "absent")).data
    assert hr.post(f"{path}/revocation", {**WHY, "seen": "0"}).status_code == 404


def test_the_person_reads_every_decision_in_what_we_hold(browser, cast, session, held):
    """P3, P21."""
    decided(reading_why(browser(cast.hedy), cast.ada), held, cast, "revocation", **WHY)
    assert REASON in browser(cast.ada).visit("/me/everything").text
    (held_rows,) = [each for each in browser(cast.ada).get("/me/everything.json").json if each["title"].startswith("Certificates revoked")]
    assert [row["reason"] for row in held_rows["rows"]] == [REASON]


def test_the_pages_speak_dutch_and_cost_a_few_statements(browser, cast, session, held):
    cast.hedy.locale = "nl"
    session.commit()
    hr, path = reading_why(browser(cast.hedy), cast.ada), at(held, cast)
    with counting_statements() as sent:
        page = hr.visit(path)
    assert len(sent) <= 6
    assert "Dit certificaat intrekken" in page.text
    assert "Waarom, in je eigen woorden" in hr.visit(f"{at(held, cast)}/revocation").text


def test_a_hostile_reason_stays_letters_in_the_letter_too(browser, cast, session, held, delivered):
    """T52, T70."""
    evil = "{{7*7}}\r\nBcc: evil@example.com\r\n<script>alert(1)</script>"
    decided(reading_why(browser(cast.hedy), cast.ada), held, cast, "revocation", **{**WHY, "reason": evil})
    letter = delivered()[0]
    assert "<script>" not in letter.split("text/html")[1]
    assert "49" not in letter.split("Subject:")[1].split("\n")[0]
    assert not any(line.startswith("Bcc:") for line in letter.split("\n\n")[0].splitlines())


def test_the_list_of_certificates_finds_the_revoked(browser, cast, session, held):
    a_certificate(session, person=a_person(session, name="Other", department=cast.sales), expires_on=NEXT_YEAR)
    hr = reading_why(browser(cast.hedy), cast.ada)
    decided(hr, held, cast, "revocation", **WHY)
    assert [link.text for link in hr.visit("/hr/certificates?state=revoked").select("tbody th a")] == ["Ada de Wit"]
