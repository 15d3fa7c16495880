"""A story may end, be recalled or stop being meant for somebody while they write: they read that, and have every word that they wrote."""

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import func, select, update

from app.library.models import Edition, Story
from app.people.rules import Audience
from app.playbooks.models import PolicyVersion
from app.sharing.models import Link, Share
from app.sharing.rules.sight import is_mark_of, mark_of
from app.sharing.views import composing
from app.web.database import db, unit_of_work
from tests.factories.library import an_edition
from tests.factories.people import a_person
from tests.factories.sharing import a_right_to_share
from tests.support.browser import BASE, offered, written_in
from tests.support.inspection import inspect_page

MINE = "Vorige maand gaf mijn eigen laptop het op.\n\nVier minuten later <werkte> ik weer. שלום"


@pytest.fixture
def form(ada):
    """Everything that Ada's composer sends, filled in while the story was open."""
    page = ada.visit("/share/laptops?network=bluesky")
    return {**offered(page.select_one("form.composer-form")), "body": MINE, "language": "nl"}


def the_story_ended():
    db.session.execute(update(Edition).values(closes_at=func.coalesce(Edition.opens_at, Edition.approved_at)))


def it_was_recalled():
    db.session.execute(update(Edition).values(withdrawn_at=Edition.opens_at))
    db.session.execute(update(Story).values(state="recalled"))


def the_next_edition_is_for_others():
    old = db.session.scalars(select(Edition).order_by(Edition.id)).first()
    document = {**old.document, "audience": Audience(countries=("BE",)).as_document()}
    again = {name: getattr(old, name) for name in ("story_id", "checksum", "approved_by_id", "approved_at", "opens_at")}
    db.session.add(Edition(**again, number=2, document=document))


def test_without_a_secret_in_the_settings_the_mark_is_made_with_the_one_that_was_made_at_the_start(ada, app, cast, monkeypatch):
    """T11: in development the setting is empty, and nobody can make the mark for that."""
    monkeypatch.setitem(app.extensions, "settings", replace(app.extensions["settings"], secret=""))
    seen = ada.visit("/share/laptops").find("input", {"name": "seen"})["value"]
    assert seen == mark_of(app.config["SECRET_KEY"], cast.ada.uuid, "laptops")
    assert not is_mark_of(seen, "", cast.ada.uuid, "laptops")


OVER = [the_story_ended, it_was_recalled, the_next_edition_is_for_others]


def count(table) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(table))


def looked_at(answer) -> BeautifulSoup:
    page = BeautifulSoup(answer.text, "html.parser")
    inspect_page(page, "the composer's answer")
    return page


def typed_on(page) -> str:
    return written_in(page.select_one("main textarea[readonly]"))


@pytest.mark.parametrize("deed", ["", "/check"])
@pytest.mark.parametrize("over", OVER)
def test_whoever_had_the_story_before_them_reads_that_it_is_over_and_has_their_words(ada, form, over, deed):
    over()
    db.session.commit()
    answer = ada.post(f"/share/laptops{deed}", form)
    page = looked_at(answer)
    assert answer.status_code == 409
    assert page.h1.text == ("This story has been recalled" if over is it_was_recalled else "This story has ended")
    assert typed_on(page) == MINE
    assert page.select_one("main textarea")["lang"] == "nl"
    assert page.select_one("main button[data-copy]") is not None
    assert page.select_one("main a.btn")["href"] == "/library/"
    assert count(Share) == count(Link) == 0


@pytest.mark.parametrize("over", OVER)
def test_whoever_never_had_it_before_them_finds_nothing_whatever_they_send(browser, cast, ada, form, over):
    """T22: no mark, somebody else's, that of another story, a made-up one: as if there had never been a story."""
    an_edition(db.session(), author=cast.grace, slug="another")
    other = offered(ada.visit("/share/another").select_one("form.composer-form"))["seen"]
    over()
    db.session.commit()
    marks = [(ada, other), (ada, ""), (ada, "f" * 64), (ada, "é" * 900), (browser(cast.linus), form["seen"])]
    for somebody, mark in marks:
        for deed in ("", "/check"):
            hidden, absent = (somebody.post(f"/share/{slug}{deed}", {**form, "seen": mark}) for slug in ("laptops", "absent"))
            assert (hidden.status_code, hidden.data) == (404, absent.data)
    assert ada.get("/share/laptops").data == ada.get("/share/absent").data


def test_a_script_that_judges_hears_what_to_do(ada, form):
    the_story_ended()
    db.session.commit()
    answer = ada.post("/share/laptops/check", form, headers={"HX-Request": "true"})
    assert answer.status_code == 409
    assert "the next page shows it whole" in answer.text
    assert "<html" not in answer.text


def test_a_story_that_is_recalled_in_the_very_moment_of_sending_loses_no_word(ada, form, monkeypatch):
    def recalled_meanwhile():
        it_was_recalled()
        db.session.commit()
        return unit_of_work()

    monkeypatch.setattr(composing, "unit_of_work", recalled_meanwhile)
    answer = ada.post("/share/laptops", form)
    assert answer.status_code == 409
    assert typed_on(looked_at(answer)) == MINE
    assert count(Share) == count(Link) == 0


def test_a_form_that_was_sent_before_the_end_leads_to_its_share(ada, form):
    """T87."""
    place = ada.post("/share/laptops", form).headers["Location"]
    the_story_ended()
    db.session.commit()
    again = ada.post("/share/laptops", form)
    assert (again.status_code, again.headers["Location"]) == (303, place)
    assert count(Share) == 1


def test_with_an_old_proof_the_words_come_back_all_the_same(ada, form):
    """T65."""
    the_story_ended()
    db.session.commit()
    headers = {"Accept": "text/html", "Referer": f"{BASE}/share/laptops"}
    answer = ada.post("/share/laptops", {**form, "csrf_token": "of-another-session"}, csrf=False, headers=headers)
    assert answer.status_code == 400
    assert typed_on(looked_at(answer)) == MINE


@pytest.mark.parametrize("deed", ["", "/check"])
def test_whoever_lost_the_right_to_share_meanwhile_keeps_their_words_too(ada, form, certificate, session, deed):
    certificate.revoked_at = certificate.issued_at
    session.commit()
    answer = ada.post(f"/share/laptops{deed}", form)
    page = looked_at(answer)
    assert answer.status_code == (200 if deed else 403)
    assert "yours was revoked" in page.text
    assert typed_on(page) == MINE
    assert count(Share) == 0


def test_without_a_policy_in_force_the_words_stay_too(ada, form, session):
    session.execute(PolicyVersion.__table__.delete())
    session.commit()
    answer = ada.post("/share/laptops", form)
    page = looked_at(answer)
    assert answer.status_code == 503
    assert "no policy in force" in page.text
    assert typed_on(page) == MINE


def test_the_page_is_dutch_too(browser, cast, session, story, certificate):
    noor = a_person(session, name="Noor Ali", locale="nl")
    a_right_to_share(session, person=noor)
    page = browser(noor)
    form = {**offered(page.visit("/share/laptops").select_one("form.composer-form")), "body": MINE}
    the_story_ended()
    session.commit()
    assert looked_at(page.post("/share/laptops", form)).h1.text == "Dit verhaal is afgelopen"


def test_a_mark_is_of_one_person_and_one_story():
    mark = mark_of("a secret", "ada", "laptops")
    assert is_mark_of(mark, "a secret", "ada", "laptops")
    for other in (("another secret", "ada", "laptops"), ("a secret", "bob", "laptops"), ("a secret", "ada", "laptop")):
        assert not is_mark_of(mark, *other)
