"""Request limits per address on the doors that strangers may knock at; a route is limited only where it says so."""

from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

limiter = Limiter(key_func=get_remote_address, default_limits=[], headers_enabled=True)


def init_limits(app: Flask) -> None:
    """Attach the limiter; the storage comes from the settings."""
    limiter.init_app(app)
