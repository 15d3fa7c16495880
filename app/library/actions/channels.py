"""Topics, and what the hub knows about how they do on each network."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.clock import today_in
from app.core.database import insert_once
from app.core.errors import Conflict, Invalid, NotAllowed, NotFound
from app.core.places import is_country
from app.core.text import one_line
from app.core.who import Who
from app.library import policy
from app.library.models import ChannelFit, Topic
from app.library.rules.content import LANGUAGES, NETWORKS
from app.people.actions.auditing import Door, audit

FITS: Final = ("good", "fair", "poor")
LONGEST_NAME: Final = 60
LONGEST_TONE: Final = 300
_SLUG: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def add_topic(session: Session, *, slug: str, name: Mapping[str, str], by: Who, at: datetime, door: Door | None = None) -> Topic:
    """Add something that stories may be about; it is named in every language, and noted in the audit log. Raises Conflict("topic.taken")."""
    if not policy.may_steer(by):
        raise NotAllowed("story.not_hub")
    if len(slug) > LONGEST_NAME or not _SLUG.fullmatch(slug):
        raise Invalid("topic.slug", field="slug")
    names = {language: one_line(name.get(language, ""), field=f"name_{language}", longest=LONGEST_NAME) for language in LANGUAGES}
    if not insert_once(session, Topic, slug=slug, name=names):
        raise Conflict("topic.taken", field="slug")
    audit(session, "topic_added", at=at, by_id=by.id, about=("topic", slug), changes={"name": ["", _both(names)]}, door=door)
    return session.scalars(select(Topic).where(Topic.slug == slug)).one()


def set_fit(
    session: Session,
    *,
    topic: str,
    network: str,
    country: str,
    fit: str,
    tone: Mapping[str, str],
    by: Who,
    at: datetime,
    door: Door | None = None,
) -> ChannelFit:
    """Write down how a topic does on a network in a country ("" = everywhere) and in what tone; counts as looked at today.

    The audit log keeps what was said before and is said now, also when it is the same: somebody looked, and stands for it.
    """
    if not policy.may_steer(by):
        raise NotAllowed("story.not_hub")
    found = session.scalar(select(Topic).where(Topic.slug == topic))
    if found is None or network not in NETWORKS:
        raise NotFound
    if country and not is_country(country):
        raise Invalid("fit.country", field="country", name=country[:20])
    if fit not in FITS:
        raise Invalid("fit.unknown", field="fit")
    words = {language: one_line(tone.get(language, ""), field=f"tone_{language}", longest=LONGEST_TONE) for language in LANGUAGES}
    where = {"topic_id": found.id, "network": network, "country": country}
    today = today_in(by.timezone, at)
    is_new = insert_once(session, ChannelFit, **where, fit=fit, tone=words, reviewed_on=today)
    row = session.scalars(select(ChannelFit).filter_by(**where).with_for_update().execution_options(populate_existing=True)).one()
    before = {"fit": "", "tone": ""} if is_new else {"fit": row.fit, "tone": _both(row.tone)}
    row.fit, row.tone, row.reviewed_on = fit, words, today
    changes = {
        "network": ["", network],
        **({"country": ["", country]} if country else {}),
        "fit": [before["fit"], fit],
        "tone": [before["tone"], _both(words)],
    }
    audit(session, "fit_judged", at=at, by_id=by.id, about=("topic", found.slug), changes=changes, door=door)
    return row


def _both(texts: Mapping[str, str]) -> str:
    """A text in every language, as the audit log keeps it."""
    return " / ".join(texts[language] for language in LANGUAGES if texts.get(language))
