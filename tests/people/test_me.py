"""What is one's own."""

from datetime import date

import pytest

from app.core.clock import now
from app.people.actions.looking import note_look
from app.people.actions.signing_in import make_invitation
from app.people.models import AuditEntry, Person, Session
from tests.factories.people import PASSWORD, a_person
from tests.support.holdings import columns_without_words


def test_settings_change_language_theme_and_quiet_hours(browser, cast, session):
    ada = browser(cast.ada)
    ada.visit("/me/settings")
    fields = {"locale": "nl", "timezone": "Asia/Kathmandu", "quiet_from": "20:00", "quiet_until": "07:30", "theme": "dark"}
    assert ada.post("/me/settings", fields).status_code == 303
    page = ada.visit("/me")
    assert page.find("html")["lang"] == "nl"
    assert page.find("html")["data-theme"] == "socii-dark"


def test_a_password_changes_with_the_old_one_and_signs_out_elsewhere(browser, cast, session):
    noor = a_person(session, name="Noor Ali", password=PASSWORD)
    here, elsewhere = browser(noor), browser(noor)
    here.visit("/me/password")
    assert here.post("/me/password", {"old": "wrong", "password": "nine calm whales drift by"}).status_code == 422
    assert here.post("/me/password", {"old": PASSWORD, "password": "nine calm whales drift by"}).status_code == 303
    assert here.get("/me").status_code == 200
    assert elsewhere.get("/me").status_code == 303


def test_wrong_passwords_count_with_those_at_the_sign_in_page(browser, session):
    """T4: an open browser is no second door to the password; the right one waits too."""
    noor = a_person(session, name="Noor Ali", password=PASSWORD)
    here, new = browser(noor), "nine calm whales drift by"
    for _ in range(5):
        assert here.post("/me/password", {"old": "wrong", "password": new}).status_code == 422
        assert browser().post("/sign-in", {"email": noor.email, "password": "wrong"}).status_code == 422
    for answer in (
        here.post("/me/password", {"old": PASSWORD, "password": new}),
        browser().post("/sign-in", {"email": noor.email, "password": PASSWORD}),
    ):
        assert answer.status_code == 429
        assert int(answer.headers["Retry-After"]) > 0
    assert session.query(AuditEntry).filter_by(action="sign_in_failed").count() == 10


def test_a_session_goes_on_under_another_id_when_the_password_changed(browser, session):
    """T13: whoever had read the cookie of before is out too."""
    noor = a_person(session, name="Noor Ali", password=PASSWORD)
    here = browser(noor)
    before = session.query(Session).one().token_digest
    here.post("/me/password", {"old": PASSWORD, "password": "nine calm whales drift by"})
    session.expire_all()
    kept = session.query(Session).one()
    assert (kept.token_digest != before, kept.epoch) == (True, session.get_one(Person, noor.id).session_epoch)


@pytest.mark.parametrize("weak", ["short", "password12345678", "aaaaaaaaaaaaaaaaaaa", "noor ali noor ali", "qwertyuiopasdfgh", "x" * 5000])
def test_a_weak_password_is_refused_with_a_reason(browser, session, weak):
    """NIST 800-63B-4: length, blocklist, the person's own name."""
    noor = a_person(session, name="Noor Ali", password=PASSWORD)
    answer = browser(noor).post("/me/password", {"old": PASSWORD, "password": weak})
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text


def test_one_may_end_ones_own_sessions_and_nobody_elses(browser, cast, session):
    ada, mallory = browser(cast.ada), browser(cast.mallory)
    uuid = session.query(Session).filter_by(person_id=cast.ada.id).one().uuid
    assert mallory.post(f"/me/sessions/{uuid}/end").status_code == 404
    assert ada.get("/me").status_code == 200
    assert ada.post(f"/me/sessions/{uuid}/end").status_code == 303
    assert ada.get("/me").status_code == 303


def test_everything_held_can_be_read_and_taken_along_with_who_looked(browser, cast, session):
    """P3: the person sees role, day and purpose of every look."""
    note_look(session, viewer_id=cast.hedy.id, subject_id=cast.ada.id, role="hr", purpose="audit", day=date.today())
    session.commit()
    ada = browser(cast.ada)
    text = ada.visit("/me/everything").get_text(" ", strip=True)
    assert "as proof for an auditor" in text
    assert cast.hedy.name not in text
    assert "Netherlands" in text, "a country is no code"
    document = ada.get("/me/everything.json").json
    assert any(row.get("country") == "NL" for holding in document for row in holding["rows"])
    assert any(row.get("email") == cast.ada.email for holding in document for row in holding["rows"])
    assert columns_without_words(ada) == set()
    (looked,) = next(holding["rows"] for holding in document if holding["title"] == "Who looked at your learning record")
    assert looked == {"day": date.today().isoformat(), "role": "hr", "purpose": "audit"}


def test_everything_tells_where_one_is_signed_in_and_which_links_were_sent(browser, cast, session):
    """P3, P21: the devices and the letters with a link, without what would open anything."""
    token = make_invitation(session, cast.ada, "reset", at=now())
    session.commit()
    ada = browser(cast.ada)
    held = {holding["title"]: holding["rows"] for holding in ada.get("/me/everything.json").json}
    assert [row["device"] for row in held["Where you are signed in"]]
    assert [row["link"] for row in held["Links to choose a password"]] == ["reset"]
    assert not {"token_digest", "digest"} & {column for rows in held.values() for row in rows for column in row}
    assert token not in ada.get("/me/everything.json").text
    assert "New password" in ada.visit("/me/everything").text


def test_everything_holds_nothing_of_anybody_else(browser, cast, session):
    """T91: no canary of others in one's own archive."""
    canary = a_person(session, name="Canary Xylophone", email="canary@meridian.example", job_title="Canaryjob")
    browser(cast.rosa).post(f"/admin/people/{canary.uuid}/deactivate")
    text = browser(cast.ada).get("/me/everything.json").text.lower()
    assert "canary" not in text


def test_signing_out_ends_the_session_and_its_pages_are_not_kept(browser, cast, session):
    """T13: nothing about a person is stored by the browser, and signing out makes it forget the lessons and stories that were."""
    ada = browser(cast.ada)
    assert "no-store" in ada.get("/me").headers["Cache-Control"]
    answer = ada.post("/sign-out")
    assert (answer.status_code, answer.headers["Clear-Site-Data"]) == (303, '"cache"')
    assert ada.get("/me").status_code == 303
    assert session.query(Person).count() >= 1
    assert session.query(Session).filter_by(person_id=cast.ada.id).count() == 0


def test_settings_without_quiet_hours_are_asked_for_again(browser, cast):
    """T75: a field that was left out of the form is said to be missing, and is no error of ours."""
    answer = browser(cast.ada).post("/me/settings", {"locale": "en", "timezone": "UTC", "theme": "dark"})
    assert answer.status_code == 422
