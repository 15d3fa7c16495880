"""T7: the doors in the street tell nobody who is here: not by a byte, not by a status, not by the work they do."""

import re

import pytest
from argon2 import PasswordHasher, extract_parameters

from app.people.models import Person
from tests.architecture.world import settled
from tests.factories.people import PASSWORD, a_person
from tests.support.statements import counting_statements

STATES = ("known", "unknown", "invited", "left", "gone")
"""All of one length, so that an address that comes back in its field changes no count of bytes; "gone" left and had a password."""
OF_THE_ANSWER = {"X-Request-Id", "Content-Security-Policy", "Set-Cookie"}


def address(state):
    return f"{state:x<8}@meridian.example"


@pytest.fixture
def people(session):
    a_person(session, name="Known", email=address("known"), password=PASSWORD)
    a_person(session, name="Invited", email=address("invited"), status="invited")
    a_person(session, name="Left", email=address("left"), status="left")
    a_person(session, name="Gone", email=address("gone"), status="left", password=PASSWORD)


def said(answer, state):
    """Everything that an answer tells, without what is new in each."""
    headers = {name: value for name, value in answer.headers if name not in OF_THE_ANSWER}
    cookies = [re.sub(r"=[^;]*", "", cookie, count=1) for cookie in answer.headers.getlist("Set-Cookie")]
    return answer.status_code, headers, cookies, settled(answer).replace(address(state), "ADDRESS")


def test_signing_in_answers_and_works_alike_whoever_it_is(browser, people, monkeypatch):
    """The costly part is one hash, made with the same parameters; what the database is asked is the same too."""
    hashes, verify = [], PasswordHasher.verify

    def counted(hasher, stored, password):
        hashes.append(extract_parameters(stored))
        return verify(hasher, stored, password)

    monkeypatch.setattr(PasswordHasher, "verify", counted)
    answers, work = [], []
    for state in STATES:
        hashes.clear()
        with counting_statements() as sent:
            word = PASSWORD if state in {"left", "gone", "invited"} else "this is not the password"
            answer = browser().post("/sign-in", {"email": address(state), "password": word})
        answers.append(said(answer, state))
        work.append((tuple(hashes), tuple(sent)))
    assert answers[0][0] == 422
    assert all(answer == answers[0] for answer in answers)
    assert len(work[0][0]) == 1
    assert all(each == work[0] for each in work)


def test_asking_for_a_link_answers_and_works_alike_whoever_it_is(browser, people, run_jobs, letters):
    """Letters are a job's business, later; before the answer the same is written for everybody."""
    answers, work = [], []
    for state in STATES:
        with counting_statements() as sent:
            answer = browser().post("/forgotten", {"email": address(state)})
        answers.append(said(answer, state))
        work.append(tuple(sent))
    assert answers[0][0] == 303
    assert all(answer == answers[0] for answer in answers)
    assert all(each == work[0] for each in work)
    run_jobs()
    assert sorted(re.findall(r"^To: (\S+)", "\n".join(letters()), re.MULTILINE)) == [address("invited"), address("known")]


def test_the_stand_in_for_an_unknown_account_costs_what_a_real_hash_costs(session):
    """A stand-in of before a change of parameters would tell who is here."""
    from app.people.actions import signing_in

    person = a_person(session, name="Known", password=PASSWORD)
    assert extract_parameters(signing_in._DUMMY) == extract_parameters(session.get(Person, person.id).password_hash)
