"""The networks that a story can be shared on: how long a post may be, how it is counted, and what their own composer takes.

Limits and intents are those of the networks' documentation (X counting-characters and web-intent, atproto `app.bsky.feed.post`,
Mastodon posting.md, Threads web-intents, LinkedIn share plugin). To add a network, add a line here and a builder in `intents`.
"""

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Counting(StrEnum):
    """What a network calls a character."""

    CHARACTERS = "characters"
    X = "x"
    BLUESKY = "bluesky"
    MASTODON = "mastodon"
    THREADS = "threads"


@dataclass(frozen=True)
class Network:
    """One network. `folds_at` is where readers see "…more" (0: never); `bytes_limit` holds beside `limit` where it is not 0.

    `takes_text` says whether its composer can be opened with our text in it; where not, people paste what we copied. `shows_card`: whether
    readers see the link as a card with picture and title. `link_apart`: the link has a field of its own and does not count. `hosts`: where a post of this network can stand (empty: anywhere).
    """

    slug: str
    name: str
    limit: int
    counting: Counting = Counting.CHARACTERS
    bytes_limit: int = 0
    folds_at: int = 0
    takes_text: bool = True
    shows_card: bool = True
    link_apart: bool = False
    hosts: tuple[str, ...] = ()


_ALL: Final = (
    Network("linkedin", "LinkedIn", 3000, folds_at=210, takes_text=False, hosts=("linkedin.com", "lnkd.in")),
    Network("bluesky", "Bluesky", 300, Counting.BLUESKY, bytes_limit=3000, hosts=("bsky.app",)),
    Network("mastodon", "Mastodon", 500, Counting.MASTODON),
    Network("x", "X", 280, Counting.X, hosts=("x.com", "twitter.com")),
    Network("threads", "Threads", 500, Counting.THREADS, hosts=("threads.com", "threads.net")),
    Network("facebook", "Facebook", 63_206, folds_at=480, takes_text=False, hosts=("facebook.com", "fb.watch")),
    Network("whatsapp", "WhatsApp", 65_536, folds_at=768, hosts=("whatsapp.com",)),
    Network("telegram", "Telegram", 4096, hosts=("t.me", "telegram.me")),
    Network("reddit", "Reddit", 300, shows_card=False, link_apart=True, hosts=("reddit.com", "redd.it")),
    Network("teams", "Teams", 4000, hosts=("teams.microsoft.com",)),
    Network("email", "E-mail", 1500, shows_card=False),
    Network("sheet", "Phone", 3000),
)
"""Reddit: the text is the title of the post. E-mail: what mail programs accept through a mailto link. Sheet: the phone's own share sheet."""

NETWORKS: Final = MappingProxyType({network.slug: network for network in _ALL})
USUAL: Final = "linkedin"
"""What a person sees who has never shared before."""
