"""One's own shares: handing a text over, what became of it, and who read on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from sqlalchemy.orm import Session

from app.core.clock import now
from app.core.who import Who
from app.sharing.presenters.words import NAMES, STATUSES, network_name
from app.sharing.queries.shares import NetworkReads, OwnShare, own_shares
from app.sharing.rules.disclosure import is_in_own_words
from app.sharing.rules.intents import Post, intent
from app.sharing.rules.networks import NETWORKS
from app.web.i18n import number
from app.web.room import Holding

_ALL = 100_000


@dataclass(frozen=True)
class ShareRow:
    """A share in a list; `story_href` is None where the story's page is not there for its sharer any more, and `over` says why."""

    id: int
    href: str
    story_href: str | None
    over: str
    title: str
    language: str
    network: str
    words: str
    words_language: str
    disclosure: str
    rest: str
    status: str
    meaning: str
    asks: bool
    is_recalled: bool
    reads: str
    post_url: str
    created_at: datetime


@dataclass(frozen=True)
class Handoff:
    """A share on its way: its text, the address that opens the network, and whether that takes the text along.

    `is_over`: its story has ended or was recalled, so there is nothing left to post.
    """

    row: ShareRow
    uuid: str
    text: str
    link: str
    network: str
    intent: str
    takes_text: bool
    answered: bool
    is_over: bool


def share_row(share: OwnShare, who: Who, locale: str) -> ShareRow:
    """A share as a list prints it; its disclosure stands apart where it stands before the words."""
    status, meaning = STATUSES[share.status]
    before = share.words.startswith(share.disclosure) and not is_in_own_words(share.disclosure, share.words)
    return ShareRow(
        id=share.id,
        href=url_for("sharing.share", uuid=share.uuid),
        story_href=url_for("library.story", slug=share.slug) if share.is_open_for(who) else None,
        over=_over(share, who),
        title=share.document.said("title", locale),
        language=share.document.language_for(locale),
        network=network_name(share.network),
        words=share.words,
        words_language=share.language,
        disclosure=share.disclosure if before else "",
        rest=share.words.removeprefix(share.disclosure).lstrip() if before else share.words,
        status=str(status),
        meaning=meaning,
        asks=share.status in {"opened", "unknown"} and not share.is_recalled,
        is_recalled=share.is_recalled,
        reads=reads_in_words(share.readers, share.openings),
        post_url=share.post_url,
        created_at=share.created_at,
    )


def _over(share: OwnShare, who: Who) -> str:
    """What became of the story, for whoever shared it; "" while it is open. Who left its audience reads what everybody reads at its end."""
    if share.is_recalled:
        return _("This story has been recalled; take your post down if it is still there.")
    if share.is_open_for(who):
        return ""
    return _("This story has ended: you no longer find it in the library. Your post may stay, and its link still leads on.")


def reads_in_words(readers: int, openings: int) -> str:
    """How many people opened a link, as far as we can tell, and how often; robots are never among them."""
    if not openings:
        return _("Nobody has read on yet")
    if not readers:  # who asks not to be followed is not told from anybody else
        return ngettext("Opened once", "Opened %(count)s times", openings, count=number(openings))
    people = ngettext("One reader", "About %(count)s readers", readers, count=number(readers))
    often = ngettext("opened once", "opened %(count)s times", openings, count=number(openings))
    return _("%(people)s, %(often)s", people=people, often=often)


def handoff(share: OwnShare, who: Who, *, link: str, locale: str) -> Handoff:
    """What is needed to post a share."""
    network = NETWORKS[share.network]
    post = Post(share.words, link, share.document.said("title", share.language), share.server)
    return Handoff(
        row=share_row(share, who, locale),
        uuid=share.uuid,
        text=share.words if network.link_apart else share.text,
        link=link,
        network=network_name(network.slug),
        intent=intent(network.slug, post),
        takes_text=network.takes_text,
        answered=share.status not in {"opened", "unknown"},
        is_over=share.is_recalled or not share.is_open_for(who),
    )


def result_rows(reads: Sequence[NetworkReads]) -> list[tuple[str, int, str]]:
    """What a story's shares led to, for the bars: name, number, number as it is written."""
    return [(network_name(each.network), each.readers, number(each.readers)) for each in reads]


LABELS: Final[dict[str, Any]] = {
    "at": _l("When"),
    "story": _l("Story"),
    "network": _l("Network"),
    "language": _l("Language"),
    "text": _l("Text"),
    "disclosure": _l("Disclosure"),
    "status": _l("Status"),
    "post_url": _l("Address of your post"),
    "policy_version": _l("Version of the policy"),
    "closeness": _l("Close to the words of others, in per cent"),
    "readers": _l("Readers, each counted once a day"),
    "openings": _l("How often they opened it"),
}
WORDS: Final[dict[str, dict[str, Any]]] = {
    "network": {**{slug: each.name for slug, each in NETWORKS.items()}, **NAMES},
    "language": {"en": _l("English"), "nl": _l("Dutch")},
    "status": {status: words for status, (words, _meaning) in STATUSES.items()},
}


def holdings(session: Session, person_id: int) -> list[Holding]:
    """What the sharing room holds about a person: every text as it was sent, with the proofs it rests on."""
    return [
        Holding(
            _l("What you shared"),
            _l("To prove, to you and for you, what you posted, that you said where you work, and which rules applied"),
            _l("As long as your account exists"),
            [_held(share) for share in own_shares(session, person_id, at=now(), limit=_ALL)],
            LABELS,
            WORDS,
        )
    ]


def _held(share: OwnShare) -> dict[str, Any]:
    return {
        "at": share.created_at,
        "story": share.slug,
        "network": share.network,
        "language": share.language,
        "text": share.text,
        "disclosure": share.disclosure,
        "status": share.status,
        "post_url": share.post_url,
        "policy_version": share.policy_version,
        "closeness": share.closeness,
        "readers": share.readers,
        "openings": share.openings,
    }
