"""Things of the sharing room that URLs name."""

from collections.abc import Mapping

from sqlalchemy.orm import Session as Db

from tests.factories.sharing import a_bare_story, a_link
from tests.support.cast import Cast


def objects(session: Db, cast: Cast) -> Mapping[str, Mapping[str, object]]:
    """A link that leads on, and one that was recalled."""
    story = a_bare_story(session, by=cast.grace, slug="linked-story")
    open_link = a_link(session, story=story)
    recalled = a_link(session, story=story, network="bluesky", state="recalled")
    return {"a link": {"code": open_link.code}, "a recalled link": {"code": recalled.code}}
