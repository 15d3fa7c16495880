"""What HR may know by name of what somebody learned of their own choice (P2). What is mandatory is named under each of these (P4)."""

from enum import StrEnum


class Visibility(StrEnum):
    """The setting `voluntary_learning_visibility`: what was completed; only what its learner shares; nothing."""

    COMPLETED = "completed"
    SHARED = "shared"
    AGGREGATES = "aggregates"
