"""Everything that the learning room holds about a person, for that person to read."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from sqlalchemy.orm import Session

from app.learning.presenters.visibility import SEEN, the_visibility
from app.learning.presenters.words import DECISIONS, GROUNDS, LEVEL_NAMES, REASONS, said
from app.learning.queries.content import course_documents
from app.learning.queries.holdings import (
    Rows,
    answers_held,
    attempts_held,
    certificates_held,
    decisions_held,
    enrolments_held,
    lessons_held,
    papers_held,
    versions_held,
)
from app.learning.rules.document import Html
from app.learning.rules.quiz import read_paper
from app.web.i18n import day
from app.web.room import Holding

LABELS: Final[dict[str, Any]] = {
    "course": _l("Course"),
    "ordinal": _l("Round"),
    "state": _l("Status"),
    "mandatory_role": _l("Mandatory"),
    "due_on": _l("Due"),
    "enrolled_at": _l("Enrolled"),
    "completed_at": _l("Completed"),
    "completed_on": _l("Day of completion"),
    "expires_on": _l("Valid until"),
    "lesson": _l("Lesson"),
    "done_at": _l("Read"),
    "number": _l("Attempt"),
    "attempt": _l("Attempt"),
    "started_at": _l("Begun"),
    "submitted_at": _l("Handed in"),
    "score": _l("Score"),
    "passed": _l("Passed"),
    "place": _l("Number"),
    "question": _l("Question"),
    "chosen": _l("Chosen"),
    "saved_at": _l("Saved"),
    "level": _l("Level"),
    "code": _l("Code"),
    "name": _l("Name"),
    "courses": _l("Courses"),
    "issued_at": _l("Issued"),
    "revoked_at": _l("Revoked"),
    "shared_at": _l("Shared with HR"),
    "decision": _l("Decision"),
    "ground": _l("Ground"),
    "reason": _l("Reason"),
    "at": _l("When"),
}
WORDS: Final[dict[str, dict[str, Any]]] = {
    "state": {
        "open": _l("Under way"),
        "paused": _l("Paused"),
        "left": _l("Stopped"),
        "completed": _l("Passed"),
        "submitted": _l("Handed in"),
    },
    "level": LEVEL_NAMES,
    "mandatory_role": REASONS,
    "decision": DECISIONS,
    "ground": GROUNDS,
}


def holdings(session: Session, person_id: int) -> list[Holding]:
    """Enrolments, lessons done, attempts, answers, certificates and what was decided about them."""
    answers, chosen = _answers(session, person_id)
    names = {**_names(session, person_id), "chosen": chosen}

    def held(title: Any, purpose: Any, rows: Rows) -> Holding:
        return Holding(title, purpose, _l("As long as your account exists."), rows, LABELS, {**WORDS, "courses": _rested_on}, names)

    seen = SEEN[the_visibility()]
    go_on = _l("So that you can go on where you stopped.")
    grade = _l("To grade you fairly, and for you to look back.")
    return [
        held(
            _l("Courses"),
            _with(_l("So that you can go on where you stopped, and to prove what you completed."), seen),
            enrolments_held(session, person_id),
        ),
        held(_l("Lessons read"), go_on, lessons_held(session, person_id)),
        held(_l("Quiz attempts"), grade, attempts_held(session, person_id)),
        held(_l("Quiz answers"), grade, answers),
        held(_l("Certificates"), _with(_l("To prove your level to whoever you give the code to."), seen), certificates_held(session, person_id)),
        held(_l("Certificates revoked or reinstated"), _l("So that you can read what was decided, and why."), decisions_held(session, person_id)),
    ]


def _with(purpose: Any, seen: Any) -> str:
    """A purpose, and who else reads it."""
    return f"{purpose} {seen}"


def _names(session: Session, person_id: int) -> dict[str, dict[str, str]]:
    """What the person's courses and lessons are called, in the versions that they took."""
    versions = versions_held(session, person_id)
    documents = course_documents(session, versions)
    courses = {slug: said(documents[version_id].title) for version_id, slug in versions.items()}
    lessons = {lesson.uuid: said(lesson.title) for version_id in versions for lesson in documents[version_id].lessons}
    return {"course": courses, "lesson": lessons}


def _answers(session: Session, person_id: int) -> tuple[Rows, dict[str, str]]:
    """The person's answers with the questions as they were asked, and what each option that was chosen said; neither tells which is right."""
    papers = papers_held(session, person_id)
    documents = course_documents(session, {version_id for version_id, _paper in papers.values()})
    asked = {
        (attempt_id, question.place): question
        for attempt_id, (version_id, paper) in papers.items()
        for question in read_paper(paper, documents[version_id])
    }
    rows: list[dict[str, Any]] = []
    chosen: dict[str, str] = {}
    for row in answers_held(session, person_id):
        question = asked.get((row["attempt_id"], row["place"]))
        chosen |= {one: _plain(option.text) for one, option in question.options if one in row["chosen"]} if question else {}
        told = {name: row[name] for name in ("course", "attempt", "place")}
        rows.append({**told, "question": _plain(question.item.stem) if question else None, "chosen": row["chosen"], "saved_at": row["saved_at"]})
    return rows, chosen


def _plain(html: Html) -> str:
    """A question or an option in the reader's language, without its markup."""
    return Markup(said(html)).striptags()  # noqa: S704  # cleaned at publication, and only its letters are kept


def _rested_on(courses: Sequence[Mapping[str, Any]]) -> str:
    """The courses of a certificate, as they were passed."""
    return "; ".join(_passed(course) for course in courses)


def _passed(course: Mapping[str, Any]) -> str:
    title, version, passed_on = said(course["title"]), course["version"], course.get("passed_on")
    if not passed_on:
        return _("%(title)s, version %(version)s", title=title, version=version)
    return _("%(title)s, version %(version)s, passed on %(day)s", title=title, version=version, day=day(date.fromisoformat(passed_on)))
