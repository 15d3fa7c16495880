"""Short links: made with a share, closed when their story is recalled."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.core.ids import new_code
from app.sharing.models import Link


def make_link(session: Session, *, story_id: int, network: str, target: str, at: datetime) -> Link:
    """A link under a new random code; `target` is stored, and later sent, byte for byte."""
    link = Link(code=new_code(), story_id=story_id, network=network, target=target, created_at=at)
    session.add(link)
    session.flush()
    return link


def close_links_of(session: Session, story_id: int) -> None:
    """Let every link of a story lead to the neutral page."""
    session.execute(update(Link).where(Link.story_id == story_id, Link.state == "open").values(state="recalled"))
