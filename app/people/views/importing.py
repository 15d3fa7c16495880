"""Views for people from a file, and for the audit log."""

from datetime import date

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.clock import now
from app.core.errors import NotFound, Refusal
from app.people.actions import importing
from app.people.forms import UploadForm
from app.people.models import Upload
from app.people.presenters.auditing import entries
from app.people.presenters.directory import audit_choices, fault_lines
from app.people.queries.directory import upload_for
from app.people.queries.records import audit_lines
from app.web.database import reading, unit_of_work
from app.web.messages import see
from app.web.session import the_who
from app.web.words import row_number

MOST_BYTES = 50 * 1024 * 1024


def bring() -> ResponseReturnValue:
    """Bring a file; what it would do is shown before anything happens."""
    form = UploadForm()
    if form.sent():
        try:
            with unit_of_work() as session:
                storage, file = current_app.extensions["storage"], form.file.data
                upload = importing.bring(session, storage, file.read(), file.filename or "", by=the_who(), at=now())
                uuid = upload.uuid
            return see("people.upload", uuid=uuid)
        except Refusal as refusal:
            form.refuse(refusal)
    return render_template("people/import.html", form=form, columns=importing.COLUMNS), form.status


def upload(uuid: str) -> ResponseReturnValue:
    """What a file would do, or has done."""
    found = _upload(uuid)
    return render_template(
        "people/upload.html",
        upload=found,
        faults=fault_lines(found.faults),
        busy=found.state in importing.WAITING,
        given_up=importing.is_given_up(found, at=now()),
        more=len(found.faults) == importing.MOST_FAULTS,
    )


def confirm(uuid: str) -> ResponseReturnValue:
    """Take the file over."""
    with unit_of_work() as session:
        importing.confirm(session, _upload(uuid), at=now())
    return see("people.upload", _("The file is being imported. You may leave this page."), uuid=uuid)


def audit_log() -> ResponseReturnValue:
    """The audit log, newest first."""
    asked = request.args
    action, actor, day = asked.get("action", ""), asked.get("actor", "")[:64], _day(asked.get("day", ""))
    lines, before = audit_lines(reading(), action=action, actor=actor, day=day, before=row_number(asked, "before"))
    chosen = {"action": action, "actor": actor, "day": day}
    found = entries(reading(), lines, who=the_who(), at=now())
    return render_template("people/audit.html", entries=found, before=before, chosen=chosen, actions=audit_choices())


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _upload(uuid: str) -> Upload:
    found = upload_for(reading(), the_who(), uuid)
    if found is None:
        raise NotFound
    return found
