"""What stands in the middle of HR's pages about one person, for the panel beside a list."""

import itertools
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup

from tests.factories.insight import a_certificate, a_time
from tests.factories.learning import a_course
from tests.support.clock import today

PART = {"X-Part": "panel"}


@pytest.fixture
def ada(cast, session):
    """Ada's address, with a pass and a certificate."""
    a_time(session, person=cast.ada, course=a_course(session), completed_on=today())
    a_certificate(session, person=cast.ada, expires_on=today() + timedelta(days=300))
    return f"/hr/people/{cast.ada.uuid}"


def part(answer):
    """The part, checked for what the page around it brings."""
    assert answer.headers["X-Part"] == "panel"
    assert "X-Part" in answer.headers["Vary"]
    assert answer.headers["Cache-Control"] == "no-store"
    page = BeautifulSoup(answer.text, "html.parser")
    assert page.find(["html", "head", "main", "nav", "script", "h1"]) is None
    levels = [int(heading.name[1]) for heading in page.find_all(["h2", "h3", "h4"])]
    assert levels[0] == 2
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert page.find(id="panel-title").name == "h2"
    return page


def test_the_question_the_record_and_a_certificate_come_without_their_frame(browser, cast, session, ada):
    hr = browser(cast.hedy)
    assert hr.get(ada, headers=PART).headers["Location"] == f"{ada}/why"
    asked = part(hr.get(f"{ada}/why", headers=PART))
    assert asked.find("form")["data-panel"] is not None
    assert asked.find("input", attrs={"name": "csrf_token"})
    assert part(hr.post(f"{ada}/why", {}, headers=PART)).find(attrs={"role": "alert"})
    assert hr.post(f"{ada}/why", {"purpose": "question"}, headers=PART).headers["Location"] == ada
    record = part(hr.get(ada, headers=PART))
    link = record.find("a", attrs={"data-panel": True})["href"]
    assert "Revoke this certificate" in part(hr.get(link, headers=PART)).text


def test_what_may_not_be_seen_is_no_part_either(browser, cast, ada):
    """T15."""
    for person in (cast.linus, cast.rosa):
        answer = browser(person).get(ada, headers=PART)
        assert answer.status_code == 404
        assert "X-Part" not in answer.headers


@pytest.mark.parametrize("path", ["/hr/people", "/hr/lapsing", "/hr/certificates"])
def test_lists_open_people_beside_themselves(browser, cast, session, ada, path):
    a_certificate(session, person=cast.linus, expires_on=today() + timedelta(days=3))
    page = browser(cast.hedy).visit(path)
    assert page.select_one("tbody th a[data-panel]")
    assert page.select_one("dialog#panel [data-body]")
