"""A story's desk: everything as readers will see it, what changed, and the decision."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.core.clock import now
from app.core.errors import NotFound, Refusal
from app.core.who import Who
from app.library.actions import reviewing
from app.library.errors import Overtaken
from app.library.forms import AskForm, RecallForm, StepForm, version_of
from app.library.presenters.desk import DeskView, desk_view
from app.library.presenters.sentences import STEP_NAMES
from app.library.queries.channels import advice
from app.library.queries.hub import HubStory, history, hub_story, last_edition
from app.library.queries.reading import is_story_open
from app.library.rules.content import document_from
from app.people.actions.auditing import Door
from app.people.queries import names_of_departments
from app.web.database import reading, unit_of_work
from app.web.door import address_class, request_id
from app.web.forms import Form
from app.web.i18n import choose_locale
from app.web.messages import see
from app.web.session import the_who


@dataclass
class Forms:
    """The two forms of the desk that have something to fill in."""

    ask: AskForm
    recall: RecallForm


def review(uuid: str) -> ResponseReturnValue:
    """The desk of a story, for whoever may see it in the making."""
    return _desk(uuid, Forms(AskForm(formdata=None), RecallForm(formdata=None)))


def approve(uuid: str) -> ResponseReturnValue:
    """Make an edition of what was read."""
    form, who = StepForm(), the_who()

    def act(session: Session) -> Any:
        return reviewing.approve(session, uuid, version=version_of(form), read_checksum=form.checksum.data or "", by=who, at=now(), door=_door())

    return _step(uuid, form, act, _("Approved. Readers see it now, or from the time that was set."))


def ask(uuid: str) -> ResponseReturnValue:
    """Send it back with a word on what should change."""
    form, who = AskForm(), the_who()

    def act(session: Session) -> Any:
        return reviewing.ask_for_change(session, uuid, comment=form.comment.data or "", version=version_of(form), by=who, at=now(), door=_door())

    return _step(uuid, form, act, _("Sent back. The author gets an e-mail with your words."))


def take_back(uuid: str) -> ResponseReturnValue:
    """Take it out of review to write on."""
    form, who = StepForm(), the_who()
    return _step(
        uuid,
        form,
        lambda session: reviewing.take_back(session, uuid, version=version_of(form), by=who, at=now()),
        _("Taken back. It is a draft again."),
    )


def retire(uuid: str) -> ResponseReturnValue:
    """Take it out of the library."""
    form, who = StepForm(), the_who()
    return _step(
        uuid,
        form,
        lambda session: reviewing.retire(session, uuid, version=version_of(form), by=who, at=now(), door=_door()),
        _("Retired. Links that were shared keep working."),
    )


def recall(uuid: str) -> ResponseReturnValue:
    """Take back what was shared."""
    form, who = RecallForm(), the_who()

    def act(session: Session) -> Any:
        return reviewing.recall(session, uuid, reason=form.reason.data or "", version=version_of(form), by=who, at=now(), door=_door())

    return _step(uuid, form, act, _("Recalled. Its links now lead to a page that says so."))


def reopen(uuid: str) -> ResponseReturnValue:
    """Begin again with a story that was out."""
    form, who = StepForm(), the_who()
    return _step(
        uuid,
        form,
        lambda session: reviewing.reopen(session, uuid, version=version_of(form), by=who, at=now(), door=_door()),
        _("Reopened. It is a draft and needs a new review."),
    )


def _step(uuid: str, form: Form, act: Callable[[Session], Any], message: str) -> ResponseReturnValue:
    """Take a step, or show the desk with what stands in the way and what was typed."""
    forms = Forms(form if isinstance(form, AskForm) else AskForm(formdata=None), form if isinstance(form, RecallForm) else RecallForm(formdata=None))
    if not form.sent():
        return _desk(uuid, forms, refused=form, status=422)
    try:
        with unit_of_work() as session:
            act(session)
    except NotFound:
        raise
    except Refusal as refusal:
        form.refuse(refusal)
        return _desk(uuid, forms, refused=form, overtaken=isinstance(refusal, Overtaken), status=refusal.status)
    return see("hub.review", message, uuid=uuid)


def _desk(uuid: str, forms: Forms, *, refused: Form | None = None, overtaken: bool = False, status: int = 200) -> ResponseReturnValue:
    session, who = reading(), the_who()
    found = hub_story(session, uuid, who)
    if found is None:
        raise NotFound
    view = _view(session, found, who)
    steps, board = history(session, found.story.id), request.args.get("board")
    page = render_template(
        "library/desk.html", view=view, forms=forms, refused=refused, overtaken=overtaken, steps=steps, step_names=STEP_NAMES, board=board
    )
    return page, status


def _view(session: Session, found: HubStory, who: Who) -> DeskView:
    at, document, edition = now(), reviewing.draft_document(found.story, found.picture), last_edition(session, found.story.id)
    approved = document_from(edition.document) if edition else None
    departments = {path for each in (document, approved) if each for path in each.audience.departments}
    return desk_view(
        found,
        document,
        approved,
        advice(session, document.topics, who.country),
        names_of_departments(session, departments),
        who=who,
        at=at,
        is_live=is_story_open(session, found.story.id, at=at),
        locale=choose_locale(),
    )


def _door() -> Door:
    return Door(request_id(), address_class())
