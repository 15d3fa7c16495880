"""Sharing a story: what was written becomes a share with its link, its disclosure and the proofs it rests on, at once or not at all."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Final

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.core.database import insert_once
from app.core.errors import Conflict, NotAllowed, NotFound, TooMany, Unavailable
from app.core.events import announce
from app.core.ids import new_uuid
from app.core.who import Who
from app.library.queries.reading import OpenStory, open_story
from app.library.rules.targets import check_target
from app.people.models import Person
from app.sharing.actions.links import make_link
from app.sharing.events import StoryShared
from app.sharing.models import Share
from app.sharing.policy import Standing
from app.sharing.queries.shares import colleagues_words, share_of_token, shares_since
from app.sharing.queries.standing import standing_of
from app.sharing.rules.addresses import check_post_url, check_server, tagged
from app.sharing.rules.drafts import Draft, House, Judgement, cleaned, judge, refuse_what_may_not_be_sent, sources_of
from app.sharing.rules.intents import with_link
from app.sharing.rules.networks import NETWORKS

DAILY: Final = 50
DAY: Final = timedelta(days=1)
PATIENCE: Final = timedelta(days=3)
"""How long we wait for an answer before we say that we do not know."""
ANSWERS: Final[Mapping[str, str]] = MappingProxyType({"posted": "confirmed", "not_posted": "not_posted"})


def judged(session: Session, who: Who, story: OpenStory, draft: Draft, *, house: House) -> Judgement:
    """What a draft would be if it were sent now; stores nothing."""
    earlier = colleagues_words(session, story.story_id, but_not=who.id) if draft.body else []
    return judge(draft, house=house, sources=sources_of(story.document, earlier))


def share_story(session: Session, who: Who, slug: str, draft: Draft, *, token: str, house: House, today: date, at: datetime) -> str:
    """Keep what is about to be posted and return the share's uuid; the same form twice makes one share.

    Raises NotFound for a story that is not open for the person, NotAllowed without a certificate, Unavailable without a policy, TooMany
    beyond fifty a day, Invalid for a text that may not be sent. Announces StoryShared.
    """
    session.execute(select(Person.id).where(Person.id == who.id).with_for_update(key_share=True))  # two at once cannot both be the last
    story = open_story(session, slug, who, at=at, hold=True)
    if story is None:
        raise NotFound
    already = share_of_token(session, who.id, token)
    if already:
        return already
    standing = standing_of(session, who.id, on=today)
    _refuse_without(standing)
    if shares_since(session, who.id, at - DAY) >= DAILY:
        raise TooMany("share.too_many", most=DAILY, retry_after_seconds=3600)
    return _keep(session, who, story, _checked(draft), standing, token=token, house=house, at=at)


def _refuse_without(standing: Standing) -> None:
    if standing.certificate_id is None:
        raise NotAllowed("share.certificate")
    if standing.policy is None:
        raise Unavailable("share.policy")


def _checked(draft: Draft) -> Draft:
    server = check_server(draft.server) if draft.network.slug == "mastodon" else ""
    return Draft(draft.network, draft.language, cleaned(draft.body), server)


def _keep(session: Session, who: Who, story: OpenStory, draft: Draft, standing: Standing, *, token: str, house: House, at: datetime) -> str:
    sent = judged(session, who, story, draft, house=house)
    refuse_what_may_not_be_sent(sent, draft.network)
    target = tagged(check_target(story.document.target_url, links=house.links), network=draft.network.slug, story=story.slug)
    link = make_link(session, story_id=story.story_id, network=draft.network.slug, target=target, at=at)
    made = insert_once(
        session,
        Share,
        uuid=(uuid := new_uuid()),
        person_id=who.id,
        story_id=story.story_id,
        edition_id=story.edition_id,
        link_id=link.id,
        token=token,
        network=draft.network.slug,
        server=draft.server,
        language=draft.language,
        text=with_link(sent.words, house.short(link.code)),
        disclosure=sent.disclosure,
        policy_version=standing.policy,
        certificate_id=standing.certificate_id,
        closeness=sent.closeness.percent,
        status="opened",
        post_url="",
        created_at=at,
    )
    if not made:
        session.delete(link)
        return share_of_token(session, who.id, token) or _nobody()
    share_id = session.execute(select(Share.id).where(Share.uuid == uuid)).scalar_one()
    announce(session, StoryShared(share_id=share_id, story_id=story.story_id), at=at)
    return uuid


def _nobody() -> str:
    raise Conflict("share.again")


def answer(session: Session, person_id: int, uuid: str, said: str, *, post_url: str = "", at: datetime) -> None:
    """Keep what a person says became of a share: "posted", if they like with its address, or "not_posted"; they may say otherwise later."""
    share = session.scalar(select(Share).where(Share.uuid == uuid, Share.person_id == person_id).with_for_update())
    if share is None:
        raise NotFound
    share.post_url = check_post_url(post_url, network=NETWORKS[share.network], server=share.server) if said == "posted" else ""
    share.status = ANSWERS[said]
    share.answered_at = at


def settle(session: Session, *, at: datetime) -> None:
    """Of shares that nobody answered about in three days we say that we do not know."""
    session.execute(update(Share).where(Share.status == "opened", Share.created_at <= at - PATIENCE).values(status="unknown"))
