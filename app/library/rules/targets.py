"""Where a story may lead: a public page of a domain that is allowed, and nowhere else."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from app.core.errors import Invalid

LONGEST_ADDRESS: Final = 1800
"""So that an address with the parameters that name network and story still fits into the 2,000 characters that a link keeps."""
_LABEL: Final = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
_NUMERIC: Final = re.compile(r"[0-9]+|0x[0-9a-f]*")
_INSIDE: Final = frozenset({"localhost", "local", "internal", "intranet", "lan", "home", "corp", "private", "localdomain", "onion", "arpa"})
"""Top labels that never name a page which a reader outside could open (RFC 6761, RFC 6762, RFC 8375 and common usage)."""
_FIELD: Final = "target_url"


@dataclass(frozen=True)
class Links:
    """What the installation allows: its own hosts, which a link never leads back to, and domains if only some may be linked."""

    own_hosts: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()


EVERYWHERE: Final = Links()


def check_target(address: str, *, links: Links = EVERYWHERE) -> str:
    """The address, if readers may be sent there.

    It is plain ASCII, http or https, without user or password, with a host name of at least two labels that is no number and no
    internal name; never one of our own hosts, and one of `links.domains` (or below it) when there are any. Raises Invalid("target.…").
    """
    if len(address) > LONGEST_ADDRESS:
        raise Invalid("target.long", field=_FIELD, longest=LONGEST_ADDRESS)
    if not _is_plain(address):
        raise Invalid("target.spelling", field=_FIELD)
    scheme, separator, rest = address.partition("://")
    if scheme.lower() not in {"http", "https"} or not separator or rest.startswith("/"):
        raise Invalid("target.scheme", field=_FIELD)
    host = _host(address)
    if not _is_public(host):
        raise Invalid("target.host", field=_FIELD)
    if host in map(_bare, links.own_hosts):
        raise Invalid("target.own", field=_FIELD)
    if links.domains and not any(host == domain or host.endswith(f".{domain}") for domain in map(_bare, links.domains)):
        raise Invalid("target.domain", field=_FIELD, domains=", ".join(links.domains))
    return address


def _is_plain(address: str) -> bool:
    """ASCII without spaces, controls, backslashes, quotes or brackets that a browser might read in another way than we do."""
    return address.isascii() and not any(unicodedata.category(letter) in {"Cc", "Zs"} or letter in '\\"<>^`{|}' for letter in address)


def _host(address: str) -> str:
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise Invalid("target.host", field=_FIELD) from error
    if "@" in parts.netloc or port == 0 or parts.netloc.endswith(":"):
        raise Invalid("target.host", field=_FIELD)
    return (parts.hostname or "").lower()


def _is_public(host: str) -> bool:
    labels = host.split(".")
    if len(labels) < 2 or len(host) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        return False
    if any(label.startswith("xn--") for label in labels):
        return False
    return not _NUMERIC.fullmatch(labels[-1]) and labels[-1] not in _INSIDE


def _bare(host: str) -> str:
    return host.strip().lower().partition(":")[0].strip(".")
