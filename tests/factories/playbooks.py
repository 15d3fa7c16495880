"""Makers of the playbooks room."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.core.authored import checksum
from app.playbooks.models import PolicyVersion
from tests.factories.people import BEGINNING


def a_policy_document(*, number: int = 1, effective_on: str = "2026-01-05", **more: Any) -> dict[str, Any]:
    """A small policy with one principle, one duty and one freedom."""

    def both(text: str) -> dict[str, str]:
        return {"en": text, "nl": f"{text} (nl)"}

    return {
        "version": number,
        "effective_on": effective_on,
        "title": both("Our policy"),
        "intro": both("Why this page."),
        "changes": both("Everything is new."),
        "principles": [{"id": "be-open", "title": both("Be open"), "summary": both("Say who you are.")}],
        "rules": [
            {
                "id": "say-so",
                "principle": "be-open",
                "kind": "duty",
                "text": both("You say that you work here."),
                "why": both("Readers want to know."),
            },
            {"id": "own-voice", "principle": "be-open", "kind": "freedom", "text": both("You may differ."), "why": both("You have a head.")},
        ],
        "help": both("Ask."),
        **more,
    }


def a_policy(session: Session, *, number: int = 1, effective_on: date = date(2026, 1, 5), **more: Any) -> PolicyVersion:
    """A published version of the policy; `more` goes into its document."""
    document = a_policy_document(number=number, effective_on=effective_on.isoformat(), **more)
    values = {"checksum": checksum(document), "document": document, "effective_on": effective_on, "published_at": BEGINNING}
    version = PolicyVersion(number=number, **values)
    session.add(version)
    session.commit()
    return version
