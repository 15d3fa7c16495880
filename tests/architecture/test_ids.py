"""T15, T16: what an address or a form names beside its path never widens what is seen, and never changes what is others'.

The matrix of `test_access` walks over the paths; here the words behind the question mark, and the fields that name somebody or something.
"""

import re
from functools import cache
from typing import Any

import pytest
from bs4 import BeautifulSoup
from werkzeug.test import TestResponse

from app.people.models import Department, Person
from app.web.database import db
from tests.architecture.rows import members, rows
from tests.architecture.world import World, settled
from tests.support.browser import offered
from tests.support.parameters import parameters

ROWS = rows()
CONFINED = {"scoped_hr": "research", "scoped_admin": "research", "linus": "sales"}
"""Who sees a part of the house, and which."""
NAMING = ("department", "course", "after", "open", "certificate", "actor", "q")
"""What an address names one by one; of everything else that any page reads, all at once."""
READ = tuple(name for name in parameters() if name != "lang")
NOBODY = ("00000000-0000-4000-8000-000000000000", "nowhere")
ODD = ("", "0", "-1", ",", "*", "%25", "/", "null")
DESKS = sorted(
    name
    for name, row in ROWS.items()
    if row["methods"][0] == "GET" and "<" not in row["rule"] and row["may"] not in ("everyone", "employees") and set(CONFINED) & members(row["may"])
)
"""The pages about other people."""


def _marks(world: World, answer: TestResponse) -> set[str]:
    """The people and departments that an answer tells of."""
    return {mark for mark in _everybody(world) if re.search(rf"(?<!\w){re.escape(mark)}(?!\w)", answer.text)}


@cache
def _everybody(world: World) -> tuple[str, ...]:
    with world.app.app_context():
        marks = [mark for row in db.session.query(Person.uuid, Person.name, Person.email) for mark in row]
        return (*marks, *(name for (name,) in db.session.query(Department.name)))


def _inside(world: World, slug: str) -> set[str]:
    """The people of a department: a search may find them."""
    with world.app.app_context():
        people = db.session.query(Person.uuid, Person.name, Person.email).join(Department, Department.id == Person.department_id)
        return {mark for row in people.filter(Department.slug == slug) for mark in row}


def _foreign(world: World, member: str) -> list[str]:
    """What is of another group, as an address could name it."""
    other = "ada" if CONFINED[member] == "research" else "mallory"
    department = "sales" if CONFINED[member] == "research" else "research"
    return [department, _uuid(world, other), f"/{department}/", f"{_uuid(world, other)}.1", str(world.row_ids[other])]


def _uuid(world: World, member: str) -> str:
    with world.app.app_context():
        return str(db.session.get_one(Person, world.row_ids[member]).uuid)


@pytest.mark.parametrize("endpoint", DESKS)
def test_no_word_behind_the_question_mark_widens_a_page(world: World, endpoint: str):
    rule = ROWS[endpoint]["rule"]
    for member in sorted(set(CONFINED) & members(ROWS[endpoint]["may"])):
        plain = _marks(world, world.ask(member, "GET", rule)) | _inside(world, CONFINED[member])
        foreign = _foreign(world, member)
        for value in (*foreign, *NOBODY, *ODD):
            together = dict.fromkeys(READ, value)
            for query in ({name: value} for name in NAMING) if value in foreign[:2] else (together,):
                answer = world.ask(member, "GET", rule, query_string=query)
                assert answer.status_code < 500
                more = {mark for mark in _marks(world, answer) - plain if mark not in value}  # what was typed may be said back
                assert not more, f"{rule} {query} as {member} tells of {more}"


@pytest.mark.parametrize("name", NAMING)
@pytest.mark.parametrize("rule", ["/hr/people", "/hr/completion?open=", "/hr/lapsing", "/admin/people"])
def test_what_is_foreign_reads_like_what_does_not_exist(world: World, rule: str, name: str):
    """No difference in a byte tells that a department or a person is there."""
    member = "scoped_admin" if rule.startswith("/admin") else "scoped_hr"
    glue = "&" if "?" in rule else "?"
    for foreign, nothing in (("sales", "whale"), (_uuid(world, "ada"), NOBODY[0])):
        there, nowhere = (world.ask(member, "GET", f"{rule}{glue}{name}={value}") for value in (foreign, nothing))
        assert there.status_code == nowhere.status_code
        assert settled(there).replace(foreign, "VALUE") == settled(nowhere).replace(nothing, "VALUE")


