"""Who may do what with stories, as a table."""

import pytest

from app.core.who import Grant, Role, Who
from app.library import policy
from app.library.policy import Standing

STORY = Standing(author_id=1, path="/sales/sales-nl/", editors=frozenset({1, 5}))


def somebody(number, *grants):
    return Who(number, f"uuid-{number}", "Name", "a@b.c", "en", "UTC", "system", "NL", None, "/", False, grants)


@pytest.mark.parametrize(
    ("who", "may"),
    [
        (somebody(1, Grant(Role.AUTHOR)), {"see", "edit", "retire"}),
        (somebody(1), set()),
        (somebody(1, Grant(Role.AUTHOR), Grant(Role.REVIEWER)), {"see", "edit", "retire"}),
        (somebody(2, Grant(Role.AUTHOR)), set()),
        (somebody(3, Grant(Role.REVIEWER)), {"see", "review"}),
        (somebody(3, Grant(Role.REVIEWER, "/sales/")), {"see", "review"}),
        (somebody(3, Grant(Role.REVIEWER, "/research/")), set()),
        (somebody(5, Grant(Role.REVIEWER), Grant(Role.HUB)), {"see", "edit", "retire", "recall"}),
        (somebody(4, Grant(Role.HUB, "/sales/")), {"see", "edit", "retire", "recall"}),
        (somebody(4, Grant(Role.HUB, "/research/")), set()),
        (somebody(6, Grant(Role.ADMIN), Grant(Role.HR), Grant(Role.SPOKESPERSON)), set()),
    ],
)
def test_rights_follow_from_role_scope_and_who_wrote_it(who, may):
    """T19, T83."""
    verbs = ("see", "edit", "review", "retire", "recall")
    assert {verb for verb in verbs if getattr(policy, f"may_{verb}")(who, STORY)} == may


def test_strangers_enter_nothing():
    assert not any(rule(None) for rule in (policy.may_enter_hub, policy.may_write, policy.may_review_something, policy.may_steer, policy.signed_in))
