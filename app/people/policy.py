"""Who may do what with people, roles and the audit log."""

from app.core.who import Role, Who, anyone, signed_in

__all__ = ["anyone", "may_administer", "may_lead", "may_read_audit", "signed_in"]


def may_administer(who: Who | None) -> bool:
    """An administrator adds people, gives roles and deactivates, each within the department of the grant."""
    return who is not None and who.has(Role.ADMIN)


def may_read_audit(who: Who | None) -> bool:
    """The audit log is read by administrators of the whole organisation."""
    return who is not None and who.has_for(Role.ADMIN, "/")


def may_lead(who: Who | None) -> bool:
    """Somebody to whom at least one person reports."""
    return who is not None and who.leads
