"""The composer: a story, a network, and a person's own words."""

from datetime import date
from itertools import chain

from flask import current_app, flash, render_template, request
from flask.typing import ResponseReturnValue

from app.core.clock import now, today_in
from app.core.errors import Conflict, Invalid, NotFound, Refusal
from app.learning.queries.certificates import last_revoked
from app.library.queries.channels import fits
from app.library.queries.reading import OpenStory, is_recalled, open_story
from app.library.rules.targets import Links
from app.sharing import policy
from app.sharing.actions.sharing import judged, share_story
from app.sharing.forms import ShareForm
from app.sharing.presenters.composing import Judged, composer, course_rows, judged_view
from app.sharing.queries.shares import habit_of, share_of_token
from app.sharing.queries.standing import missing_courses, standing_of
from app.sharing.rules.drafts import Draft, House, as_typed, network_of
from app.sharing.rules.networks import NETWORKS, USUAL
from app.sharing.rules.sight import is_mark_of, mark_of
from app.web.database import reading, unit_of_work
from app.web.i18n import language
from app.web.messages import see
from app.web.session import the_who


def house() -> House:
    """What a share says of this installation."""
    settings = current_app.extensions["settings"]
    return House(settings.org_name, settings.base_url.rstrip("/"), Links((settings.host, *settings.hosts), settings.link_targets))


def compose(slug: str) -> ResponseReturnValue:
    """Write a post about a story; sending it keeps it and goes on to the network."""
    who, at, form, status = the_who(), now(), ShareForm(), 200
    story = open_story(reading(), slug, who, at=at)
    if story is None:
        return _over(slug, form)
    if form.is_submitted():
        try:
            if form.sent():
                today = today_in(who.timezone, at)
                with unit_of_work() as session:
                    token = form.token.data or ""
                    uuid = share_story(session, who, slug, _draft(form), token=token, house=house(), today=today, at=at)
                flash(f"share:{slug}", "kept")
                return see("sharing.share", uuid=uuid)
            status = 422
        except NotFound:  # it ended between the two looks
            return _over(slug, form)
        except Refusal as refusal:
            form.refuse(refusal)
            status = refusal.status
    return _page(story, form), status


def check(slug: str) -> ResponseReturnValue:
    """Say what a draft would be as sent; keeps nothing. A script asks for the part of the page, a button for all of it."""
    story, form = open_story(reading(), slug, the_who(), at=now()), ShareForm()
    if story is None:
        return _over(slug, form)
    try:
        status = 200 if form.sent() else 422
        draft = _draft(form)
    except Invalid as refusal:
        form.refuse(refusal)
        status = refusal.status
    if not request.headers.get("HX-Request"):
        return _page(story, form), status
    if status != 200:
        return render_template("errors/fragment.html", sentence=" ".join(map(str, chain.from_iterable(form.errors.values())))), status
    return render_template("sharing/parts/judged.html", judged=_judged(story, draft), swapped=True)


def _over(slug: str, form: ShareForm) -> ResponseReturnValue:
    """Their own words, for somebody who had the story before them when it was over; for anybody else there is nothing here.

    A form that had made its share before leads to that.
    """
    who, session = the_who(), reading()
    if not form.is_submitted() or not is_mark_of(form.seen.data or "", _secret(), who.uuid, slug):
        raise NotFound
    made = share_of_token(session, who.id, form.token.data or "")
    if made:
        return see("sharing.share", uuid=made)
    if request.headers.get("HX-Request"):
        raise Conflict("story.over")
    about = {"words": form.body.data, "language": form.language.data}
    return render_template("sharing/over.html", is_recalled=is_recalled(session, slug), **about), Conflict.status


def _secret() -> str:
    secret: str = current_app.config["SECRET_KEY"]
    return secret


def _draft(form: ShareForm) -> Draft:
    return Draft(network_of(form.network.data), form.language.data or "en", as_typed(form.body.data or ""), form.server.data or "")


def _judged(story: OpenStory, draft: Draft) -> Judged:
    who, session = the_who(), reading()
    found = judged(session, who, story, draft, house=house())
    advice = fits(session, story.document.topics, who.country)
    return judged_view(story, draft, found, advice, who=who, house=house(), locale=language())


def _not_yet(story: OpenStory, standing: policy.Standing, form: ShareForm, *, on: date) -> str:
    who, session, locale = the_who(), reading(), language()
    missing = [] if standing.certificate_id else course_rows(missing_courses(session, who.id, on=on), locale)
    revoked = None if standing.certificate_id or missing else last_revoked(session, who.id)
    about = {"story": story, "title": story.document.said("title", locale), "standing": standing, "missing": missing, "revoked": revoked}
    return render_template("sharing/not_yet.html", words=form.body.data, language=form.language.data, **about)


def _page(story: OpenStory, form: ShareForm) -> str:
    who, session, locale = the_who(), reading(), language()
    today = today_in(who.timezone, now())
    standing = standing_of(session, who.id, on=today)
    if not policy.may_share(standing):
        return _not_yet(story, standing, form, on=today)
    if not form.is_submitted():
        habit = habit_of(session, who.id)
        asked = request.args.get("network", habit.network)
        form.network.data = asked if asked in NETWORKS else USUAL
        form.language.data, form.server.data = story.document.language_for(locale), habit.server
    form.seen.data = mark_of(_secret(), who.uuid, story.slug)
    try:
        draft = _draft(form)
    except Invalid:  # which the form says already
        draft = Draft(NETWORKS.get(form.network.data or "", NETWORKS[USUAL]), locale)
    return render_template("sharing/compose.html", page=composer(story, draft, _judged(story, draft), locale=locale), form=form)
