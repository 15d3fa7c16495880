"""Who may see what adds up: HR inside its scope, managers the totals of their own line."""

from app.core.who import Role, Who
from app.people.policy import may_lead

__all__ = ["may_lead", "may_report", "reach"]


def may_report(who: Who | None) -> bool:
    """HR, of the whole organisation or of a department and all below it."""
    return who is not None and who.has(Role.HR)


def reach(who: Who) -> tuple[str, ...]:
    """The department paths whose people HR answers for; nothing outside them is counted, listed or exported."""
    return who.scopes(Role.HR)
