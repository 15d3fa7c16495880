"""T75: too much of anything is refused at the door, at once."""

import re
import time

import pytest
from bs4 import BeautifulSoup

from app.core.who import Role
from tests.factories.people import a_grant, a_person
from tests.support.browser import BASE
from tests.support.parameters import parameters

QUICK_SECONDS = 2.0
"""Generous, because two cores are shared; what is refused costs milliseconds."""


@pytest.fixture
def knock(app):
    """Sends a request as a stranger; the answer must come quickly and be no error of ours."""

    def send(path, **more):
        began = time.monotonic()
        answer = app.test_client().open(path, base_url=BASE, **more)
        assert time.monotonic() - began < QUICK_SECONDS
        assert answer.status_code < 500
        return answer.status_code

    return send


def test_an_address_has_four_kilobytes(knock):
    assert knock("/sign-in?next=/" + "a" * 4000) == 200
    assert knock("/sign-in?next=/" + "a" * 4096) == 414
    assert knock("/" + "a" * 65_536) == 414


def test_a_body_has_a_megabyte(knock):
    form = "application/x-www-form-urlencoded"
    assert knock("/sign-in", method="POST", data=b"a=" + b"b" * (1024 * 1024 - 1), content_type=form) == 413
    assert knock("/sign-in", method="POST", data=b"a=" + b"b" * 1000, content_type=form) == 400


def test_a_form_has_not_a_million_fields(knock):
    assert knock("/sign-in", method="POST", data=b"&".join(b"a%d=" % number for number in range(1_000_000))) == 413
    assert knock("/sign-in", method="POST", data=b"a&" * 500_000, content_type="application/x-www-form-urlencoded") in {400, 413}


def test_a_form_has_not_a_hundred_thousand_parts(knock):
    """T45."""
    parts = b"".join(b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n\r\n' for _ in range(15_000)) + b"--x--\r\n"
    assert knock("/sign-in", method="POST", data=parts, content_type="multipart/form-data; boundary=x") == 413


def test_an_endless_boundary_costs_nothing(knock):
    """T45: CVE-2023-46136, a part that begins with CR and megabytes after it."""
    body = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n' + b"\r" + b"a" * 1_000_000
    assert knock("/sign-in", method="POST", data=body, content_type="multipart/form-data; boundary=x") in {400, 413}


@pytest.mark.parametrize("value", ["9" * 1200, "-" + "9" * 1200, "1e309", "NaN", "٣", "%00", "%ff%fe"])
def test_a_number_that_is_none_is_no_error(knock, value):
    assert knock(f"/sign-in?page={value}&after={value}&before={value}") == 200


@pytest.fixture
def everywhere(browser, session):
    """A browser of somebody who may open every page."""
    person = a_person(session, name="Trusted Everywhere")
    for role in Role:
        a_grant(session, person=person, role=role.value)
    a_person(session, name="Reports To Them", manager=person)
    return browser(person)


@pytest.mark.parametrize("value", ["%00", "9" * 20, "-" + "9" * 20, "0001-01-01", "9999-12-31"])
def test_what_no_database_takes_is_no_error_of_ours(app, everywhere, value):
    """T75: in every part of every address and in every name that a page reads from it."""
    query = "&".join(f"{name}={value}" for name in parameters())
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()):
            continue
        path = re.sub(r"<[^>]*>", value, rule.rule)
        for address in {path, f"{path}?{query}"}:
            assert everywhere.get(address).status_code < 500, address


@pytest.mark.parametrize("value", ["\x00", "a\x00b", None])
def test_what_no_database_takes_is_no_error_in_a_form_either(app, everywhere, value):
    """T75: in every field of every form that is sent to an address without a name in it; and with every field left out."""
    for rule in app.url_map.iter_rules():
        if "POST" in (rule.methods or ()) and not rule.arguments and rule.rule != "/sign-out":
            page = BeautifulSoup(everywhere.get(rule.rule).text, "html.parser") if "GET" in (rule.methods or ()) else None
            fields = {str(field["name"]) for field in page.find_all(["input", "textarea", "select"], attrs={"name": True})} if page else {"view"}
            answer = everywhere.post(rule.rule, dict.fromkeys(fields - {"csrf_token"}, value) if value else {})
            assert answer.status_code < 500, rule.rule
