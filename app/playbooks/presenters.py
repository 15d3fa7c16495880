"""What the policy page prints, in the language of the reader."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from app.core.who import Who
from app.playbooks.queries import Policy
from app.playbooks.rules import Principle
from app.web.room import Named

SENTENCES: Final[dict[str, Any]] = {
    "policy.changed": _l("Version %(number)s is published and says something else. Raise the number."),
    "policy.number_used": _l("Version %(number)s is published already. A number is never used again; raise it."),
}


@dataclass(frozen=True)
class RuleLine:
    """A rule, ready to print."""

    id: str
    is_duty: bool
    text: str
    why: str


@dataclass(frozen=True)
class PrinciplePart:
    """A section of the page."""

    id: str
    number: int
    title: str
    summary: str
    rules: Sequence[RuleLine]


@dataclass(frozen=True)
class PolicyPage:
    """The whole page in one language."""

    number: int
    effective_on: date
    title: str
    intro: Sequence[str]
    changes: Sequence[str]
    help: Sequence[str]
    duties: int
    freedoms: int
    principles: Sequence[PrinciplePart]


def policy_page(policy: Policy, *, language: str) -> PolicyPage:
    """The policy as a reader of `language` gets it."""
    document = policy.document
    return PolicyPage(
        number=policy.number,
        effective_on=policy.effective_on,
        title=document.title[language],
        intro=_paragraphs(document.intro[language]),
        changes=_paragraphs(document.changes[language]),
        help=_paragraphs(document.help[language]),
        duties=document.count("duty"),
        freedoms=document.count("freedom"),
        principles=[_part(number, principle, language) for number, principle in enumerate(document.principles, 1)],
    )


def _part(number: int, principle: Principle, language: str) -> PrinciplePart:
    rules = [RuleLine(rule.id, rule.kind == "duty", rule.text[language], rule.why[language]) for rule in principle.rules]
    return PrinciplePart(principle.id, number, principle.title[language], principle.summary[language], rules)


def _paragraphs(text: str) -> list[str]:
    return [paragraph.strip() for paragraph in text.split("\n") if paragraph.strip()]


def policies_named(session: Session, ids: set[str], *, who: Who, at: datetime) -> dict[str, Named]:  # noqa: ARG001  # every room answers in this shape
    """Versions of the policy by their number, for the audit log; the page shows the one that counts today."""
    here = url_for("playbooks.policy")
    return {each: Named(_("version %(number)s of the policy", number=each), here) for each in ids}
