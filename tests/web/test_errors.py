"""Refusals: one sentence, the right status, the same bytes for what is hidden and what is not there."""

from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection

from app.core.errors import Conflict, Invalid, NotAllowed, Refusal, TooMany, Unavailable
from app.web.errors import sentence
from tests.support.browser import BASE
from tests.support.inspection import inspect_page

NAVIGATION = {"Accept": "text/html,application/xhtml+xml"}
OLD = {"csrf_token": "of-another-session"}


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
    assert answer.json == {"type": "about:blank#text.long", "title": "Keep it to 9 characters at most.", "status": 422}


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


def test_a_database_whose_connections_are_all_taken_is_away_too(raising):
    """F12: whoever waited for one in vain comes back in a minute."""
    assert raising(NoConnection("QueuePool limit of size 5 overflow 10 reached")).status_code == 503


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


def _from(path):
    return {**NAVIGATION, "Referer": f"{BASE}{path}"}


def test_who_is_signed_in_keeps_the_frame_and_the_way_back(browser, cast):
    ada = browser(cast.ada)
    page = ada.visit("/nothing", status=404, headers=_from("/learn/?q=one"))
    assert page.select_one("nav.places a[href='/learn/']")
    assert not page.select("nav.places [aria-current]")
    assert [link["href"] for link in page.select("main a")] == ["/learn/?q=one", "/"]
    assert [link["href"] for link in ada.visit("/nothing", status=404).select("main a")] == ["/"]


@pytest.mark.parametrize(
    "foreign",
    [
        "https://evil.example/learn/",
        "http://socii.test.evil.example/",
        "javascript:alert(1)",
        f"{BASE}//evil.example/",
        f"{BASE}/nowhere",
        f"{BASE}/sign-out",
        "http://[",
    ],
)
def test_the_way_back_leads_to_a_page_of_ours_or_nowhere(browser, cast, foreign):
    """T53."""
    assert [link["href"] for link in browser(cast.ada).visit("/nothing", status=404, headers={"Referer": foreign}).select("main a")] == ["/"]


def test_where_one_came_from_says_nothing_of_what_is_there(browser, cast):
    """T15: hidden and absent, under different doors, from the same page: the same bytes."""
    mallory = browser(cast.mallory)
    paths = ("/nothing", "/admin/people", f"/admin/people/{cast.ada.uuid}", "/hr/completion", "/learn/nothing", "/hub/")
    assert len({mallory.get(path, headers=_from("/learn/")).text for path in paths if mallory.get(path).status_code == 404}) == 1


def test_strangers_see_what_they_always_saw(browser):
    page = browser().visit("/nothing", status=404, headers=_from("/sign-in"))
    assert not page.select("nav.places")
    assert [link["href"] for link in page.select("main a")] == ["/"]


def test_a_database_that_is_away_before_anybody_is_known_is_not_asked_again(app, browser, cast, monkeypatch):
    """F3."""
    ada, asked = browser(cast.ada), []

    def away(_token):
        asked.append(1)
        raise OperationalError("SELECT", {}, Exception("down"))

    monkeypatch.setattr(app.login_manager, "_user_callback", away)
    assert ada.get("/me").status_code == 503
    assert asked == [1]
    assert ada.get("/nothing").status_code == 404


@pytest.mark.parametrize(
    ("member", "path", "typed"),
    [
        ("rosa", "/admin/people/new", {"name": "Noor Ali", "email": "noor@socii.test"}),
        ("ada", "/me/settings", {"timezone": "Asia/Kathmandu", "locale": "en", "quiet_from": "20:00", "quiet_until": "07:30", "theme": "dark"}),
        ("grace", "/hub/stories/new", {"title_en": "A title that took long"}),
        ("rosa", "/admin/departments", {"name": "Night shift", "slug": "night-shift"}),
    ],
)
def test_a_form_from_before_the_session_comes_back_with_what_was_typed(browser, cast, member, path, typed):
    """T65: nothing is done, and one more press sends it."""
    sender = browser(getattr(cast, member))
    answer = sender.post(path, {**typed, **OLD}, csrf=False, headers=_from(path))
    assert answer.status_code == 400
    page = BeautifulSoup(answer.text, "html.parser")
    inspect_page(page, path)
    assert "Your text is still here" in page.select_one("[role=alert]").text
    for name, value in typed.items():
        fields = page.select(f"main form [name={name}]")
        assert value in {field.get("value") for field in fields if field.name == "input"} | {
            one["value"] for field in fields for one in field.select("[selected]")
        }, name
    token = page.select_one("main form [name=csrf_token]")["value"]
    assert sender.post(path, {**typed, "csrf_token": token}, csrf=False, headers=NAVIGATION).status_code in {303, 422}


def test_a_button_from_before_the_session_waits_on_its_page(browser, cast):
    rosa, path = browser(cast.rosa), f"/admin/people/{cast.ada.uuid}"
    answer = rosa.post(f"{path}/deactivate", OLD, csrf=False, headers=_from(path))
    assert (answer.status_code, answer.headers["Location"]) == (303, path)
    assert "press the button once more" in rosa.visit(path).select_one(".flash").text
    assert rosa.post(f"{path}/deactivate", OLD, csrf=False).status_code == 400


def test_a_deed_that_was_refused_leads_back_to_its_page(browser, cast):
    rosa, path = browser(cast.rosa), f"/admin/people/{cast.rosa.uuid}"
    answer = rosa.post(f"{path}/deactivate", headers=_from(path))
    assert (answer.status_code, answer.headers["Location"]) == (303, path)
    assert rosa.visit(path).select_one(".flash-careful")
    for script in (
        {"Accept": "*/*", "Referer": BASE + path},
        {**_from(path), "HX-Request": "true"},
        {"Referer": BASE + path, "Accept": "application/json"},
    ):
        assert rosa.post(f"{path}/deactivate", headers=script).status_code == 409


def test_what_is_too_large_says_how_much_fits_and_leads_back_to_the_form(browser, cast):
    """T71: here the house's own limit, there that of the door."""
    rosa = browser(cast.rosa)
    for path, most in (("/me/settings", 1), ("/admin/import", 50)):
        sent = {"input_stream": BytesIO(bytes(most * 1024 * 1024 + 1)), "content_type": "multipart/form-data; boundary=x"}
        answer = rosa.client.post(path, base_url=BASE, headers=_from(path), **sent)
        page = BeautifulSoup(answer.text, "html.parser")
        assert answer.status_code == 413
        assert f"at most {most} MB" in page.main.text
        assert page.select_one("main a")["href"] == path
