"""Things of the playbooks room: the policy, without which its page does not exist."""

from collections.abc import Mapping

from sqlalchemy.orm import Session as Db

from tests.factories.playbooks import a_policy
from tests.support.cast import Cast


def objects(session: Db, _cast: Cast) -> Mapping[str, Mapping[str, object]]:
    """A policy in force; no address names it."""
    a_policy(session)
    return {}
