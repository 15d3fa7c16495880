"""T2: two spellings of one address are one person, and no spelling leads a letter or a right to another mailbox."""

import io
from time import perf_counter

import pytest
from sqlalchemy import select

from app.core.errors import Invalid
from app.people.models import Person
from app.people.rules import email_key, email_to_keep
from tests.factories.people import PASSWORD, a_grant, a_person
from tests.people.test_directory import ENTRY
from tests.people.test_scopes import entry_of

MIKE = "mike@meridian.example"
OTHER_MAILBOXES = {
    "dotless i": "mıke@meridian.example",
    "fullwidth": "ｍike@meridian.example",
    "fullwidth host": "mike@ｍeridian.example",
    "dotless host": "mike@merıdian.example",
    "punycode of a dotless host": "mike@xn--merdian-tfb.example",
}
"""Each has Mike's key, and whoever owns such a mailbox or host is somebody else."""
SAME_MAILBOX = {"case": "MIKE@Meridian.EXAMPLE", "padded": "  mike@meridian.example\t"}
TWINS = OTHER_MAILBOXES | SAME_MAILBOX


@pytest.fixture
def mike(session):
    return a_person(session, name="Mike Vos", email=MIKE, password=PASSWORD)


@pytest.fixture
def everybody(session):
    """Who is here, afresh: name and stored address."""

    def read():
        session.expire_all()
        return [tuple(row) for row in session.execute(select(Person.name, Person.email).where(Person.email_key == MIKE))]

    return read


twins = pytest.mark.parametrize("twin", TWINS.values(), ids=TWINS)
others = pytest.mark.parametrize("twin", OTHER_MAILBOXES.values(), ids=OTHER_MAILBOXES)


@twins
def test_every_spelling_has_one_key(twin):
    assert email_key(twin) == MIKE


@others
def test_what_is_another_mailbox_is_never_kept_as_an_address(twin):
    with pytest.raises(Invalid, match=r"email\.ascii"):
        email_to_keep(twin)


@twins
def test_a_twin_signs_in_as_the_one_person_or_not_at_all(browser, mike, twin):
    right, wrong = (browser().post("/sign-in", {"email": twin, "password": word}).status_code for word in (PASSWORD, "not the password"))
    assert (right, wrong) == (303, 422)


@twins
def test_a_letter_that_a_twin_asks_for_goes_to_the_stored_address(browser, mike, run_jobs, letters, twin):
    assert browser().post("/forgotten", {"email": twin}).status_code == 303
    run_jobs()
    (letter,) = letters()
    assert f"To: {MIKE}\n" in letter
    assert twin.strip() not in letter.replace(MIKE, "")


@twins
def test_a_twin_is_not_added_by_hand(browser, cast, mike, everybody, twin):
    assert browser(cast.rosa).post("/admin/people/new", {**ENTRY, "email": twin}).status_code == 422
    assert everybody() == [("Mike Vos", MIKE)]


@twins
def test_a_twin_in_a_file_makes_nobody_and_moves_no_letter(browser, cast, mike, everybody, run_jobs, twin):  # noqa: PLR0917
    rosa = browser(cast.rosa)
    content = f"email,name\n{twin},Mike Twin\n".encode()
    place = rosa.post("/admin/import", {"file": (io.BytesIO(content), "p.csv")}, content_type="multipart/form-data").headers["Location"]
    run_jobs()
    rosa.post(f"{place}/confirm")
    run_jobs()
    ((_name, address),) = everybody()
    assert email_to_keep(address).lower() == MIKE


@others
def test_an_account_is_not_moved_to_a_mailbox_that_only_looks_like_its_own(browser, cast, session, mike, everybody, twin):  # noqa: PLR0917
    """T20: a department's administrator would read the links of HR there."""
    mike.department_id = cast.sales.id
    local = a_person(session, name="Local Admin", department=cast.sales)
    a_grant(session, person=local, role="admin", department=cast.sales)
    a_grant(session, person=mike, role="hr")
    for keeper in (local, cast.rosa):
        assert browser(keeper).post(f"/admin/people/{mike.uuid}", entry_of(session, mike, email=twin)).status_code == 422
    assert everybody() == [("Mike Vos", MIKE)]


@pytest.mark.parametrize("place", ["{heap}@meridian.example", "ada@{heap}.example", "{heap}"])
def test_an_address_under_a_heap_of_marks_is_refused_before_it_is_normalised(place):
    """T74, T75: anybody may write into the field of the sign-in page."""
    began = perf_counter()
    with pytest.raises(Invalid) as refusal:
        email_key(place.format(heap="a" + "\u0315\u0300" * 60_000))
    assert (refusal.value.code, refusal.value.field) == ("text.long", "email")
    assert perf_counter() - began < 1
