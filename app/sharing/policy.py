"""Who may do what with stories out in the world. Training decides, not rank: the proofs are looked up where a share is made."""

from dataclasses import dataclass

from app.core.who import signed_in

__all__ = ["Standing", "may_share", "signed_in"]


@dataclass(frozen=True)
class Standing:
    """The proofs that a share rests on: a certificate that is valid today and the policy in force; None for what there is not."""

    certificate_id: int | None
    policy: int | None


def may_share(standing: Standing) -> bool:
    """An ambassador holds a certificate that is valid today and shares under a policy in force."""
    return standing.certificate_id is not None and standing.policy is not None
