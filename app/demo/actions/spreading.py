"""What make-believe ambassadors have shared, and who read on: through the composer's own action and a click journal."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.ids import new_uuid
from app.core.who import Who
from app.demo.actions.telling import someone
from app.demo.adapters.files import organisation, shares
from app.demo.rules import chance
from app.learning.models import Certificate
from app.people.models import Person
from app.people.queries import who_by_id
from app.sharing.actions.sharing import answer, share_story
from app.sharing.models import Link, Share
from app.sharing.rules.drafts import Draft, House
from app.sharing.rules.networks import NETWORKS

BROWSERS: Final = (
    "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/141.0 Mobile Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:144.0) Gecko/20100101 Firefox/144.0",
)
ROBOT: Final = "LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)"
REFERRERS: Final = {
    "linkedin": "https://www.linkedin.com/",
    "facebook": "https://l.facebook.com/",
    "bluesky": "https://bsky.app/",
    "x": "https://t.co/",
}
Note = Callable[[int, Mapping[str, str], datetime], None]
"""Writes one opening of a link (its id, the request as WSGI hands it over, the moment) where real ones are written."""


def spread(session: Session, *, house: House, at: datetime) -> list[tuple[int, Mapping[str, Any]]]:
    """Every share with its answer; returns the ids of the links and what the file says of each, for `read_on` once they are stored."""
    takers = {language: _ambassadors(session, language, at=at) for language in ("en", "nl")}
    made: list[tuple[int, Mapping[str, Any]]] = []
    for each in sorted(shares(), key=lambda share: -int(share["days_ago"])):
        who = someone(session, each["by"]) if "by" in each else next(takers[each["language"]])
        made.append((_share(session, who, each, house=house, at=at), each))
    return made


def read_on(note: Note, made: list[tuple[int, Mapping[str, Any]]], *, at: datetime) -> None:
    """Let readers and robots open the links, each at a moment since the share."""
    for link_id, each in made:
        _readers(note, link_id, each, at=at)


def _ambassadors(session: Session, language: str, *, at: datetime) -> Iterator[Who]:
    """Certified people who read a language, long enough to have shared, the cast left out."""
    cast = {each["email"] for each in organisation()["cast"]}
    rows = session.execute(
        select(Person.id, Person.email)
        .join(Certificate, Certificate.person_id == Person.id)
        .where(Person.locale == language, Certificate.issued_at < at - timedelta(days=80), Certificate.expires_on > at.date())
    )
    for person_id, _email in sorted((row for row in rows if row.email not in cast), key=lambda row: chance(row.email, "shares")):
        who = who_by_id(session, person_id)
        if who is not None:
            yield who


def _share(session: Session, who: Who, each: Mapping[str, Any], *, house: House, at: datetime) -> int:
    moment = at - timedelta(days=each["days_ago"], hours=3 * chance(each["text"]))
    server = "mastodon.example" if each["network"] == "mastodon" else ""
    draft = Draft(NETWORKS[each["network"]], each["language"], each["text"], server)
    uuid = share_story(session, who, each["story"], draft, token=new_uuid(), house=house, today=moment.date(), at=moment)
    if each["answer"]:
        answer(session, who.id, uuid, each["answer"], at=moment + timedelta(minutes=4))
    return session.execute(select(Link.id).join(Share, Share.link_id == Link.id).where(Share.uuid == uuid)).scalar_one()


def _readers(note: Note, link_id: int, each: Mapping[str, Any], *, at: datetime) -> None:
    span = timedelta(days=each["days_ago"]) * 0.9
    referrer = REFERRERS.get(each["network"], "")
    for number in range(each["people"]):
        share = chance(f"{link_id}:{number}", each["text"])
        note(link_id, _asked(BROWSERS[number % len(BROWSERS)], referrer, number * 2 // 3), at - span * share**0.5)
    for _number in range(each["robots"]):
        note(link_id, _asked(ROBOT), at - span)


def _asked(agent: str, referrer: str = "", reader: int = 0) -> dict[str, str]:
    """A request; the number of a reader stands where an address would, and some come back."""
    return {"REQUEST_METHOD": "GET", "HTTP_USER_AGENT": agent, "HTTP_REFERER": referrer, "REMOTE_ADDR": str(reader)}
