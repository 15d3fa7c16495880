"""Reads of the playbooks room."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from app.core.kept import Kept
from app.playbooks.models import PolicyVersion
from app.playbooks.rules import PolicyDocument, policy_from


@dataclass(frozen=True)
class Policy:
    """A published version of the policy; shares and attestations keep its `number`."""

    number: int
    effective_on: date
    document: PolicyDocument


_policies: Final[Kept[int, Policy]] = Kept(most=20)


def in_force(on: date | ColumnElement[date]) -> Select[int, int]:
    """Id and number of the version that holds on a day, for `current_policy` and for statements of rooms above."""
    newest = PolicyVersion.number.desc()
    return select(PolicyVersion.id, PolicyVersion.number).where(PolicyVersion.effective_on <= on).order_by(newest).limit(1)


def current_policy(session: Session, *, on: date) -> Policy | None:
    """The version that holds on this day; one statement, and a second the first time that a process meets the version."""
    version_id = session.scalar(in_force(on))
    return None if version_id is None else _policies.of([version_id], lambda ids: _fetch(session, ids))[version_id]


def newest_version(session: Session) -> PolicyVersion | None:
    """The version published last, whether it holds already or not."""
    return session.scalar(select(PolicyVersion).order_by(PolicyVersion.number.desc()).limit(1))


def _fetch(session: Session, ids: Collection[int]) -> dict[int, Policy]:
    columns = (PolicyVersion.id, PolicyVersion.number, PolicyVersion.effective_on, PolicyVersion.document)
    rows = session.execute(select(*columns).where(PolicyVersion.id.in_(ids)))
    return {row.id: Policy(row.number, row.effective_on, policy_from(row.document)) for row in rows}