FIELDS = [
    ("scoped_admin", "/admin/people/new", "", "department", {"name": "Nia New", "email": "nia@meridian.example"}),
    ("scoped_admin", "/admin/people/{mallory}", "", "department", {}),
    ("scoped_admin", "/admin/people/{mallory}", "/roles", "department", {"role": "author"}),
    ("scoped_admin", "/admin/departments", "", "parent", {"name": "Below", "slug": "below"}),
    ("grace", "/hub/stories/{draft}", "/{draft}", "departments", {}),
    ("grace", "/hub/stories/{draft}", "/{draft}", "topics", {}),
    ("grace", "/hub/stories/{draft}", "/{draft}", "version", {}),
]
"""Who, on which page, in the form that is sent to where, names what; and what else the form needs."""


@pytest.mark.parametrize(
    ("member", "page", "action", "field", "more"), FIELDS, ids=[f"{page} {action} {field}" for _who, page, action, field, _ in FIELDS]
)
def test_a_field_that_names_what_is_not_ones_own_changes_nothing(world: World, member: str, page: str, action: str, field: str, more: dict[str, Any]):  # noqa: PLR0917
    """Foreign, absent, empty, 0, −1: refused, and every row of the database stays as it was."""
    names = {"mallory": _uuid(world, "mallory"), "draft": world.things["grace's draft"]["uuid"]}
    place, target = page.format(**names), action.format(**names)
    form = _form(world, member, place, target)
    to = place + target if target.startswith("/roles") else place
    own = {field: "research"} if member == "scoped_admin" else {}
    assert world.ask(member, "POST", to, data={**form, **more, **own}).status_code == 303, "with what is one's own it is taken"
    world.reset()
    empty = [""] if field in {"department", "parent"} else []
    foreign = ["sales", "/sales/"] if member == "scoped_admin" else []
    for value in (*foreign, _uuid(world, "ada"), *NOBODY, *empty, "0", "-1", "99999999999999999999"):
        answer = world.ask(member, "POST", to, data={**form, **more, field: value})
        assert answer.status_code in {403, 404, 409, 422}, f"{field}={value!r}: {answer.status_code}"
        assert world.contents() == world.untouched, f"{field}={value!r}"


@pytest.mark.parametrize("value", ["ghost@meridian.example", "0", "-1", "lars.weg@meridian.example", "a" * 400])
def test_nobody_becomes_a_manager_by_a_name_that_is_nobodys(world: World, value: str):
    """Absent, a leaver, a number."""
    place = f"/admin/people/{_uuid(world, 'mallory')}"
    form = _form(world, "scoped_admin", place, "")
    answer = world.ask("scoped_admin", "POST", place, data={**form, "manager": value})
    assert answer.status_code == 422
    assert world.contents() == world.untouched


@pytest.mark.parametrize("file", ["people", "lapsing", "completion"])
def test_no_view_that_is_sent_along_widens_an_export(world: World, file: str):
    plain = _marks(world, world.ask("scoped_hr", "POST", f"/hr/{file}.csv", data={"view": ""}))
    for name in ("department", "course", "after"):
        for value in (*_foreign(world, "scoped_hr")[:2], NOBODY[1], "", "0", "-1"):
            answer = world.ask("scoped_hr", "POST", f"/hr/{file}.csv", data={"view": f"?{name}={value}"})
            assert answer.status_code in {200, 404}
            assert _marks(world, answer) <= plain, f"?{name}={value}"


def _form(world: World, member: str, page: str, action: str) -> dict[str, Any]:
    """What a browser would send of the form, but for its token: `ask` adds one of its own session."""
    forms = BeautifulSoup(world.ask(member, "GET", page).text, "html.parser").select("main form[method=post]")
    form = next(form for form in forms if str(form.get("action") or page).endswith(action or page))
    return {name: value for name, value in offered(form).items() if name != "csrf_token"}
