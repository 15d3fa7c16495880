"""Tables of the sharing room. Clicks know a link and nothing of the person who shared it."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base, UtcDateTime
from app.core.ids import new_uuid


class Link(Base):
    """A random code that leads to a story's target, made for one share; `target` holds the campaign parameters already."""

    __tablename__ = "sharing_link"
    __table_args__ = (CheckConstraint("state IN ('open', 'recalled')", name="state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20), unique=True)
    story_id: Mapped[int] = mapped_column(ForeignKey("library_story.id"), index=True)
    network: Mapped[str] = mapped_column(String(20))
    target: Mapped[str] = mapped_column(String(2000))
    state: Mapped[str] = mapped_column(String(10), default="open")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Share(Base):
    """What one person wrote about a story for one network, as sent, with the proof of what applied at that moment.

    `token` is that of the form it came from, so that a form sent twice makes one share; `server` is the person's Mastodon server.
    """

    __tablename__ = "sharing_share"
    __table_args__ = (
        CheckConstraint("status IN ('opened', 'confirmed', 'unknown', 'not_posted')", name="status"),
        Index("uq_sharing_share_once", "person_id", "token", unique=True),
        Index("ix_sharing_share_person_id_created_at", "person_id", "created_at"),
        Index("ix_sharing_share_status_created_at", "status", "created_at"),
        Index("ix_sharing_share_story_id_network", "story_id", "network"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True, default=new_uuid)
    person_id: Mapped[int] = mapped_column(ForeignKey("people_person.id", ondelete="CASCADE"))
    story_id: Mapped[int] = mapped_column(ForeignKey("library_story.id"))
    edition_id: Mapped[int] = mapped_column(ForeignKey("library_edition.id"))
    link_id: Mapped[int] = mapped_column(ForeignKey("sharing_link.id"), unique=True)
    token: Mapped[str] = mapped_column(String(36))
    network: Mapped[str] = mapped_column(String(20))
    server: Mapped[str] = mapped_column(String(253), default="")
    language: Mapped[str] = mapped_column(String(2))
    text: Mapped[str] = mapped_column(Text)
    disclosure: Mapped[str] = mapped_column(String(400))
    policy_version: Mapped[int]
    certificate_id: Mapped[int] = mapped_column(ForeignKey("learning_certificate.id"))
    closeness: Mapped[int]
    status: Mapped[str] = mapped_column(String(12), default="opened")
    post_url: Mapped[str] = mapped_column(String(2000), default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Click(Base):
    """Openings of a link that are alike, without address: the hour, where from, on what kind of device, and whether by a robot.

    A block of the journal makes one row of as many `openings` as are alike in it; another block of the same hour makes another.
    `readers` of them were somebody's first of that link on that day.
    """

    __tablename__ = "sharing_click"
    __table_args__ = (Index("ix_sharing_click_link_id_hour", "link_id", "hour"), Index("ix_sharing_click_hour", "hour"))

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    link_id: Mapped[int] = mapped_column(ForeignKey("sharing_link.id"))
    hour: Mapped[datetime] = mapped_column(UtcDateTime)
    referrer: Mapped[str] = mapped_column(String(120), default="")
    device: Mapped[str] = mapped_column(String(10), default="")
    country: Mapped[str] = mapped_column(String(2), default="")
    robot: Mapped[bool]
    openings: Mapped[int] = mapped_column(default=1)
    readers: Mapped[int] = mapped_column(default=0)


class Reads(Base):
    """How often people and robots opened a link, kept together with the clicks: what a page shows without counting rows.

    `readers` is how many people that were, each counted once a day; who asks not to be followed is among the openings only.
    """

    __tablename__ = "sharing_reads"

    link_id: Mapped[int] = mapped_column(ForeignKey("sharing_link.id"), primary_key=True)
    people: Mapped[int] = mapped_column(default=0)
    robots: Mapped[int] = mapped_column(default=0)
    readers: Mapped[int] = mapped_column(default=0)


class Reader(Base):
    """The mark of somebody who opened a link today: says "the same once more" until the day is over, and is deleted then."""

    __tablename__ = "sharing_reader"

    link_id: Mapped[int] = mapped_column(ForeignKey("sharing_link.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    mark: Mapped[str] = mapped_column(String(8), primary_key=True)


class DayKey(Base):
    """What the marks of one day are made with; random, and deleted when the day is over."""

    __tablename__ = "sharing_day_key"

    day: Mapped[date] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(43))


class Journal(Base):
    """How far a worker's click journal has been stored: moved on in the transaction that stores the clicks."""

    __tablename__ = "sharing_journal"

    name: Mapped[str] = mapped_column(String(120), primary_key=True)
    offset: Mapped[int] = mapped_column(BigInteger, default=0)
