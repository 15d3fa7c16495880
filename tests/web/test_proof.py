"""A request with an old proof is only read."""

import pytest
from bs4 import BeautifulSoup

from app.core.errors import Refusal
from app.web.database import unit_of_work
from app.web.proof import hold_as_old, is_old
from tests.support.browser import BASE


def test_no_unit_of_work_opens_while_a_proof_is_old(app):
    """T65: whatever a view does, nothing is written."""
    with app.test_request_context(base_url=BASE):
        assert not is_old()
        hold_as_old()
        with pytest.raises(Refusal, match=r"form\.old"), unit_of_work():
            pytest.fail("it opened")
    with app.test_request_context(base_url=BASE):
        assert not is_old()


def page_of(answer) -> str | None:
    """Where a page says that it can be opened anew."""
    return BeautifulSoup(answer.text, "html.parser").body.get("data-page")


def test_a_page_that_answers_a_form_says_where_it_can_be_opened_anew(browser, cast):
    hugo, rosa = browser(cast.hugo), browser(cast.rosa)
    wrong = {"name_en": "Craft", "name_nl": "Vakwerk", "slug": "Not small"}
    came_from = {"Accept": "text/html", "Referer": f"{BASE}/hub/channels?country=NL"}
    assert page_of(hugo.get("/hub/channels")) is None
    assert page_of(rosa.post("/admin/departments?lang=nl", {"name": "", "slug": ""})) == "/admin/departments?lang=nl"
    assert page_of(hugo.post("/hub/topics", wrong, headers=came_from)) == "/hub/channels?country=NL"
    assert page_of(hugo.post("/hub/topics", wrong)) is None
    for elsewhere in ("https://evil.example/", f"{BASE}/hub/topics", f"{BASE}//evil.example"):
        assert page_of(hugo.post("/hub/topics", wrong, headers={"Referer": elsewhere})) is None


def test_a_page_that_says_no_says_nothing_of_where_it_was_asked(browser, cast):
    """T22: what is hidden and what is absent read alike."""
    assert page_of(browser(cast.ada).post("/share/absent", {"body": "x"}, headers={"Referer": f"{BASE}/library/"})) is None
