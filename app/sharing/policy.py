"""Who may do what with stories out in the world."""

from app.core.who import signed_in as may_open_composer

__all__ = ["may_open_composer"]
