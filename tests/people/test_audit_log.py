"""The audit log reads as sentences about things by their names, for whoever may know those."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from app.core.clock import now
from app.library.models import Story
from app.people.actions.auditing import Door, audit
from app.people.models import Upload
from app.people.presenters.auditing import SAID
from app.people.presenters.words import ACTIONS
from app.people.rules import Audience
from tests.factories.learning import a_course
from tests.factories.library import an_edition
from tests.factories.people import a_department, a_person
from tests.support.statements import counting_statements

APP = Path(__file__).parents[2] / "app"
MARK = "ab" * 32


def noted(session, action, about, **more):
    """An entry by the system, unless `by_id` says otherwise."""
    return audit(session, action, at=now(), by_id=more.pop("by_id", None), about=about, **more)


def sentences(page):
    """What the log says, newest first."""
    return [" ".join(each.get_text().split()) for each in page.select(".entries > li > p:first-child")]


def test_every_deed_that_is_written_down_has_a_sentence():
    written = {found for file in APP.rglob("*.py") for found in re.findall(r"audit\(\s*session,\s*\"([a-z_.]+)\"", file.read_text(encoding="utf-8"))}
    assert written
    assert written <= SAID.keys()
    assert SAID.keys() == ACTIONS.keys()


def test_things_stand_there_by_their_names_with_the_way_to_them(browser, cast, session):
    course, department = a_course(session), a_department(session, slug="care", name="Care")
    edition = an_edition(session, author=cast.grace, title={"en": "A pump that lasts"})
    story = session.get_one(Story, edition.story_id)
    file = Upload(by_id=cast.rosa.id, file_name="new people.csv", storage_key="uploads/x", created_at=now())
    session.add(file)
    session.flush()
    for action, about, more in (
        ("story_approved", ("story", story.uuid), {"by_id": cast.hugo.id, "changes": {"checksum": [None, edition.checksum]}}),
        ("course.published", ("course", course.uuid), {"changes": {"version": [1, 2], "checksum": [MARK, MARK]}}),
        ("policy.published", ("policy", "3"), {"changes": {"version": [None, 3]}}),
        ("department_added", ("department", department.uuid), {"by_id": cast.rosa.id}),
        ("people_imported", ("upload", file.uuid), {"by_id": cast.rosa.id, "changes": {"rows": ["", 1200]}, "result": "done"}),
        ("role_granted", ("person", cast.ada.uuid), {"by_id": cast.rosa.id, "changes": {"role": ["", "hr /care/"]}}),
        ("record_opened", ("person", cast.ada.uuid), {"by_id": cast.hedy.id, "reason": "audit"}),
    ):
        noted(session, action, about, **more)
    session.commit()
    page = browser(cast.rosa).visit("/admin/audit")
    found = dict(zip(reversed(sentences(page)[-7:]), reversed(page.select(".entries > li")[-7:]), strict=False))
    assert list(found) == [
        "Hugo Brandt approved this text of the story “A pump that lasts”",
        "The system published the course “Principles” version 1, then 2",
        "The system published version 3 of the policy version 3",
        "Rosa Duarte added the department Care",
        "Rosa Duarte imported the file “new people.csv” 1,200 rows",
        "Rosa Duarte gave Ada de Wit a role HR, in care",
        "Hedy Maes opened the record of Ada de Wit to give proof to an auditor",
    ]
    links = [entry.select_one("p a")["href"] for entry in found.values()]
    assert links[:2] == [f"/library/{story.slug}", f"/learn/{course.slug}"]
    assert links[-1] == f"/admin/people/{cast.ada.uuid}"
    for href in set(links) - {"/policy"}:
        browser(cast.rosa).visit(href)
    said = " ".join(sentences(page))
    assert not re.search(r"[0-9a-f]{12}|[0-9a-f-]{36}", said), "ids and checksums stand in the details"
    assert edition.checksum in page.select_one(".entries").text


def test_a_story_that_the_reader_may_not_know_has_no_name(browser, cast, session):
    """T23: a title under embargo or for others is not told by the log."""
    future = an_edition(session, author=cast.grace, title={"en": "Canary Future"}, opens_at=now() + timedelta(days=9))
    others = an_edition(session, author=cast.grace, title={"en": "Canary Others"}, audience=Audience(countries=("BE",)))
    over = an_edition(session, author=cast.grace, title={"en": "Long ago"}, withdrawn_at=now())
    for edition in (future, others, over):
        noted(session, "story_approved", ("story", session.get_one(Story, edition.story_id).uuid), by_id=cast.hugo.id)
    noted(session, "story_retired", ("story", "gone"), by_id=cast.hugo.id)
    session.commit()
    page = browser(cast.rosa).visit("/admin/audit")
    assert "Canary" not in page.text
    by_hugo = [line for line in sentences(page) if line.startswith("Hugo")]
    assert by_hugo == [
        "Hugo Brandt took a story out of the library",
        "Hugo Brandt approved this text of the story “Long ago”",
        *["Hugo Brandt approved this text of a story"] * 2,
    ]


def test_entries_of_earlier_and_of_later_days_read_well(browser, cast, session):
    """Whatever the log keeps, it is shown: deeds, things and outcomes that this version does not know."""
    noted(session, "person_changed", ("person", cast.ada.uuid), by_id=cast.rosa.id, changes={"name": ["aa" * 6, "bb" * 6], "name_key": ["a", "b"]})
    noted(session, "sign_in_failed", ("account", "0123456789abcdef"), result="refused", door=Door("request-7", "v4 203.0.113.0/24"))
    noted(session, "moon_painted", ("moon", "1"), result="half", changes={"paint_colour": ["", "deep_red"]})
    noted(session, "person_deactivated", ("person", "no longer here"), by_id=cast.rosa.id)
    noted(session, "export_ended", ("export", "old"), by_id=cast.hedy.id, result="broken_off", changes={"rows": [0, 7]})
    session.commit()
    page = browser(cast.rosa).visit("/admin/audit")
    assert sentences(page)[:5] == [
        "Hedy Maes downloaded an export of a list broken off · 7 rows",
        "Rosa Duarte deactivated a person",
        "The system: moon_painted (moon) half · paint colour: deep red",
        "Somebody failed to sign in refused",
        "Rosa Duarte changed the details of Ada de Wit Name",
    ]
    assert "request-7" in page.text
    assert "203.0.113.0/24" in page.text


def test_a_name_is_never_markup(browser, cast, session):
    """T46."""
    evil = a_person(session, name='<b>Eve</b> %(who)s "x"')
    noted(session, "person_added", ("person", evil.uuid), by_id=evil.id, reason="<i>%(what)s</i>")
    session.commit()
    entry = browser(cast.rosa).visit("/admin/audit").select_one(".entries > li")
    assert entry.p.get_text() == '<b>Eve</b> %(who)s "x" added <b>Eve</b> %(who)s "x"'
    assert entry.select_one(".entry-reason").get_text() == "<i>%(what)s</i>"


@pytest.mark.parametrize("filters", ["", "?action=story_approved"])
def test_the_log_costs_the_same_however_many_things_it_names(browser, cast, session, filters):
    """L0: one statement for each kind of thing."""

    def note(count):
        for number in range(count):
            story = session.get_one(Story, an_edition(session, author=cast.grace).story_id)
            for action, about in (
                ("story_approved", ("story", story.uuid)),
                ("course.published", ("course", a_course(session, slug=f"c{number}-{count}").uuid)),
                ("department_added", ("department", a_department(session, slug=f"d{number}-{count}").uuid)),
                ("people_imported", ("upload", f"u{number}")),
                ("export_ended", ("export", f"e{number}")),
            ):
                noted(session, action, about, by_id=cast.hugo.id)
        session.commit()

    rosa = browser(cast.rosa)
    note(1)
    rosa.visit(f"/admin/audit{filters}")
    with counting_statements() as few:
        rosa.visit(f"/admin/audit{filters}")
    note(9)
    rosa.visit(f"/admin/audit{filters}")
    with counting_statements() as many:
        rosa.visit(f"/admin/audit{filters}")
    assert len(many) == len(few) <= 8


def test_a_full_page_of_the_log_keeps_to_forty_kilobytes(browser, cast, session):
    """LOOK: HTML ≤ 40 kB."""
    for number in range(60):
        person = a_person(session, name=f"Person Number {number}", email=f"n{number}@meridian.example")
        changes = {name: ["0123456789ab", "ba9876543210"] for name in ("name", "email", "job_title")}
        noted(session, "person_changed", ("person", person.uuid), by_id=cast.rosa.id, changes=changes, door=Door("r" * 32, "v4 203.0.113.0/24"))
    session.commit()
    answer = browser(cast.rosa).get("/admin/audit")
    assert answer.text.count("<li><p>") == 40
    assert len(answer.data) <= 40_000
