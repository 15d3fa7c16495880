"""Everything we hold is complete, and the terms it names are kept by something."""

from datetime import date, timedelta
from typing import Final

import pytest

from app.core.clock import now
from app.core.database import Base
from app.people.actions.auditing import audit
from app.people.actions.looking import note_look
from app.people.jobs import tidy
from app.people.models import Look, Upload
from app.people.presenters.me import MOST_SHOWN
from tests.factories.library import a_story

HELD: Final = {
    "insight_view.person_id": "Views of completion that you saved",
    "learning_certificate.person_id": "Certificates",
    "learning_enrolment.person_id": "Courses",
    "library_asset.added_by_id": "Pictures you added",
    "library_review_entry.by_id": "What you did in reviews",
    "library_story.author_id": "Stories you wrote",
    "people_audit_entry.actor_id": "The audit log by or about you",
    "people_invitation.person_id": "Links to choose a password",
    "people_look.subject_id": "Who looked at your learning record",
    "people_role_grant.person_id": "Your roles",
    "people_session.person_id": "Where you are signed in",
    "people_upload.by_id": "Files of people that you brought",
    "sharing_share.person_id": "What you shared",
}
"""Where each column that points at a person is shown to that person."""
ELSEWHERE: Final = {
    "insight_export_slot.person_id": "a minute's note that an export runs; the export itself is in the audit log",
    "learning_certificate_decision.by_id": "what somebody decided about another's certificate is that person's; that they did is in the audit log",
    "library_edition.approved_by_id": "the approval is a step in a review",
    "people_look.viewer_id": "whose record somebody looked at is that person's; that they did is in the audit log",
    "people_name_word.person_id": "the words of the name, which is in the directory's entry",
    "people_person.manager_id": "the manager is in one's own entry; who reports to somebody is in theirs",
    "people_role_grant.granted_by_id": "a role is its holder's; that somebody gave it is in the audit log",
}
"""What is not shown by itself, and why."""


def pointing():
    """Every column of the house that points at a person."""
    columns = [column for table in Base.metadata.sorted_tables for column in table.columns]
    return {f"{each.table.name}.{each.name}" for each in columns if any(key.target_fullname == "people_person.id" for key in each.foreign_keys)}


def test_every_column_that_points_at_a_person_is_shown_to_them_or_says_why_not(browser, cast):
    """P20, P21: a new one has to be thought of."""
    assert HELD.keys() | ELSEWHERE.keys() == pointing()
    assert not HELD.keys() & ELSEWHERE.keys()
    titles = {holding["title"] for holding in browser(cast.ada).get("/me/everything.json").json}
    assert set(HELD.values()) <= titles


def test_files_that_one_brought_and_stories_that_name_one_are_held(browser, cast, session):
    """P21."""
    story = a_story(session, author=cast.grace)
    story.content = {**story.content, "replies_by": {"uuid": cast.ada.uuid, "name": cast.ada.name}}
    session.add(Upload(by_id=cast.ada.id, file_name="new people.csv", storage_key="uploads/x", state="done", created_at=now()))
    session.commit()
    held = {holding["title"]: holding["rows"] for holding in browser(cast.ada).get("/me/everything.json").json}
    assert [row["file"] for row in held["Files of people that you brought"]] == ["new people.csv"]
    assert len(held["Stories that name you as who answers replies"]) == 1
    others = {holding["title"]: holding["rows"] for holding in browser(cast.grace).get("/me/everything.json").json}
    assert others["Stories that name you as who answers replies"] == others["Files of people that you brought"] == []


def test_the_file_has_every_entry_of_the_audit_log_and_the_page_says_how_many_more(browser, cast, session):
    """P21: complete against what is kept, however long the log is."""
    for _ in range(MOST_SHOWN + 7):
        audit(session, "signed_in", at=now(), by_id=cast.ada.id)
    session.commit()
    ada = browser(cast.ada)
    held = {holding["title"]: holding["rows"] for holding in ada.get("/me/everything.json").json}
    assert len(held["The audit log by or about you"]) == MOST_SHOWN + 7
    assert "7 more rows are in the file" in ada.visit("/me/everything").get_text()


@pytest.mark.parametrize(("days", "kept"), [(364, True), (368, False)])
def test_a_look_is_forgotten_after_twelve_months(cast, session, days, kept):
    """P3, P19."""
    note_look(session, viewer_id=cast.hedy.id, subject_id=cast.ada.id, role="hr", purpose="audit", day=date.today() - timedelta(days=days))
    session.commit()
    tidy(session, {}, now())
    assert (session.query(Look).count() == 1) is kept


@pytest.mark.parametrize(("days", "kept"), [(29, True), (31, False)])
def test_names_beside_wrong_rows_are_forgotten_after_a_month(cast, session, days, kept):
    """P19."""
    at = now() - timedelta(days=days)
    session.add(
        Upload(
            by_id=cast.rosa.id,
            file_name="x",
            storage_key="uploads/x",
            state="refused",
            faults=[[2, "email.wrong", {}, "email", "Ann"]],
            created_at=at,
        )
    )
    session.commit()
    tidy(session, {}, now())
    session.expire_all()
    assert bool(session.query(Upload).one().faults) is kept
