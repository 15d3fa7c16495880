"""What of a network address counts as one reader."""

from ipaddress import IPv6Address


def household(address: str) -> str:
    """Of an IPv6 address the half that a household shares, because the other half changes by the hour, or as often as somebody likes.

    An IPv4 address stays as it is, and one that is written into an IPv6 address is that.
    """
    if ":" not in address:
        return address
    try:
        found = IPv6Address(address.partition("%")[0])
    except ValueError:
        return address
    return str(found.ipv4_mapped or int(found) >> 64)
