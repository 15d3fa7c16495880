"""What a request tells about the door it came in by, for the audit log: its id and the class of its address."""

from ipaddress import IPv6Address, ip_address, ip_network

from flask import g, has_request_context, request


def address() -> str:
    """The address of the peer (or of what a trusted proxy reports)."""
    return request.remote_addr or ""


def address_class() -> str:
    """The network that the address lies in, never the address itself: /24 for IPv4, /48 for IPv6."""
    if not has_request_context():
        return "none"
    try:
        found = ip_address(address())
    except ValueError:
        return "unknown"
    width = 48 if isinstance(found, IPv6Address) else 24
    return str(ip_network((found, width), strict=False))


def request_id() -> str:
    """The id that this request carries from door to job."""
    return str(g.get("request_id", "")) if has_request_context() else ""


def device() -> str:
    """The browser and system as a person would name them ("Firefox, Linux"): enough to recognise one's own session."""
    agent = request.user_agent.string
    browser = next(
        (name for mark, name in (("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")) if mark in agent), ""
    )
    system = next(
        (
            name
            for mark, name in (
                ("Android", "Android"),
                ("iPhone", "iPhone"),
                ("iPad", "iPad"),
                ("Windows", "Windows"),
                ("Mac OS", "Mac"),
                ("Linux", "Linux"),
            )
            if mark in agent
        ),
        "",
    )
    return ", ".join(part for part in (browser, system) if part)
