"""What HR reads by name of what somebody learned freely, in words for whoever learned it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from flask import current_app
from flask_babel import lazy_gettext as _l

from app.core.clock import today_in
from app.learning.queries.certificates import Proof
from app.learning.rules.visibility import Visibility

SEEN: Final[Mapping[Visibility, Any]] = {
    Visibility.COMPLETED: _l("HR sees by name what you completed, and what is mandatory for you."),
    Visibility.SHARED: _l("HR sees by name what is mandatory for you, and of the rest only the certificates that you share."),
    Visibility.AGGREGATES: _l("HR sees by name only what is mandatory for you; all else is counted, of ten people or more together."),
}
_TOLD: Final[Mapping[Visibility, Any]] = {
    Visibility.COMPLETED: _l(
        "HR sees by name that you hold this certificate: its code, its courses with version and day, and how long it counts. "
        "Your scores, answers and tries stay with you."
    ),
    Visibility.SHARED: _l(
        "Nobody in HR sees by name that you hold this certificate, or that you passed its courses of your own choice. If you share it, HR reads your name "
        "beside its level and code, its courses with version and day, and how long it counts. You can stop whenever you like."
    ),
    Visibility.AGGREGATES: _l(
        "Nobody in HR sees by name that you hold this certificate, or that you passed its courses of your own choice. They are only counted, of ten "
        "people or more together."
    ),
}
_SHARED: Final = _l(
    "HR reads your name beside its level and code, its courses with version and day, and how long it counts. If you stop, it is gone from HR's pages "
    "at once; what somebody has downloaded or written down stays with them."
)
_IDLE: Final = _l("You shared this certificate when HR's pages named what people share. They name nothing now, so it has no effect.")


@dataclass(frozen=True)
class WithHr:
    """What HR sees of a certificate, and what its holder may do about that."""

    text: Any
    shared_on: date | None
    may_share: bool

    @property
    def may_stop(self) -> bool:
        """Whether there is something to take back."""
        return self.shared_on is not None


def the_visibility() -> Visibility:
    """What this house lets HR know by name."""
    return Visibility(current_app.extensions["settings"].voluntary_learning_visibility)


def with_hr(proof: Proof, visibility: Visibility, zone: str) -> WithHr:
    """The words for one certificate; where HR sees all that was completed there is nothing to share or to take back."""
    strict = visibility is not Visibility.COMPLETED
    shared_on = today_in(zone, proof.shared_at) if proof.shared_at and strict else None
    shares = visibility is Visibility.SHARED
    text = (_SHARED if shares else _IDLE) if shared_on else _TOLD[visibility]
    return WithHr(text, shared_on, shares and shared_on is None)
