"""Topics, and what fits which channel."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.clock import now, today_in
from app.core.errors import NotFound, Refusal
from app.library.actions.channels import add_topic, set_fit
from app.library.forms import FitForm, TopicForm
from app.library.policy import may_steer
from app.library.presenters.channels import matrix_view
from app.library.queries.channels import fits_in, topics
from app.library.queries.hub import countries
from app.library.rules.content import NETWORKS
from app.people.actions.auditing import Door
from app.web.database import reading, unit_of_work
from app.web.door import address_class, request_id
from app.web.i18n import choose_locale
from app.web.messages import see
from app.web.session import the_who


def channels() -> ResponseReturnValue:
    """The matrix of topics and networks, for everywhere or one country; a cell that was chosen shows its form."""
    return _page(FitForm(formdata=None), TopicForm(formdata=None))


def judge(topic: str, network: str) -> ResponseReturnValue:
    """Write down how a topic does on a network, in the country that the page shows."""
    form, country = FitForm(), request.args.get("country", "")
    if network not in NETWORKS or topic not in {each.slug for each in topics(reading())}:
        raise NotFound
    if form.sent():
        try:
            tone = {"en": form.tone_en.data or "", "nl": form.tone_nl.data or ""}
            with unit_of_work() as session:
                set_fit(
                    session, topic=topic, network=network, country=country, fit=form.fit.data or "", tone=tone, by=the_who(), at=now(), door=_door()
                )
            return see("hub.channels", _("Saved. It counts as looked at today."), country=country or None, anchor="matrix")
        except Refusal as refusal:
            form.refuse(refusal)
    return _page(form, TopicForm(formdata=None), cell=(topic, network), status=422)


def new_topic() -> ResponseReturnValue:
    """Add a topic."""
    form = TopicForm()
    if form.sent():
        try:
            with unit_of_work() as session:
                add_topic(
                    session,
                    slug=(form.slug.data or "").strip(),
                    name={"en": form.name_en.data or "", "nl": form.name_nl.data or ""},
                    by=the_who(),
                    at=now(),
                    door=_door(),
                )
            return see("hub.channels", _("Topic added. Say where it does well."))
        except Refusal as refusal:
            form.refuse(refusal)
    return _page(FitForm(formdata=None), form, status=422)


def _door() -> Door:
    return Door(request_id(), address_class())


def _page(fit: FitForm, topic: TopicForm, *, cell: tuple[str, str] | None = None, status: int = 200) -> ResponseReturnValue:
    session, who = reading(), the_who()
    country = request.args.get("country", "")
    known = countries(session)
    if country and country not in known:
        raise NotFound
    chosen = cell or (request.args.get("topic", ""), request.args.get("network", ""))
    view = matrix_view(
        topics(session),
        fits_in(session, country),
        fits_in(session, "") if country else {},
        known,
        country=country,
        chosen=chosen,
        locale=choose_locale(),
        today=today_in(who.timezone, now()),
    )
    if view.chosen and cell is None and view.chosen.fit:
        fit = FitForm(formdata=None, fit=view.chosen.fit.fit, tone_en=view.chosen.fit.tone.get("en"), tone_nl=view.chosen.fit.tone.get("nl"))
    return render_template("library/channels.html", view=view, fit=fit, topic=topic, may_steer=may_steer(who)), status
