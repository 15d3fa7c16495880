"""Refusals: one sentence, the right status, the same bytes for what is hidden and what is not there."""

import pytest
from sqlalchemy.exc import OperationalError

from app.core.errors import Conflict, Invalid, NotAllowed, Refusal, TooMany, Unavailable
from app.web.errors import sentence
from tests.support.browser import BASE


@pytest.fixture
def raising(app, monkeypatch):
    """Makes the health page raise something, and hands back the answer."""

    def ask(error, **more):
        def view():
            raise error

        monkeypatch.setitem(app.view_functions, "house.live", view)
        return app.test_client().get("/-/live", base_url=BASE, **more)

    app.config["PROPAGATE_EXCEPTIONS"] = False
    yield ask
    app.config["PROPAGATE_EXCEPTIONS"] = None


@pytest.mark.parametrize(
    ("refusal", "status"),
    [
        (Invalid("text.empty"), 422),
        (NotAllowed("x.y"), 403),
        (Conflict("x.y"), 409),
        (TooMany("too_many", retry_after_seconds=9), 429),
        (Unavailable("unavailable"), 503),
    ],
)
def test_a_refusal_has_its_status_and_a_sentence(raising, refusal, status):
    answer = raising(refusal)
    assert answer.status_code == status
    assert sentence(refusal)
    assert answer.headers.get("Retry-After") == ("9" if status == 429 else None)


def test_machines_get_problem_json(raising):
    """RFC 9457."""
    answer = raising(Invalid("text.long", longest=9), headers={"Accept": "application/json"})
    assert answer.mimetype == "application/problem+json"
    assert answer.json == {"type": "about:blank#text.long", "title": "Keep it under 9 characters.", "status": 422}


def test_htmx_gets_a_fragment(raising):
    answer = raising(Conflict("x.y"), headers={"HX-Request": "true"})
    assert "<html" not in answer.text
    assert answer.status_code == 409


def test_a_fault_of_ours_says_nothing_about_itself(raising):
    """T92: generic text, no trace, no names of files."""
    answer = raising(RuntimeError("the-inner-secret /srv/app.py"))
    assert answer.status_code == 500
    assert "the-inner-secret" not in answer.text
    assert "Traceback" not in answer.text


def test_a_database_that_is_away_is_not_a_fault_of_the_reader(raising):
    """F3."""
    answer = raising(OperationalError("SELECT secret_column", {}, Exception("down")))
    assert answer.status_code == 503
    assert "secret_column" not in answer.text


def test_a_refusal_without_a_sentence_still_says_something(app):
    with app.test_request_context(base_url=BASE):
        assert sentence(Refusal("nobody.knows"))


def test_a_stranger_comes_back_to_the_page_whose_form_they_sent(browser):
    """What they typed waits there; a deed has no page to come back to."""
    stranger = browser()
    assert stranger.post("/hub/stories/new", {"title_en": "Typed"}).headers["Location"] == "/sign-in?next=/hub/stories/new"
    assert stranger.post("/hub/preview").headers["Location"] == "/sign-in"


def test_what_does_not_exist_reads_alike_for_pages_files_and_methods(browser, cast):
    ada = browser(cast.ada)
    pages = {ada.get(path).status_code for path in ("/nothing", "/admin/people", "/static/nothing.css", "/.git/config", "/-/nothing")}
    assert pages == {404}


def test_the_sentence_is_in_the_readers_language(browser, session, cast):
    cast.ada.locale = "nl"
    session.commit()
    assert "bestaat niet" in browser(cast.ada).get("/nothing").text
