"""After writing: handing the text to the network, saying what became of it, and reading who read on."""

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from app.core.clock import now, today_in
from app.core.errors import Invalid, NotFound
from app.core.who import Who
from app.library.queries.reading import StoryCard
from app.sharing import policy
from app.sharing.actions.sharing import answer
from app.sharing.forms import PostedForm
from app.sharing.presenters.shares import handoff, result_rows, share_row
from app.sharing.queries.shares import PAGE, own_share, own_shares, reads_by_network, shares_read_by_somebody
from app.sharing.queries.standing import standing_of
from app.sharing.views.composing import house
from app.web.database import reading, unit_of_work
from app.web.i18n import language
from app.web.messages import see
from app.web.session import the_who
from app.web.words import row_number


def shares() -> ResponseReturnValue:
    """What I shared, what became of it, and whether anybody read on."""
    before = row_number(request.args, "before")
    who = the_who()
    found = own_shares(reading(), who.id, at=now(), before=before, limit=PAGE + 1)
    rows = [share_row(share, who, language()) for share in found[:PAGE]]
    return render_template("sharing/shares.html", rows=rows, before=rows[-1].id if len(found) > PAGE else None)


def share(uuid: str) -> ResponseReturnValue:
    """One of my shares: open the network, copy the text, say whether it was posted."""
    return _page(uuid, PostedForm())


def posted(uuid: str) -> ResponseReturnValue:
    """Say that it was posted, if one likes with where."""
    form = PostedForm()
    try:
        if form.sent():
            _answer(uuid, "posted", form.post_url.data or "")
            return see("sharing.shares", _("Good to know. Here you see when somebody reads on."))
    except Invalid as refusal:
        form.refuse(refusal)
    return _page(uuid, form), 422


def not_posted(uuid: str) -> ResponseReturnValue:
    """Say that it was not posted."""
    _answer(uuid, "not_posted")
    return see("sharing.shares", _("Noted as not posted. You can change that whenever you like."))


def _answer(uuid: str, said: str, post_url: str = "") -> None:
    with unit_of_work() as session:
        answer(session, the_who().id, uuid, said, post_url=post_url, at=now())


def _page(uuid: str, form: PostedForm) -> str:
    who = the_who()
    found = own_share(reading(), who.id, uuid, at=now())
    if found is None:
        raise NotFound
    if not form.is_submitted():
        form.post_url.data = found.post_url
    page = handoff(found, who, link=house().short(found.code), locale=language())
    return render_template("sharing/share.html", page=page, form=form)


def share_button(story: StoryCard, **_about: Any) -> Markup:
    """On a story's page: the way to the composer, or to what is missing first."""
    who = the_who()
    standing = standing_of(reading(), who.id, on=today_in(who.timezone, now()))
    ready, certified = policy.may_share(standing), standing.certificate_id is not None
    return Markup(render_template("sharing/parts/button.html", slug=story.slug, ready=ready, certified=certified))  # noqa: S704  # a rendered template


def story_results(story: StoryCard, **_about: Any) -> Markup:
    """On a story's page: readers per network, where enough people shared it."""
    rows = result_rows(reads_by_network(reading(), story.story_id))
    return Markup(render_template("sharing/parts/results.html", rows=rows))  # noqa: S704  # a rendered template


def read_on(**_about: Any) -> Markup:
    """On the front page: the newest of my shares that somebody opened."""
    who = the_who()
    rows = [share_row(share, who, language()) for share in shares_read_by_somebody(reading(), who.id, at=now())]
    return Markup(render_template("sharing/parts/read_on.html", rows=rows) if rows else "")  # noqa: S704  # a rendered template


def way_to_stories(**_about: Any) -> Markup:
    """On the page of a course that was passed: what training is for, once it allows that."""
    who = the_who()
    may = policy.may_share(standing_of(reading(), who.id, on=today_in(who.timezone, now())))
    return Markup(render_template("sharing/parts/worth_sharing.html") if may else "")  # noqa: S704  # a rendered template


def my_shares(who: Who | None = None, **_about: Any) -> Markup:  # noqa: ARG001  # the page says whose it is; it is always one's own
    """On the page Me: the way to my shares."""
    return Markup(render_template("sharing/parts/me.html"))  # noqa: S704  # a rendered template
