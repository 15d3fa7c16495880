"""The addresses that open a network's own composer; the person presses post there, and nowhere else.

Every value is percent-encoded in full; an intent gives no answer, so that a share stays "opened" until its writer says what became of it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final
from urllib.parse import quote


@dataclass(frozen=True)
class Post:
    """What is handed to a network: the text without and with the link, the link, a title, and the Mastodon server where that is asked."""

    words: str
    link: str
    title: str = ""
    server: str = ""

    @property
    def text(self) -> str:
        """The text as sent: the words, an empty line, the link."""
        return with_link(self.words, self.link)


def with_link(words: str, link: str) -> str:
    """A post as one text."""
    return f"{words}\n\n{link}"


def without_link(text: str) -> str:
    """The words of a post that `with_link` made."""
    return text.rpartition("\n\n")[0]


def _query(**values: str) -> str:
    return "&".join(f"{name}={quote(value, safe='')}" for name, value in values.items())


def _linkedin(post: Post) -> str:
    return "https://www.linkedin.com/sharing/share-offsite/?" + _query(url=post.link)


def _x(post: Post) -> str:
    return "https://x.com/intent/tweet?" + _query(text=post.text)


def _facebook(post: Post) -> str:
    return "https://www.facebook.com/sharer/sharer.php?" + _query(u=post.link)


def _whatsapp(post: Post) -> str:
    return "https://wa.me/?" + _query(text=post.text)


def _telegram(post: Post) -> str:
    return "https://t.me/share/url?" + _query(url=post.link, text=post.words)


def _bluesky(post: Post) -> str:
    return "https://bsky.app/intent/compose?" + _query(text=post.text)


def _mastodon(post: Post) -> str:
    return f"https://{post.server or 'mastodon.social'}/share?" + _query(text=post.text)


def _threads(post: Post) -> str:
    return "https://www.threads.com/intent/post?" + _query(text=post.text)


def _reddit(post: Post) -> str:
    return "https://www.reddit.com/submit?" + _query(url=post.link, title=post.words)


def _teams(post: Post) -> str:
    return "https://teams.microsoft.com/share?" + _query(href=post.link, msgText=post.words)


def _email(post: Post) -> str:
    return "mailto:?" + _query(subject=post.title, body=post.text.replace("\n", "\r\n"))


_BUILDERS: Final[Mapping[str, Callable[[Post], str]]] = MappingProxyType(
    {
        "linkedin": _linkedin,
        "bluesky": _bluesky,
        "mastodon": _mastodon,
        "x": _x,
        "threads": _threads,
        "facebook": _facebook,
        "whatsapp": _whatsapp,
        "telegram": _telegram,
        "reddit": _reddit,
        "teams": _teams,
        "email": _email,
    }
)


def intent(network: str, post: Post) -> str:
    """The address that opens the composer of `network` with this post; "" for the phone's share sheet, which only a script can open."""
    builder = _BUILDERS.get(network)
    return builder(post) if builder else ""
