"""Keeping pictures for stories."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.core.errors import Faulty, Invalid, NotAllowed
from app.core.ids import new_code, new_uuid
from app.core.storage import Storage
from app.core.text import one_line
from app.core.who import Who
from app.library import policy
from app.library.adapters.pictures import MEDIA_TYPE, draw_anew
from app.library.models import Asset
from app.library.rules.content import LANGUAGES, LONGEST


@dataclass(frozen=True)
class Stored:
    """A picture whose sizes are kept, and which no story has yet: its width and height, and per language what there is to see."""

    key: str
    width: int
    height: int
    alt: dict[str, str]


def store_picture(storage: Storage, content: bytes, *, alt: Mapping[str, str], by: Who) -> Stored:
    """Draw a picture anew and keep it under a random name; the name of the file that was sent is never used.

    It takes seconds, and is done before a transaction begins. `alt` says per language what there is to see. Raises Invalid("picture.…"), Faulty.
    """
    if not policy.may_write(by):
        raise NotAllowed("story.not_author")
    words = described(alt)
    drawn = draw_anew(content)
    key = f"library/{new_code(22)}"
    for size, data in drawn.sizes.items():
        storage.put(f"{key}-{size}", data)
    return Stored(key, drawn.width, drawn.height, words)


def add_picture(session: Session, stored: Stored, *, by: Who, at: datetime) -> Asset:
    """What a story, and an edition of it, names as its picture."""
    if not policy.may_write(by):
        raise NotAllowed("story.not_author")
    asset = Asset(
        uuid=new_uuid(),
        storage_key=stored.key,
        media_type=MEDIA_TYPE,
        width=stored.width,
        height=stored.height,
        alt=stored.alt,
        added_by_id=by.id,
        added_at=at,
    )
    session.add(asset)
    session.flush()
    return asset


def describe_anew(session: Session, asset: Asset, *, alt: Mapping[str, str], by: Who, at: datetime) -> Asset:
    """The same picture with another description; the old one stays with the editions that have it."""
    again = Asset(
        uuid=new_uuid(),
        storage_key=asset.storage_key,
        media_type=asset.media_type,
        width=asset.width,
        height=asset.height,
        alt=described(alt),
        added_by_id=by.id,
        added_at=at,
    )
    session.add(again)
    session.flush()
    return again


def described(alt: Mapping[str, str]) -> dict[str, str]:
    """The description per language, in one language at least. Raises Faulty."""
    words, faults = {}, []
    for language in LANGUAGES:
        try:
            words[language] = one_line(alt.get(language, ""), field=f"alt_{language}", longest=LONGEST["alt"], required=False)
        except Invalid as fault:
            faults.append(fault)
    if not faults and not any(words.values()):
        faults = [Invalid("picture.alt", field=f"alt_{LANGUAGES[0]}")]
    if faults:
        raise Faulty(tuple(faults))
    return {language: text for language, text in words.items() if text}
