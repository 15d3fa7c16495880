"""Who opened a link, as far as we want to know: a person or a robot, on what kind of device, from which site."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import blake2b
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

from crawleruseragents import is_crawler

from app.core.addresses import household

_PREVIEWS: Final = re.compile(
    r"cardyb|bluesky|mastodon|pleroma|akkoma|misskey|friendica|lemmy|http\.rb|whatsapp|telegrambot|slackbot|slack-img|linkedinbot|facebookexternalhit"
    r"|facebookcatalog|meta-external|twitterbot|discordbot|skypeuripreview|microsoftpreview|teams/|iframely|embedly|redditbot|pinterest|vkshare|snap url"
    r"|google-pagerenderer|safelinks|barracuda|proofpoint|mimecast|headlesschrome|phantomjs|lighthouse|curl/|wget/|python|go-http-client|okhttp|java/|axios"
    r"|node-fetch|libwww|(?<!cu)bot\b|crawler|spider",
    re.IGNORECASE,
)
"""What fetches links for previews, scanners of mail, and tools: crawler-user-agents misses some of them, Bluesky's card fetcher first."""
_HOST: Final = re.compile(r"[a-z0-9.-]{1,120}")
_AHEAD: Final = ("HTTP_SEC_PURPOSE", "HTTP_PURPOSE", "HTTP_X_PURPOSE", "HTTP_X_MOZ")
"""Where browsers say that nobody has asked for a page yet."""
_LONGEST_AGENT: Final = 500
_LONGEST_REFERRER: Final = 500
MARK_BYTES: Final = 4
_REMEMBERED: Final = 2048
"""How many programs and how many referring pages a process remembers: at most some two megabytes."""


class Hit(NamedTuple):
    """One opening of a link: the hour and what else is worth keeping; "" where the reader asked not to be followed.

    `mark` is the same for the same reader of the same link on the same day, and for nobody can it be told from whom it is.
    """

    link_id: int
    hour: datetime
    referrer: str = ""
    device: str = ""
    robot: bool = False
    mark: str = ""


def hit(link_id: int, environ: Mapping[str, Any], *, at: datetime, key: bytes | None = None) -> Hit | None:
    """What to note of a request, or None when nobody reads: HEAD, and what a browser fetches ahead.

    `environ` is the request as WSGI hands it over (PEP 3333). With Sec-GPC or DNT only the count is kept. `key` is the day's; without it
    nobody is told from anybody else.
    """
    if environ["REQUEST_METHOD"] == "HEAD" or _is_fetched_ahead(environ):
        return None
    hour = _hour(at.timestamp() // 3600)
    agent = environ.get("HTTP_USER_AGENT", "")[:_LONGEST_AGENT]
    robot = is_robot(agent)
    if environ.get("HTTP_SEC_GPC") == "1" or environ.get("HTTP_DNT") == "1":
        return Hit(link_id, hour, robot=robot)
    referrer = referrer_host(environ.get("HTTP_REFERER", "")[:_LONGEST_REFERRER])
    if robot or key is None:
        return Hit(link_id, hour, referrer, device(agent), robot)
    return Hit(link_id, hour, referrer, device(agent), robot, mark(key, link_id, environ.get("REMOTE_ADDR", ""), agent))


def mark(key: bytes, link_id: int, address: str, agent: str) -> str:
    """Eight hexadecimal digits for a reader of a link: a keyed digest of the network and the program that the request came from.

    It is short on purpose: to whoever had the key, it would fit one address in every program there is, and among a hundred thousand readers
    of a link on one day it takes one for another.
    """
    said = f"{link_id}\n{household(address)}\n{agent}"
    return blake2b(said.encode("utf-8", "replace"), key=key, digest_size=MARK_BYTES).hexdigest()


def _is_fetched_ahead(environ: Mapping[str, Any]) -> bool:
    for name in _AHEAD:  # noqa: SIM110  # a loop costs a third of any(), at every click
        if name in environ and "prefetch" in environ[name].lower():
            return True
    return False


@lru_cache(maxsize=8)
def _hour(number: float) -> datetime:
    """The beginning of an hour, from its number since 1970: asked for with every click, and another one every hour."""
    return datetime.fromtimestamp(number * 3600, UTC)


@lru_cache(maxsize=_REMEMBERED)
def is_robot(agent: str) -> bool:
    """Whether a program calls itself by this name; nobody's browser is nameless."""
    return not agent.strip() or bool(_PREVIEWS.search(agent)) or is_crawler(agent)


@lru_cache(maxsize=_REMEMBERED)
def device(agent: str) -> str:
    """The class of a device: phone, tablet, desktop, or other."""
    if re.search(r"iPad|Tablet|Android(?!.*Mobile)", agent):
        return "tablet"
    if re.search(r"iPhone|Mobile|Android", agent):
        return "phone"
    return "desktop" if re.search(r"Windows|Macintosh|X11|CrOS|Linux", agent) else "other"


@lru_cache(maxsize=_REMEMBERED)
def referrer_host(address: str) -> str:
    """The site that a reader came from, without the page; "" when it is not said or makes no sense."""
    try:
        host = (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""
    return host if _HOST.fullmatch(host) else ""
