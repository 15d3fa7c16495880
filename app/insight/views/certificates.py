"""One certificate as HR reads it, and the decision whether it stands."""

from datetime import date

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.core.clock import now, today_in
from app.core.errors import Conflict, Invalid, NotFound
from app.insight.forms import DecisionForm, ReinstateForm, RevokeForm
from app.insight.presenters.certificates import CertificatePage, certificate_page, said_of
from app.insight.queries import persons
from app.insight.views.sight import the_sight
from app.learning.actions.deciding import reinstate as give_back
from app.learning.actions.deciding import revoke as take_back
from app.learning.queries.certificates import Proof, decisions_about, holds_another, own_certificate
from app.learning.rules.deciding import REINSTATED, REVOKED, decidable
from app.people.actions.auditing import Door
from app.web.database import reading, unit_of_work
from app.web.door import address_class, request_id
from app.web.messages import see
from app.web.part import page_or_part
from app.web.session import the_who

VERBS = {REVOKED: take_back, REINSTATED: give_back}


def certificate(uuid: str, certificate: str) -> ResponseReturnValue:
    """What it proves, what was decided about it, and the way to decide; on a day on which HR has said why it looks."""
    person, proof, today = _found(uuid, certificate)
    if not _has_said_why(person, today):
        return _ask_why(uuid, certificate)
    return page_or_part("insight/certificate.html", page=_page(person, proof, certificate, today))


def revoke(uuid: str, certificate: str) -> ResponseReturnValue:
    """Take it back, for a reason."""
    return _decide(uuid, certificate, RevokeForm(), REVOKED)


def reinstate(uuid: str, certificate: str) -> ResponseReturnValue:
    """Give it back, for a reason."""
    return _decide(uuid, certificate, ReinstateForm(), REINSTATED)


def _decide(uuid: str, certificate: str, form: DecisionForm, decision: str) -> ResponseReturnValue:
    person, proof, today = _found(uuid, certificate)
    if not _has_said_why(person, today):
        return _ask_why(uuid, certificate)
    status = form.status
    if form.sent():
        try:
            _carry_out(proof, form, decision)
        except (Invalid, Conflict) as refusal:
            form.refuse(refusal)
            status = refusal.status
        else:
            flash(f"decide:{proof.uuid}", "kept")
            return see("insight.certificate", said_of(decision, person.name), uuid=uuid, certificate=certificate)
    page = _page(person, proof, certificate, today)
    if not form.is_submitted():
        if page.own or decision != decidable(revoked=proof.revoked_at is not None):
            return see("insight.certificate", uuid=uuid, certificate=certificate)
        form.seen.data = len(page.decisions)
    return render_template("insight/decide.html", form=form, page=page, decision=decision), status


def _carry_out(proof: Proof, form: DecisionForm, decision: str) -> None:
    ground, reason, door = form.ground.data or "", form.reason.data or "", Door(request_id(), address_class())
    with unit_of_work() as session:
        VERBS[decision](session, proof.uuid, ground=ground, reason=reason, seen=form.seen.data or 0, by=the_who(), at=now(), door=door)


def _found(uuid: str, certificate: str) -> tuple[persons.Subject, Proof, date]:
    session, sight = reading(), the_sight()
    person = persons.subject(session, sight, uuid)
    found = persons.certificate_of(session, sight, person.id, certificate)
    proof = own_certificate(session, person.id, found) if found else None
    if proof is None:
        raise NotFound
    return person, proof, today_in(the_who().timezone, now())


def _has_said_why(person: persons.Subject, today: date) -> bool:
    return persons.has_said_why(reading(), viewer_id=the_who().id, subject_id=person.id, day=today)


def _ask_why(uuid: str, certificate: str) -> ResponseReturnValue:
    return redirect(url_for("insight.why", uuid=uuid, certificate=certificate), 303)


def _page(person: persons.Subject, proof: Proof, handle: str, today: date) -> CertificatePage:
    session = reading()
    others = None if the_sight().is_strict else holds_another(session, person.id, proof.uuid, on=today)
    return certificate_page(person, proof, decisions_about(session, proof), handle=handle, who=the_who(), others=others, today=today)
