"""My courses and certificates, as the page Me shows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext

from app.core.clock import today_in
from app.learning.presenters.catalogue import CourseLine, line_of
from app.learning.presenters.words import LEVEL_NAMES
from app.learning.queries.certificates import Proof
from app.learning.queries.progress import MyCourse
from app.web.i18n import day


@dataclass(frozen=True)
class CertificateLine:
    """A certificate in a list."""

    uuid: str
    level: Any
    text: str
    meaning: str


@dataclass(frozen=True)
class MyLearning:
    """The two lists."""

    courses: tuple[CourseLine, ...]
    certificates: tuple[CertificateLine, ...]


def my_learning(courses: Sequence[MyCourse], proofs: Sequence[Proof], *, on: date, zone: str) -> MyLearning:
    """Both lists, newest first."""
    lines = tuple(line_of(course.slug, course.document, course.times, on) for course in courses)
    return MyLearning(lines, tuple(_certificate(proof, on, zone) for proof in proofs))


def _certificate(proof: Proof, on: date, zone: str) -> CertificateLine:
    state = proof.state(on)
    if proof.revoked_at is not None:
        text = gettext("Revoked on %(date)s", date=day(today_in(zone, proof.revoked_at)))
        return CertificateLine(proof.uuid, LEVEL_NAMES[proof.level], text, "failed")
    if state == "expired":
        return CertificateLine(proof.uuid, LEVEL_NAMES[proof.level], gettext("Expired on %(date)s", date=day(proof.expires_on)), "careful")
    return CertificateLine(proof.uuid, LEVEL_NAMES[proof.level], gettext("Valid until %(date)s", date=day(proof.expires_on)), "done")
