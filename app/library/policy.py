"""Who may do what with stories. Everybody reads what is open and meant for them; the rest is written here."""

from dataclasses import dataclass

from app.core.who import Role, Who, signed_in

__all__ = ["signed_in"]


@dataclass(frozen=True)
class Standing:
    """What the rules ask about a story: who wrote it, in which department that person is, who changed it since it was last approved."""

    author_id: int
    path: str
    editors: frozenset[int] = frozenset()


def may_enter_hub(who: Who | None) -> bool:
    """Authors, reviewers and the hub's own team."""
    return who is not None and who.has(Role.AUTHOR, Role.REVIEWER, Role.HUB)


def may_write(who: Who | None) -> bool:
    """Authors and the hub write stories."""
    return who is not None and who.has(Role.AUTHOR, Role.HUB)


def may_review_something(who: Who | None) -> bool:
    """Reviewers, wherever they review."""
    return who is not None and who.has(Role.REVIEWER)


def may_steer(who: Who | None) -> bool:
    """The hub keeps topics and channel advice; a scope does not divide those."""
    return who is not None and who.has(Role.HUB)


def may_see(who: Who, story: Standing) -> bool:
    """A story in the making is seen by its author, and by reviewers and the hub of the author's department."""
    return _wrote(who, story) or who.has_for(Role.REVIEWER, story.path) or who.has_for(Role.HUB, story.path)


def may_edit(who: Who, story: Standing) -> bool:
    """The author, and the hub of the author's department."""
    return _wrote(who, story) or who.has_for(Role.HUB, story.path)


def may_review(who: Who, story: Standing) -> bool:
    """A reviewer of the author's department, and never somebody who wrote or changed what would be approved."""
    return who.has_for(Role.REVIEWER, story.path) and who.id != story.author_id and who.id not in story.editors


def may_retire(who: Who, story: Standing) -> bool:
    """Whoever may edit a story may take it out of the library, and begin it again."""
    return may_edit(who, story)


def may_recall(who: Who, story: Standing) -> bool:
    """Only the hub takes back what is out in the world."""
    return who.has_for(Role.HUB, story.path)


def _wrote(who: Who, story: Standing) -> bool:
    return who.id == story.author_id and may_write(who)
