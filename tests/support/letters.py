"""One waiting letter of every kind that the house sends, all to one person."""

from pathlib import Path

from sqlalchemy.orm import Session

from app.core.jobs import enqueue
from app.learning.models import CertificateDecision
from app.people.models import Person
from tests.factories.learners import a_certificate
from tests.factories.library import a_story
from tests.factories.people import BEGINNING, a_grant

TEMPLATES = Path(__file__).parents[2] / "app" / "templates"


def letters_to(session: Session, person: Person, *, author: Person) -> set[str]:
    """Write the jobs; returns the templates that they fill in."""
    a_grant(session, person=person, role="reviewer")
    certificate = a_certificate(session, person=person)
    session.add(CertificateDecision(certificate_id=certificate.id, number=1, decision="reinstated", ground="other", reason="An error.", at=BEGINNING))
    waiting = [("learning.send_certificate", "learning/mails/certificate", {"certificate": certificate.id})]
    waiting.append(("learning.send_decision", "learning/mails/decision", {"certificate": certificate.id, "number": 1}))
    for step in ("sent", "asked", "approved", "recalled"):
        story = a_story(session, author=author, state="in_review")
        waiting.append(("library.tell", f"library/mails/{step}", {"person": person.id, "story": story.id, "step": step}))
    waiting += [("people.send_invitation", f"people/mails/{purpose}", {"person": person.id, "purpose": purpose}) for purpose in ("invite", "reset")]
    for name, _template, args in waiting:
        enqueue(session, name, due_at=BEGINNING, **args)
    session.commit()
    return {template for _name, template, _args in waiting}


def kinds_of_letters() -> set[str]:
    """Every letter that there is a template for."""
    return {str(file.relative_to(TEMPLATES).with_suffix("")) for file in TEMPLATES.glob("*/mails/*.txt")}
