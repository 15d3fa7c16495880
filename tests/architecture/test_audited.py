"""An audit entry for every privileged change (I6, T94), generated over the route table: whoever adds a privileged write says here how it is done."""

from contextlib import suppress
from dataclasses import dataclass, field

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select, update

from app.people.models import AuditEntry, Person
from app.web.database import db
from tests.architecture.rows import rows
from tests.architecture.world import World
from tests.support.browser import offered

ROWS = rows()
OF_EVERYBODY = {"anyone", "signed_in", "may_learn"}
"""Policies that ask for no role: what people do with their own things is no privilege."""
PRIVILEGED = sorted(name for name, row in ROWS.items() if "POST" in row["methods"] and row["policy"] not in OF_EVERYBODY)


@dataclass(frozen=True)
class Done:
    """How a write is done: by whom, to which thing, with what fields beside those that the page at `page` offers for it; what the log calls it."""

    action: str
    by: str
    thing: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    page: str = ""
    first: str = ""


PERSON = {"name": "Noor Ali", "email": "noor@meridian.example", "locale": "nl", "timezone": "Europe/Amsterdam"}
CERTIFICATE = "ada's certificate for HR"
REVIEW = "/hub/reviews/{uuid}"
DONE = {
    "hub.approve": Done("story_approved", "iris", "the review of research", page=REVIEW),
    "hub.ask": Done("story_asked", "iris", "the review of research", {"comment": "Say who says so."}, page=REVIEW),
    "hub.judge": Done("fit_judged", "hugo", "repair on linkedin", {"fit": "good", "tone_en": "Plain", "tone_nl": "Gewoon"}),
    "hub.new_topic": Done("topic_added", "hugo", fields={"slug": "open-source", "name_en": "Open source", "name_nl": "Open source"}),
    "hub.recall": Done("story_recalled", "hugo", "the review of research", {"reason": "It is wrong."}, page=REVIEW, first="hub.approve"),
    "hub.retire": Done("story_retired", "hugo", "the review of research", page=REVIEW, first="hub.approve"),
    "hub.reopen": Done("story_reopened", "hugo", "the review of research", page=REVIEW, first="hub.retire"),
    "insight.completion_csv": Done("export_begun", "hedy"),
    "insight.lapsing_csv": Done("export_begun", "hedy"),
    "insight.people_csv": Done("export_begun", "hedy"),
    "insight.revoke": Done(
        "certificate_revoked", "hedy", CERTIFICATE, {"ground": "policy_broken", "reason": "She told a secret.", "sure": "y"}, page="itself"
    ),
    "insight.reinstate": Done(
        "certificate_reinstated",
        "hedy",
        CERTIFICATE,
        {"ground": "settled", "reason": "We talked.", "sure": "y"},
        page="itself",
        first="insight.revoke",
    ),
    "insight.why": Done("record_opened", "hedy", "ada", {"purpose": "question"}),
    "people.add_person": Done("person_added", "rosa", fields=PERSON, page="itself"),
    "people.confirm_upload": Done("people_imported", "rosa", "rosa's file"),
    "people.deactivate": Done("person_deactivated", "rosa", "ada"),
    "people.department": Done("department_renamed", "rosa", "the empty department", {"name": "Emptier"}, page="itself"),
    "people.remove_department": Done("department_removed", "rosa", "the empty department"),
    "people.departments": Done("department_added", "rosa", fields={"name": "Care", "slug": "care", "parent": ""}),
    "people.grant": Done("role_granted", "rosa", "ada", {"role": "hr", "department": ""}),
    "people.invite": Done("person_invited", "rosa", "ada"),
    "people.person": Done("person_changed", "rosa", "ada", {"name": "Ada Anders"}, page="itself"),
    "people.reactivate": Done("person_reactivated", "rosa", "ada", first="people.deactivate"),
    "people.revoke": Done("role_revoked", "rosa", "iris's role"),
}
NO_ENTRY = {
    "hub.edit": "a draft is its author's; nobody reads it before the review, and its versions are kept",
    "hub.picture": "as the draft that it belongs to",
    "hub.preview": "changes nothing",
    "hub.preview_of": "changes nothing",
    "hub.remove_picture": "as the draft that it belongs to",
    "hub.send": "the story's own history keeps it, and nothing is decided",
    "hub.take_back": "the story's own history keeps it, and nothing is decided",
    "hub.write": "a draft is its author's",
    "insight.keep_view": "a setting of one's own",
    "insight.new_view": "a setting of one's own",
    "insight.remove_view": "a setting of one's own",
    "insight.rename_view": "a setting of one's own",
    "people.bring": "a file is tried and nobody is changed; taking it over leaves an entry",
}
BY_A_JOB = {"people.confirm_upload"}
"""The entry comes with the change, which a job makes."""


def do(world: World, endpoint: str) -> int:
    """Do it, and what must be done before; returns the status."""
    done = DONE[endpoint]
    if done.first:
        assert do(world, done.first) in {200, 303}
    rule = next(world.app.url_map.iter_rules(endpoint))
    values = world.things[done.thing] if done.thing else {}
    path, fields = world.path(rule, values), {}
    if done.page:
        page = path if done.page == "itself" else done.page.format(**values)
        forms = BeautifulSoup(world.ask(done.by, "GET", page).text, "html.parser").find_all("form", method="post")
        form = next(form for form in forms if str(form.get("action") or page).endswith(path))
        fields = {name: value for name, value in offered(form).items() if name != "csrf_token"}
    return world.ask(done.by, "POST", path, data={**fields, **done.fields}).status_code


def entries(world: World, action: str) -> list[AuditEntry]:
    """What the log says of this action."""
    with world.app.app_context():
        return list(db.session().scalars(select(AuditEntry).where(AuditEntry.action == action)))


def test_every_privileged_write_says_how_it_is_logged_or_why_it_is_not():
    assert set(PRIVILEGED) == set(DONE) | set(NO_ENTRY), "a privileged write needs a row in DONE, or a reason in NO_ENTRY"
    assert not set(DONE) & set(NO_ENTRY)


@pytest.mark.parametrize("endpoint", sorted(set(DONE) - BY_A_JOB))
def test_a_privileged_change_leaves_an_entry_that_names_who_and_what(world: World, endpoint: str):
    """I6: in the transaction of the change, with the door that it came in by."""
    if endpoint == "people.invite":
        make_invited(world)
    assert do(world, endpoint) in {200, 303}
    (entry,) = entries(world, DONE[endpoint].action)
    assert entry.actor_id == world.row_ids[DONE[endpoint].by]
    assert entry.object_id
    assert entry.request_id


@pytest.mark.parametrize("endpoint", sorted(name for name, done in DONE.items() if name not in BY_A_JOB and not done.first))
def test_a_privileged_change_whose_entry_cannot_be_written_does_not_happen(world: World, endpoint: str, monkeypatch):
    """T94: no entry, no change."""

    def refuse(*_args, **_more):
        raise RuntimeError("the audit log is full")

    if endpoint == "people.invite":
        make_invited(world)
    before = world.contents()
    monkeypatch.setattr("app.people.actions.auditing.chain", refuse)
    with suppress(RuntimeError):
        assert do(world, endpoint) == 500
    assert world.contents() == before


def make_invited(world: World) -> None:
    """Ada has not come in yet."""
    with world.app.app_context():
        db.session.execute(update(Person).where(Person.id == world.row_ids["ada"]).values(status="invited"))
        db.session.commit()
        db.session.remove()
