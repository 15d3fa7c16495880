"""The front hall is open to everybody who works here."""

from app.core.who import signed_in

__all__ = ["signed_in"]
