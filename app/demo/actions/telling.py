"""The stories of the make-believe organisation: written by one, approved by another, each at its own moment."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.core.errors import NotFound
from app.core.storage import Storage
from app.core.who import Who
from app.demo.adapters.files import channel_fit, picture, stories
from app.library.actions.channels import add_topic, set_fit
from app.library.actions.pictures import add_picture, store_picture
from app.library.actions.reviewing import approve, retire, send_to_review
from app.library.actions.writing import set_picture, write_story
from app.library.rules.content import Caption, Contact, Content
from app.people.queries import department_by_slug, person_by_email_key, who_by_id
from app.people.rules import Audience

STEER = "hugo@meridian.example"
WRITTEN_BEFORE = timedelta(days=3)


def tell(session: Session, storage: Storage, *, at: datetime) -> None:
    """Topics, channel fit and every story, in the state that the file gives it."""
    hub = someone(session, STEER)
    for topic in stories()["topics"]:
        add_topic(session, slug=topic["slug"], name=topic["name"], by=hub, at=at - WRITTEN_BEFORE)
    for row in channel_fit():
        country = "" if row["country"] == "all" else row["country"]
        looked = datetime.combine(row["reviewed_on"], time(12), ZoneInfo("UTC"))
        set_fit(session, topic=row["topic"], network=row["network"], country=country, fit=row["fit"], tone=row["tone"], by=hub, at=looked)
    for each in stories()["stories"]:
        _story(session, storage, each, at=at)


def someone(session: Session, email: str) -> Who:
    """A person of the demo with their rights. Raises NotFound for a name that the files do not have."""
    person = person_by_email_key(session, email)
    who = who_by_id(session, person.id) if person else None
    if who is None:
        raise NotFound
    return who


def _story(session: Session, storage: Storage, each: Mapping[str, Any], *, at: datetime) -> None:
    author, shown = someone(session, each["author"]), at - timedelta(days=each["days_ago"] or 0)
    written = shown - WRITTEN_BEFORE
    story = write_story(session, _content(session, each, at=at), by=author, at=written, slug=each["slug"], uuid=each["uuid"])
    if each["image"]:
        stored = store_picture(storage, picture(each["image"]), alt=each["image_alt"], by=author)
        asset = add_picture(session, stored, by=author, at=written)
        story = set_picture(session, story.uuid, asset, version=story.version, by=author, at=written)
    if each["state"] == "draft":
        return
    story = send_to_review(session, story.uuid, version=story.version, by=author, at=written + timedelta(hours=2))
    if each["state"] == "in_review":
        return
    approve(session, story.uuid, version=story.version, by=someone(session, each["approved_by"]), at=shown)
    if each["state"] == "retired":
        ended = at + timedelta(days=each["days_until_end"])
        retire(session, story.uuid, version=story.version, by=someone(session, STEER), at=ended)


def _content(session: Session, each: Mapping[str, Any], *, at: datetime) -> Content:
    contact = person_by_email_key(session, each["replies_by"])
    return Content(
        **{name: each[name] for name in ("title", "standfirst", "reader_value", "body")},
        facts={language: tuple(lines) for language, lines in each["facts"].items()},
        angles={language: tuple(lines) for language, lines in each["angles"].items()},
        topics=tuple(each["topics"]),
        target_url=each["target_url"],
        replies_by=Contact(contact.uuid, contact.name) if contact else None,
        replies_within_hours=each["replies_within_hours"],
        audience=_audience(session, each["audience"]),
        captions=tuple(Caption(caption["network"], caption["language"], caption["text"]) for caption in each["captions"]),
        opens_at=at + timedelta(days=each["embargo_in_days"]) if each["embargo_in_days"] else None,
        closes_at=at + timedelta(days=each["days_until_end"]) if each["days_until_end"] else None,
    )


def _audience(session: Session, audience: Mapping[str, list[str]]) -> Audience:
    found = [department_by_slug(session, slug) for slug in audience["departments"]]
    paths = tuple(department.path for department in found if department is not None)
    return Audience(departments=paths, countries=tuple(audience["countries"]), languages=tuple(audience["languages"]))
