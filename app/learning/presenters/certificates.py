"""Certificates: the sheet one would print, and what the world is told about a code."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from flask import current_app
from flask_babel import gettext
from markupsafe import Markup

from app.core.clock import today_in
from app.learning.presenters.words import DECISIONS, GROUNDS, LEVEL_NAMES, said
from app.learning.queries.certificates import Decision, Proof
from app.learning.rules.levels import rank
from app.learning.rules.ornament import border_svg, qr_svg, seal_svg
from app.web.i18n import day, language
from app.web.post import absolute

LONG: Final = ((80, "longest"), (32, "long"))
"""From how many letters on a name is set smaller, so that the sheet holds it."""


@dataclass(frozen=True)
class Sheet:
    """A certificate, ready for screen and paper."""

    uuid: str
    name: str
    level: Any
    courses: tuple[str, ...]
    issued: str
    until: str
    code: str
    verify: str
    state: str
    revoked: str | None
    """The day on which it was revoked, if that holds."""
    border: Markup
    seal: Markup
    qr: Markup

    @property
    def size(self) -> str:
        """How the name is set: usual, long or longest."""
        return next((size for least, size in LONG if len(self.name) > least), "usual")


@dataclass(frozen=True)
class Decided:
    """A line of what was decided about a certificate, for its holder."""

    what: Any
    day: date
    ground: Any
    reason: str


def decided(decisions: Sequence[Decision], zone: str) -> list[Decided]:
    """What was decided, the latest first, with days as they were in the reader's zone; by whom stays with HR."""
    return [Decided(DECISIONS[each.decision], today_in(zone, each.at), GROUNDS[each.ground], each.reason) for each in decisions]


def sheet(proof: Proof, on: date, *, zone: str) -> Sheet:
    """The sheet in the reader's language and zone; drawings come from the code."""
    verify = absolute("learning.verification", code=proof.code)
    brand = current_app.extensions["brand"]
    return Sheet(
        uuid=proof.uuid,
        name=proof.name,
        level=LEVEL_NAMES[proof.level],
        courses=tuple(said(course["title"]) for course in proof.courses),
        issued=day(proof.issued_on),
        until=day(proof.expires_on),
        code=proof.code,
        verify=verify,
        state=proof.state(on),
        revoked=day(today_in(zone, proof.revoked_at)) if proof.revoked_at else None,
        border=Markup(border_svg(proof.code, brand.accent)),  # noqa: S704  # built from numbers and a colour that was checked
        seal=Markup(seal_svg(proof.code, rank(proof.level) + 1)),  # noqa: S704  # built from numbers only
        qr=Markup(qr_svg(verify)),  # noqa: S704  # drawn from an address of ours
    )


def printed(page: Sheet) -> dict[str, str]:
    """What the PDF's template is handed: words as data, never as markup; the logo as its bytes in a list, with what they are."""
    brand = current_app.extensions["brand"]
    return {
        "accent": brand.accent,
        "logo": json.dumps(list(brand.logo.content)) if brand.logo else "",
        "logo_format": brand.logo.format if brand.logo else "",
        "lang": language(),
        "title": gettext("Certificate: %(level)s", level=page.level),
        "org": current_app.extensions["settings"].org_name,
        "kicker": gettext("Certificate"),
        "name": page.name,
        "what": gettext("has reached the level %(level)s", level=page.level),
        "by": gettext("by passing"),
        "courses": json.dumps(page.courses),
        "issued_label": gettext("Issued"),
        "issued": page.issued,
        "until_label": gettext("Valid until"),
        "until": page.until,
        "code_label": gettext("Code"),
        "code": page.code,
        "verify_label": gettext("Verify at"),
        "verify": page.verify,
        "border": str(page.border),
        "seal": str(page.seal),
        "qr": str(page.qr),
        "qr_alt": gettext("Code to scan: leads to %(address)s", address=page.verify),
        "seal_alt": gettext("Seal of the level %(level)s", level=page.level),
        "revoked": gettext("Revoked on %(date)s", date=page.revoked) if page.revoked else "",
    }
