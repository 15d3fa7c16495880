"""One certificate as HR reads it, with everything that was decided about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core.clock import today_in
from app.core.who import Who
from app.insight.presenters.words import CERTIFICATE_STATES, LEVELS, STATE_MEANINGS, said
from app.insight.queries.persons import Subject
from app.learning.queries.certificates import Decision, Proof
from app.web.i18n import language

GROUNDS: Final[Mapping[str, Any]] = {
    "issued_wrongly": _l("It was issued by mistake"),
    "not_own_work": _l("Somebody else took the quiz"),
    "policy_broken": _l("A duty of the policy was broken"),
    "was_wrong": _l("Revoking it was a mistake"),
    "settled": _l("What led to it has been settled"),
    "other": _l("Another reason"),
}
DECISIONS: Final[Mapping[str, Any]] = {"revoked": _l("Revoked"), "reinstated": _l("Reinstated")}


@dataclass(frozen=True)
class CourseRow:
    """A course that the certificate rests on, as it was passed."""

    title: str
    version: int
    passed_on: date | None


@dataclass(frozen=True)
class DecisionRow:
    """A line of what was decided."""

    what: str
    day: date
    by: str | None
    ground: str
    reason: str


@dataclass(frozen=True)
class CertificatePage:
    """The page. `own` is whether it is the reader's own; `others` whether the person holds another one that counts, None where that is not told."""

    person: Subject
    handle: str
    """By what the certificate is addressed."""
    uuid: str
    level: str
    code: str
    issued_on: date
    expires_on: date
    revoked_on: date | None
    state: str
    meaning: str
    courses: tuple[CourseRow, ...]
    decisions: tuple[DecisionRow, ...]
    own: bool
    others: bool | None
    verify: str


def certificate_page(
    person: Subject, proof: Proof, decisions: Sequence[Decision], *, handle: str, who: Who, others: bool | None, today: date
) -> CertificatePage:
    """The page, from what the queries found."""
    state, locale = proof.state(today), language()
    return CertificatePage(
        person=person,
        handle=handle,
        uuid=proof.uuid,
        level=str(LEVELS[proof.level]),
        code=proof.code,
        issued_on=proof.issued_on,
        expires_on=proof.expires_on,
        revoked_on=today_in(who.timezone, proof.revoked_at) if proof.revoked_at else None,
        state=str(CERTIFICATE_STATES[state]),
        meaning=STATE_MEANINGS[state],
        courses=tuple(_course(course, locale) for course in proof.courses),
        decisions=tuple(_decision(each, who.timezone) for each in decisions),
        own=person.id == who.id,
        others=others,
        verify=url_for("learning.verification", code=proof.code),
    )


def _course(course: Mapping[str, Any], locale: str) -> CourseRow:
    passed = course.get("passed_on")
    return CourseRow(said(course["title"], locale), course["version"], date.fromisoformat(passed) if passed else None)


def _decision(each: Decision, zone: str) -> DecisionRow:
    return DecisionRow(str(DECISIONS[each.decision]), today_in(zone, each.at), each.by, str(GROUNDS[each.ground]), each.reason)


def said_of(decision: str, name: str) -> str:
    """What to say when it is done."""
    if decision == "revoked":
        return _("The certificate is revoked. %(name)s gets an e-mail that says why.", name=name)
    return _("The certificate counts again. %(name)s gets an e-mail that says so.", name=name)
