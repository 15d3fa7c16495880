"""Addresses that people hand us: what may be followed and what may not."""

from urllib.parse import urlsplit


def local_path(address: str | None) -> str | None:
    """`address` if it is a plain path on this site, else None: no scheme, host, backslash, control or double slash."""
    if not address or not address.startswith("/") or len(address) > 2000:
        return None
    if any(ord(letter) < 33 or letter == "\\" or not letter.isprintable() for letter in address) or address.startswith("//"):
        return None
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or "//" in parts.path or "%09" in address or "%0" in address.lower():
        return None
    return address


def path_of_ours(address: str | None, host: str) -> str | None:
    """The path (and question) of a whole address on `host`, if `local_path` passes it; else None."""
    try:
        parts = urlsplit(address or "")
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or parts.netloc != host:
        return None
    return local_path(f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/")
