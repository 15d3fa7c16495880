"""Pictures of courses: for people of the house, inert, and fetched once."""

import pytest

from app.learning.actions.publishing import SHELF
from app.learning.adapters.pictures import kept_name
from tests.factories.course_folder import DRAWING


@pytest.fixture
def picture(app):
    """The address of a drawing in the store."""
    name = kept_name(DRAWING.encode(), "svg")
    app.extensions["storage"].put(SHELF + name, DRAWING.encode())
    return f"/learn/media/{name}"


def test_a_picture_is_shown_to_people_of_the_house(browser, cast, picture):
    answer = browser(cast.ada).get(picture)
    assert (answer.status_code, answer.data, answer.mimetype) == (200, DRAWING.encode(), "image/svg+xml")


def test_a_stranger_is_asked_to_sign_in(browser, session, picture):
    assert browser().get(picture).status_code == 303


def test_a_drawing_opened_on_its_own_can_do_nothing(browser, cast, picture):
    """T37: no script, no fetching, no guessing of another type."""
    headers = browser(cast.ada).get(picture).headers
    assert headers["Content-Security-Policy"] == "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_a_browser_keeps_it_for_a_year_and_others_do_not(browser, cast, picture):
    ada = browser(cast.ada)
    first = ada.get(picture)
    assert first.headers["Cache-Control"] == "private, max-age=31536000, immutable"
    assert ada.get(picture, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize(
    "name",
    [
        "x.svg",
        "0" * 32 + ".svg",
        "0" * 32 + ".html",
        "0" * 32,
        "../secret",
        "..%2f..%2fsecret",
        "%00.svg",
        "A" * 32 + ".svg",
        "0" * 32 + ".svg/",
        "." * 40,
    ],
)
def test_whatever_is_no_picture_of_a_course_does_not_exist(browser, cast, picture, name):
    """T39: no name leads out of the shelf."""
    assert browser(cast.ada).get(f"/learn/media/{name}").status_code == 404
