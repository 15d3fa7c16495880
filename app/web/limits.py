"""Request limits per address (of IPv6, per network of a household) on the doors that strangers may knock at: the view asks whether its budget is spent, and spends.

Nothing is counted, and nothing is looked up, on any other request.
"""

import structlog
from flask import Flask, current_app, request
from limits import RateLimitItem
from limits.storage import storage_from_string
from limits.strategies import FixedWindowRateLimiter

from app.core.addresses import household

log = structlog.get_logger()


def init_limits(app: Flask) -> None:
    """Give `app` its counters: in this process, or where the settings say."""
    app.extensions["limits"] = FixedWindowRateLimiter(storage_from_string(app.config["RATELIMIT_STORAGE_URI"]))


def is_spent(budget: RateLimitItem, purpose: str) -> bool:
    """Whether this request's address has used up its budget for `purpose`; a counter that does not answer stops nobody."""
    try:
        return not _limits().test(budget, purpose, _address())
    except Exception as error:  # noqa: BLE001  # whatever the store raises: limits fail open on reading doors
        log.warning("limits_unavailable", error=type(error).__name__)
        return False


def spend(budget: RateLimitItem, purpose: str) -> None:
    """Take one from this address's budget for `purpose`."""
    try:
        _limits().hit(budget, purpose, _address())
    except Exception as error:  # noqa: BLE001  # as above
        log.warning("limits_unavailable", error=type(error).__name__)


def _limits() -> FixedWindowRateLimiter:
    found: FixedWindowRateLimiter = current_app.extensions["limits"]
    return found


def _address() -> str:
    return household(request.remote_addr or "unknown")
