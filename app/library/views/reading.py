"""What readers open: the magazine, a story, its picture."""

import re
from hashlib import sha256
from typing import Final

from flask import Response, current_app, make_response, render_template, request, session
from flask.typing import ResponseReturnValue

from app.core.clock import now, today_in
from app.core.crypto import digest
from app.core.errors import NotFound
from app.library.adapters.pictures import SIZES
from app.library.policy import may_enter_hub
from app.library.presenters.reading import card_view, in_words, reading_view, topic_chips
from app.library.queries.channels import advice, topics
from app.library.queries.hub import hub_picture
from app.library.queries.reading import open_picture, open_stories, open_story
from app.web.database import reading
from app.web.i18n import choose_locale
from app.web.session import current_token, the_who

_PROOF: Final = re.compile(rb'name="csrf(?:_token|-token)" (?:value|content)="[^"]*"')


def magazine() -> ResponseReturnValue:
    """What is worth sharing now: a lead story, then rows; `?topic=` filters."""
    chosen, locale = request.args.get("topic") or None, choose_locale()
    cards = open_stories(reading(), the_who(), at=now())
    known = topics(reading())
    if chosen is not None and chosen not in {topic.slug for topic in known}:
        raise NotFound
    names = {topic.slug: in_words(topic.name, locale) for topic in known}
    shown = [card_view(card, names, locale) for card in cards if chosen is None or chosen in card.document.topics]
    return render_template(
        "library/magazine.html",
        lead=shown[0] if shown else None,
        rows=shown[1:],
        chips=topic_chips(cards, known, chosen, locale) if cards else [],
        topic=names.get(chosen) if chosen else None,
    )


def story(slug: str) -> ResponseReturnValue:
    """One story, to read and to share."""
    at, who = now(), the_who()
    found = open_story(reading(), slug, who, at=at)
    if found is None:
        raise NotFound
    known = advice(reading(), found.document.topics, who.country)
    view = reading_view(slug, found.document, known, locale=choose_locale(), today=today_in(who.timezone, at))
    return _unless_unchanged("library/story.html", story=found, view=view)


def _unless_unchanged(template: str, **context: object) -> Response:
    """The page, or 304 when this browser has it already: same session, same bytes apart from the proof that forms carry."""
    greets = "_flashes" in session
    response = make_response(render_template(template, **context))
    if not greets:
        response.headers["Cache-Control"] = "private, no-cache"
        said = _PROOF.sub(b"", response.get_data()) + digest(current_token() or "").encode()
        response.set_etag(sha256(said).hexdigest()[:32], weak=True)
        response.make_conditional(request)
    return response


def picture(uuid: str, size: str) -> ResponseReturnValue:
    """A story's picture, for whoever may see the story."""
    if size not in SIZES:
        raise NotFound
    who = the_who()
    found = open_picture(reading(), uuid, who, at=now())
    if found is None and may_enter_hub(who):
        found = hub_picture(reading(), uuid, who)
    content = current_app.extensions["storage"].get(f"{found.key}-{size}") if found else None
    if found is None or content is None:
        raise NotFound
    response = make_response(content)
    response.headers["Content-Type"] = found.media_type
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, max-age=3600"
    response.set_etag(digest(f"{uuid}/{size}")[:32])
    return response.make_conditional(request)
