"""Who may do what with stories out in the world. Training decides, not rank: the proofs are looked up where a share is made."""

from app.core.who import signed_in
from app.sharing.queries.standing import Standing

__all__ = ["may_share", "signed_in"]


def may_share(standing: Standing) -> bool:
    """An ambassador holds a certificate that is valid today and shares under a policy in force."""
    return standing.certificate_id is not None and standing.policy is not None
