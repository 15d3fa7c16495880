"""Request limits per address on the doors that strangers may knock at; a route is limited only where it says so."""

import structlog
from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from limits import RateLimitItem

log = structlog.get_logger()
limiter = Limiter(key_func=get_remote_address, default_limits=[], headers_enabled=True)


def init_limits(app: Flask) -> None:
    """Attach the limiter; the storage comes from the settings."""
    limiter.init_app(app)


def is_spent(budget: RateLimitItem, purpose: str) -> bool:
    """Whether this request's address has used up its budget for `purpose`; a counter that does not answer stops nobody."""
    try:
        return not limiter.limiter.test(budget, purpose, get_remote_address())
    except Exception as error:  # noqa: BLE001  # whatever the store raises: limits fail open on reading doors
        log.warning("limits_unavailable", error=type(error).__name__)
        return False


def spend(budget: RateLimitItem, purpose: str) -> None:
    """Take one from this address's budget for `purpose`."""
    try:
        limiter.limiter.hit(budget, purpose, get_remote_address())
    except Exception as error:  # noqa: BLE001  # as above
        log.warning("limits_unavailable", error=type(error).__name__)
