"""My courses and certificates, as the page Me shows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext

from app.core.clock import today_in
from app.learning.presenters.catalogue import CourseLine, line_of
from app.learning.presenters.visibility import SEEN, WithHr, with_hr
from app.learning.presenters.words import LEVEL_NAMES
from app.learning.queries.certificates import Proof
from app.learning.queries.progress import MyCourse
from app.learning.rules.visibility import Visibility
from app.web.i18n import day


@dataclass(frozen=True)
class CertificateLine:
    """A certificate in a list."""

    uuid: str
    level: Any
    text: str
    meaning: str
    with_hr: WithHr


@dataclass(frozen=True)
class MyLearning:
    """The two lists, and what HR sees of them."""

    courses: tuple[CourseLine, ...]
    certificates: tuple[CertificateLine, ...]
    seen: Any


def my_learning(courses: Sequence[MyCourse], proofs: Sequence[Proof], *, visibility: Visibility, on: date, zone: str) -> MyLearning:
    """Both lists, newest first."""
    lines = tuple(line_of(course.slug, course.document, course.times, on) for course in courses)
    certificates = tuple(
        CertificateLine(proof.uuid, LEVEL_NAMES[proof.level], *_state(proof, on, zone), with_hr(proof, visibility, zone)) for proof in proofs
    )
    return MyLearning(lines, certificates, SEEN[visibility])


def _state(proof: Proof, on: date, zone: str) -> tuple[str, str]:
    """Whether it counts, in words and as a meaning."""
    if proof.revoked_at is not None:
        return gettext("Revoked on %(date)s", date=day(today_in(zone, proof.revoked_at))), "failed"
    if proof.state(on) == "expired":
        return gettext("Expired on %(date)s", date=day(proof.expires_on)), "careful"
    return gettext("Valid until %(date)s", date=day(proof.expires_on)), "done"
