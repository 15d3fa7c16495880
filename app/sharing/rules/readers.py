"""Who opened a link, as far as we want to know: a person or a robot, on what kind of device, from which site."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final
from urllib.parse import urlsplit

from crawleruseragents import is_crawler

_PREVIEWS: Final = re.compile(
    r"cardyb|bluesky|mastodon|pleroma|akkoma|misskey|friendica|lemmy|http\.rb|whatsapp|telegrambot|slackbot|slack-img|linkedinbot|facebookexternalhit"
    r"|facebookcatalog|meta-external|twitterbot|discordbot|skypeuripreview|microsoftpreview|teams/|iframely|embedly|redditbot|pinterest|vkshare|snap url"
    r"|google-pagerenderer|safelinks|barracuda|proofpoint|mimecast|headlesschrome|phantomjs|lighthouse|curl/|wget/|python|go-http-client|okhttp|java/|axios"
    r"|node-fetch|libwww|(?<!cu)bot\b|crawler|spider",
    re.IGNORECASE,
)
"""What fetches links for previews, scanners of mail, and tools: crawler-user-agents misses some of them, Bluesky's card fetcher first."""
_HOST: Final = re.compile(r"[a-z0-9.-]{1,120}")
_AHEAD: Final = ("sec-purpose", "purpose", "x-purpose", "x-moz")
"""Where browsers say that nobody has asked for a page yet."""
_LONGEST_AGENT: Final = 1000


@dataclass(frozen=True)
class Hit:
    """One opening of a link: the hour and what else is worth keeping; "" where the reader asked not to be followed."""

    link_id: int
    hour: datetime
    referrer: str = ""
    device: str = ""
    robot: bool = False


def hit(link_id: int, headers: Mapping[str, str], *, method: str, at: datetime) -> Hit | None:
    """What to note of a request, or None when nobody reads: HEAD, and what a browser fetches ahead.

    `headers` maps names in any case to values. With Sec-GPC or DNT only the count is kept.
    """
    told = {name.lower(): value for name, value in headers.items()}
    if method == "HEAD" or any("prefetch" in told.get(name, "").lower() for name in _AHEAD):
        return None
    hour = at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    agent = told.get("user-agent", "")[:_LONGEST_AGENT]
    robot = is_robot(agent)
    if told.get("sec-gpc") == "1" or told.get("dnt") == "1":
        return Hit(link_id, hour, robot=robot)
    return Hit(link_id, hour, referrer_host(told.get("referer", "")), device(agent), robot)


@lru_cache(maxsize=4096)
def is_robot(agent: str) -> bool:
    """Whether a program calls itself by this name; nobody's browser is nameless."""
    return not agent.strip() or bool(_PREVIEWS.search(agent)) or is_crawler(agent)


def device(agent: str) -> str:
    """The class of a device: phone, tablet, desktop, or other."""
    if re.search(r"iPad|Tablet|Android(?!.*Mobile)", agent):
        return "tablet"
    if re.search(r"iPhone|Mobile|Android", agent):
        return "phone"
    return "desktop" if re.search(r"Windows|Macintosh|X11|CrOS|Linux", agent) else "other"


def referrer_host(address: str) -> str:
    """The site that a reader came from, without the page; "" when it is not said or makes no sense."""
    try:
        host = (urlsplit(address[:2000]).hostname or "").lower()
    except ValueError:
        return ""
    return host if _HOST.fullmatch(host) else ""
