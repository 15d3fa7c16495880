"""The sharing room's refusals, statuses and names in the reader's language."""

from typing import Any, Final

from flask_babel import lazy_gettext as _l

from app.sharing.rules.networks import NETWORKS

SENTENCES: Final[dict[str, Any]] = {
    "network.unknown": _l("Choose one of the networks above the text."),
    "draft.long": _l("This is %(over)s characters too long for %(network)s. Shorten it, and nothing is cut off."),
    "draft.copied": _l("This is somebody else's text, word for word. Say it in your own words; a sentence about why you share it is enough."),
    "share.certificate": _l("To share, you need the Enthusiast certificate. Open the story again to see what is missing."),
    "share.policy": _l("There is no policy in force, so nothing can be shared under it. Ask the hub to publish one."),
    "share.too_many": _l("You shared %(most)s stories today. That is as many as one person can share in a day; go on tomorrow."),
    "story.over": _l("This story ended while you wrote. Your text is not lost: press the button below, and the next page shows it whole."),
    "share.again": _l("This form was sent already. Open the story again to share it once more."),
    "post.address": _l("Paste the address of your post on %(network)s, beginning with https://, or leave this empty."),
    "server.unknown": _l("Write the name of your server, such as mastodon.social."),
}
STATUSES: Final[dict[str, tuple[Any, str]]] = {
    "opened": (_l("Did you post it?"), "careful"),
    "confirmed": (_l("Posted"), "done"),
    "unknown": (_l("We do not know"), "quiet"),
    "not_posted": (_l("Not posted"), "quiet"),
}
"""Status -> what it is called and what it means ("done", "careful" or "quiet")."""
NAMES: Final[dict[str, Any]] = {"email": _l("E-mail"), "sheet": _l("Your phone")}
_VERDICTS: Final[dict[str, tuple[Any, str]]] = {
    "yours": (_l("very much yours"), "done"),
    "partly": (_l("partly yours"), "careful"),
    "close": (_l("close to supplied words"), "careful"),
}
FITS: Final[dict[str, tuple[Any, str]]] = {
    "good": (_l("Does well on %(network)s"), "done"),
    "fair": (_l("Can do well on %(network)s"), "quiet"),
    "poor": (_l("Rarely does well on %(network)s"), "careful"),
}


def network_name(slug: str) -> str:
    """A network as people call it; the two that are none are named in the reader's language."""
    return str(NAMES.get(slug) or NETWORKS[slug].name)


def verdict(word: str) -> tuple[str, str]:
    """How close a text is, in words, and what that means."""
    text, meaning = _VERDICTS[word]
    return str(text), meaning
