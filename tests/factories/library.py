"""Makers of the library room."""

from datetime import datetime
from io import BytesIO
from typing import Any

from PIL import Image
from sqlalchemy.orm import Session

from app.core.ids import new_code, new_uuid
from app.core.storage import Storage
from app.library.adapters.pictures import draw_anew
from app.library.models import Asset, ChannelFit, Edition, ReviewEntry, Story, Topic
from app.library.rules.content import Caption, Contact, Content, Picture, checksum, edition_of
from app.people.models import Person
from tests.factories.people import BEGINNING

TITLE = "Why we build laptops to last seven years"


def some_content(**more: Any) -> Content:
    """A complete story in English; whatever is named replaces a part."""
    values: dict[str, Any] = {
        "title": {"en": TITLE},
        "standfirst": {"en": "We had glued both in. Here is what we changed."},
        "reader_value": {"en": "You learn which two parts wear out first."},
        "body": {"en": "On a Tuesday in March a teacher knocked a cup of coffee over her laptop."},
        "facts": {"en": ("The battery comes out in four minutes.", "The manual is public.")},
        "angles": {"en": ("What did you last repair yourself?",)},
        "topics": (),
        "target_url": "https://www.meridian.example/stories/laptops",
        "captions": (Caption("linkedin", "en", "I work at Meridian. We used to glue our keyboards in."),),
        "replies_within_hours": 24,
        **more,
    }
    return Content(**values)


def a_topic(session: Session, *, slug: str = "repair", name: dict[str, str] | None = None) -> Topic:
    """Something stories are about."""
    topic = Topic(slug=slug, name=name or {"en": slug.capitalize(), "nl": slug.capitalize()})
    session.add(topic)
    session.commit()
    return topic


def a_story(session: Session, *, author: Person, state: str = "draft", slug: str | None = None, **content: Any) -> Story:
    """A story in the making, complete but for its topic unless one is named."""
    told = some_content(**{"replies_by": Contact(author.uuid, author.name), **content})
    story = Story(
        slug=slug or f"story-{new_code(6).lower()}",
        author_id=author.id,
        state=state,
        content=told.as_document(),
        created_at=BEGINNING,
        changed_at=BEGINNING,
    )
    session.add(story)
    session.commit()
    return story


def an_edition(
    session: Session,
    *,
    author: Person,
    approved_by: Person | None = None,
    slug: str | None = None,
    opens_at: datetime = BEGINNING,
    closes_at: datetime | None = None,
    withdrawn_at: datetime | None = None,
    asset: Asset | None = None,
    **content: Any,
) -> Edition:
    """An open story: its first edition, approved and within its hours unless told otherwise."""
    told = {"replies_by": Contact(author.uuid, author.name), **content}
    story = a_story(session, author=author, state="approved", slug=slug, **{**told, "closes_at": closes_at})
    picture = Picture(asset.uuid, asset.width, asset.height, asset.alt) if asset else None
    document = edition_of(some_content(**told), html={"en": "<p>On a Tuesday in March.</p>"}, picture=picture).as_document()
    edition = Edition(
        story_id=story.id,
        number=1,
        document=document,
        asset_id=asset.id if asset else None,
        checksum=checksum(document),
        approved_by_id=(approved_by or author).id,
        approved_at=opens_at,
        opens_at=opens_at,
        closes_at=closes_at,
        withdrawn_at=withdrawn_at,
    )
    story.asset_id = edition.asset_id
    session.add(edition)
    session.commit()
    return edition


def a_fit(session: Session, *, topic: Topic, network: str = "linkedin", country: str = "", fit: str = "good", **more: Any) -> ChannelFit:
    """What the hub knows about a topic on a network."""
    values = {"tone": {"en": "Practical and first-hand.", "nl": "Praktisch en uit eigen ervaring."}, "reviewed_on": BEGINNING.date(), **more}
    row = ChannelFit(topic_id=topic.id, network=network, country=country, fit=fit, **values)
    session.add(row)
    session.commit()
    return row


def a_review_entry(session: Session, *, story: Story, by: Person, step: str = "edited", comment: str = "") -> ReviewEntry:
    """A line of a story's history."""
    entry = ReviewEntry(story_id=story.id, version=story.version, step=step, by_id=by.id, at=BEGINNING, comment=comment)
    session.add(entry)
    session.commit()
    return entry


def a_picture(width: int = 1200, height: int = 630, form: str = "PNG", **save: Any) -> bytes:
    """The bytes of a picture file."""
    stream = BytesIO()
    Image.new("RGB", (width, height), "teal").save(stream, form, **save)
    return stream.getvalue()


def an_asset(session: Session, storage: Storage, *, added_by: Person, alt: dict[str, str] | None = None) -> Asset:
    """A picture that is kept in every size."""
    key = f"library/{new_code(22)}"
    drawn = draw_anew(a_picture())
    for size, data in drawn.sizes.items():
        storage.put(f"{key}-{size}", data)
    asset = Asset(
        uuid=new_uuid(),
        storage_key=key,
        media_type="image/webp",
        width=drawn.width,
        height=drawn.height,
        alt=alt or {"en": "An opened laptop.", "nl": "Een opengemaakte laptop."},
        added_by_id=added_by.id,
        added_at=BEGINNING,
    )
    session.add(asset)
    session.commit()
    return asset
