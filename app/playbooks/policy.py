"""Who may do what in the playbooks room."""

from app.core.who import anyone

may_read_policy = anyone
"""Because we ask our people to be open, the rules are open too: anybody in the world reads them, signed in or not."""

__all__ = ["may_read_policy"]
