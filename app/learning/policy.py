"""Who may do what in the learning room: everyone may read everything and take every course."""

from app.core.who import Role, Who, anyone, signed_in

__all__ = ["is_own", "may_decide", "may_learn", "may_leave", "may_read_key", "may_read_tallies", "may_verify"]


def may_learn(who: Who | None) -> bool:
    """Every employee may read every lesson, take every course, and see what is their own."""
    return signed_in(who)


def may_verify(who: Who | None) -> bool:
    """Anybody in the world may ask whether a certificate is real."""
    return anyone(who)


def may_leave(mandatory_role: str | None) -> bool:
    """A course is left as freely as it is begun, unless a role asks for it."""
    return mandatory_role is None


def may_decide(who: Who, *, holder_path: str) -> bool:
    """HR decides whether a certificate stands, for the people of its own scope; an administrator as such does not (P6)."""
    return who.has_for(Role.HR, holder_path)


def is_own(who: Who, *, holder_id: int) -> bool:
    """Nobody decides about a certificate of their own."""
    return who.id == holder_id


def may_read_tallies(who: Who | None) -> bool:
    """Whoever writes, reviews or steers in the hub learns how questions go; of many people, never of one (P5)."""
    return who is not None and who.has(Role.AUTHOR, Role.REVIEWER, Role.HUB)


def may_read_key(*, passed: bool, sitting: bool) -> bool:
    """Which answers are right is told to whoever has passed and sits no attempt: those who read how questions go take the course as well (T26)."""
    return passed and not sitting
