"""Counting how the questions of a quiz go. What is counted is forgotten with nobody: the counts name no person."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.learning.models import Answer, Attempt, Enrolment, QuizTally
from app.learning.queries.content import course_document
from app.learning.rules.document import CourseDocument
from app.learning.rules.quiz import Question, read_paper
from app.learning.rules.tallying import SETTLED, as_document, asked_from, tallied

Sitting = tuple[Sequence[Question], Mapping[int, Sequence[str]]]
AT_ONCE: Final = 500


def tally_quizzes(session: Session, *, at: datetime) -> None:
    """Add to each version's counts the first sittings that were handed in since it was counted last. A handed-in sitting never changes."""
    until = at - SETTLED
    first = select(Attempt.version_id).join(Enrolment, Enrolment.id == Attempt.enrolment_id).where(*_first())
    for version_id in session.scalars(first.distinct().order_by(Attempt.version_id)).all():
        _tally(session, version_id, until)


def _tally(session: Session, version_id: int, until: datetime) -> None:
    tally = session.get(QuizTally, version_id, with_for_update=True)
    since = tally.counted_to if tally is not None else None
    if since is not None and since >= until:
        return
    document = course_document(session, version_id)
    asked = tallied(asked_from(tally.items) if tally else {}, _sittings(session, version_id, document, since, until))
    if tally is None:
        session.add(QuizTally(version_id=version_id, items=as_document(asked), counted_to=until))
    else:
        tally.items, tally.counted_to = as_document(asked), until


def _first() -> tuple[ColumnElement[bool], ...]:
    """A person's first sitting, handed in."""
    return Enrolment.ordinal == 1, Attempt.number == 1, Attempt.state == "submitted"


def _sittings(session: Session, version_id: int, document: CourseDocument, since: datetime | None, until: datetime) -> Iterator[Sitting]:
    query = (
        select(Attempt.id, Attempt.paper)
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .where(*_first(), Attempt.version_id == version_id, Attempt.submitted_at <= until)
        .order_by(Attempt.id)
    )
    if since is not None:
        query = query.where(Attempt.submitted_at > since)
    for rows in session.execute(query, execution_options={"yield_per": AT_ONCE}).partitions():  # else all of them are fetched at once
        answers: dict[int, dict[int, list[str]]] = {row.id: {} for row in rows}
        for attempt_id, place, chosen in session.execute(
            select(Answer.attempt_id, Answer.place, Answer.chosen).where(Answer.attempt_id.in_(answers))
        ):
            answers[attempt_id][place] = chosen
        for row in rows:
            yield read_paper(row.paper, document), answers[row.id]
