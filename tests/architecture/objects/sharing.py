"""Things of the sharing room that URLs name."""

from collections.abc import Mapping

from sqlalchemy.orm import Session as Db

from tests.factories.library import an_edition
from tests.factories.sharing import a_bare_story, a_link, a_right_to_share, a_share
from tests.support.cast import Cast


def objects(session: Db, cast: Cast) -> Mapping[str, Mapping[str, object]]:
    """A link that leads on, one that was recalled, and what Ada shared."""
    story = a_bare_story(session, by=cast.grace, slug="linked-story")
    open_link = a_link(session, story=story)
    recalled = a_link(session, story=story, network="bluesky", state="recalled")
    edition = an_edition(session, author=cast.grace, slug="shared-story")
    share = a_share(session, by=cast.ada, edition=edition, certificate=a_right_to_share(session, person=cast.ada))
    return {"a link": {"code": open_link.code}, "a recalled link": {"code": recalled.code}, "ada's share": {"uuid": share.uuid}}
