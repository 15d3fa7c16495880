"""Pure decisions about a certificate that was issued: taking it back, giving it back, and on what grounds."""

from collections.abc import Mapping
from typing import Final

REVOKED: Final = "revoked"
REINSTATED: Final = "reinstated"
GROUNDS: Final[Mapping[str, tuple[str, ...]]] = {
    REVOKED: ("issued_wrongly", "not_own_work", "policy_broken", "other"),
    REINSTATED: ("was_wrong", "settled", "other"),
}
"""What may be decided, and the grounds on which: they have words in every language, beside which stand those of whoever decides."""
LONGEST_REASON: Final = 1_000
"""Graphemes."""


def decidable(*, revoked: bool) -> str:
    """What can be decided about a certificate: a revoked one is reinstated, any other revoked."""
    return REINSTATED if revoked else REVOKED
