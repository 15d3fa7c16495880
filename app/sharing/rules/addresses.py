"""Addresses: the parameters that a story's target is sent with, and what counts as the address of a post or of a server.

Where a story may lead at all is decided by `app.library.rules.targets`.
"""

import ipaddress
import re
from collections.abc import Collection
from typing import Final
from urllib.parse import SplitResult, quote, urlsplit

from app.core.errors import Invalid
from app.sharing.rules.networks import Network

LONGEST: Final = 2000
LONGEST_SERVER: Final = 260
MEDIUM: Final = "employee-advocacy"
_HOST: Final = re.compile(r"(?=.{4,253}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")


def tagged(target: str, *, network: str, story: str) -> str:
    """`target` with parameters that name the network and the story, never the person; earlier ones of the kind are replaced.

    Everything else of the address stays byte for byte as it was.
    """
    address, hash_mark, fragment = target.partition("#")
    path, _question, query = address.partition("?")
    kept = [pair for pair in query.split("&") if pair and not pair.lower().startswith("utm_")]
    ours = (("utm_source", network), ("utm_medium", MEDIUM), ("utm_campaign", story))
    query = "&".join([*kept, *(f"{name}={quote(value, safe='')}" for name, value in ours)])
    return f"{path}?{query}{hash_mark}{fragment}"


def check_post_url(address: str, *, network: Network, server: str = "") -> str:
    """The address of a post on `network` ("" stays ""), else Invalid("post.address"); on Mastodon it stands on the person's own `server`."""
    clean = address.strip()
    if not clean:
        return ""
    parts = _plain(clean)
    hosts = network.hosts or ((server,) if server else ())
    if parts is None or len(clean) > LONGEST or (hosts and not is_within(parts.hostname or "", hosts)):
        raise Invalid("post.address", field="post_url", network=network.name)
    return clean


def check_server(name: str) -> str:
    """The host name of a Mastodon server as a person gives it ("@ada@mastodon.social" will do), else Invalid("server.unknown")."""
    host = name.strip().lower().removeprefix("https://").rstrip("/").rpartition("@")[2]
    if not is_public_name(host):
        raise Invalid("server.unknown", field="server")
    return host


def is_within(host: str, domains: Collection[str]) -> bool:
    """Whether `host` is one of `domains` or below it."""
    return any(host == domain.lower() or host.endswith(f".{domain.lower()}") for domain in domains)


def is_public_name(host: str) -> bool:
    """Whether `host` is a full name in plain letters that may stand in public: no address, no local name, nothing punycoded."""
    if not _HOST.fullmatch(host) or "xn--" in host or host.endswith((".local", ".internal", ".localhost", ".lan", ".home", ".corp")):
        return False
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return True
    return False


def _plain(address: str) -> SplitResult | None:
    """A plain https address of a public host, taken apart; None for anything that a browser might read in another way than we do."""
    if any(not 33 <= ord(letter) <= 126 or letter in '\\<>"`{}|^' for letter in address):
        return None
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme.lower() != "https" or "@" in parts.netloc or "%" in parts.netloc or port not in {None, 443}:
        return None
    return parts if is_public_name((parts.hostname or "").lower()) else None
