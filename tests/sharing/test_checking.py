"""Asking what a draft would be: holds up nobody, and cuts nothing."""

from sqlalchemy import func, select

from app.sharing.models import Share
from app.web.database import db
from tests.sharing.conftest import CAPTION
from tests.support.writer import somebody_writing


def test_a_check_and_a_draft_that_is_refused_wait_for_nobody_who_writes(ada):
    """A script asks with every pause in the typing; the database's one writer never hears of it."""
    typed = {"body": CAPTION, "network": "linkedin", "language": "en", "token": "x" * 10}
    with somebody_writing():
        assert ada.post("/share/laptops/check", typed, headers={"HX-Request": "true"}).status_code == 200
        assert ada.post("/share/laptops", {**typed, "network": "orkut"}).status_code == 422


def test_letters_of_many_parts_are_refused_whole_where_they_are_too_much_and_never_cut(ada):
    """T90: sixty-four thousand characters for a reader, and twice as many to look at."""
    typed = {"body": "Mine! " + "e\u0323" * 40_000, "network": "facebook", "language": "en", "token": "x" * 10}
    for path, script in (("/share/laptops/check", {"HX-Request": "true"}), ("/share/laptops/check", {}), ("/share/laptops", {})):
        answer = ada.post(path, typed, headers=script)
        assert answer.status_code == 422
        assert "Keep it to 64000 characters at most" in answer.text
        assert script or answer.text.count("e\u0323") == 40_000
    assert db.session.scalar(select(func.count()).select_from(Share)) == 0
