"""A story's desk: the reading pane, the decision, and what changed since the last approved edition."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from app.core.clock import today_in
from app.core.who import Who
from app.library import policy
from app.library.presenters.hub import Change, changes, facts_about, title_of
from app.library.presenters.reading import ReadingView, in_words, reading_view
from app.library.presenters.sentences import LANGUAGE_NAMES, NETWORK_NAMES, STATE_MEANINGS, STATE_NAMES
from app.library.queries.channels import Advice
from app.library.queries.hub import HubStory
from app.library.rules.content import StoryDocument, checksum
from app.library.rules.reviewing import EDITABLE, allows, missing


@dataclass(frozen=True)
class CaptionView:
    """An example text with the network and language it is for."""

    label: str
    language: str
    text: str


@dataclass(frozen=True)
class Powers:
    """What the person who looks may do now."""

    edit: bool
    review: bool
    take_back: bool
    retire: bool
    recall: bool
    reopen: bool


@dataclass(frozen=True)
class DeskView:
    """Everything about a story in the making, as its reviewer reads it."""

    uuid: str
    slug: str
    title: str
    author: str
    state: str
    state_name: str
    meaning: str
    version: int
    checksum: str
    is_live: bool
    is_complete: bool
    why_not: str
    texts: list[tuple[str, ReadingView]]
    captions: list[CaptionView]
    facts: list[tuple[str, str]]
    changes: list[Change] | None
    picture_changed: bool
    may: Powers


def desk_view(
    found: HubStory,
    document: StoryDocument,
    edition: StoryDocument | None,
    advice: Advice,
    departments: Mapping[str, str],
    *,
    who: Who,
    at: datetime,
    is_live: bool,
    locale: str,
) -> DeskView:
    """The desk as this person sees it; `edition` is what was approved last, `departments` what those of both audiences are called."""
    story, standing, today = found.story, found.standing, today_in(who.timezone, at)
    names = {**departments, **{topic.slug: in_words(topic.name, locale) for topic in advice.topics}}
    lacks = missing(document, picture_alt=found.picture.alt if found.picture else None, at=at)
    return DeskView(
        uuid=story.uuid,
        slug=story.slug,
        title=title_of(document.title, locale),
        author=found.author,
        state=story.state,
        state_name=str(STATE_NAMES[story.state]),
        meaning=STATE_MEANINGS.get(story.state, "quiet"),
        version=story.version,
        checksum=checksum(document.as_document()),
        is_live=is_live,
        is_complete=not lacks,
        why_not=_why_not(who, found),
        texts=[
            (str(LANGUAGE_NAMES[language]), reading_view(story.slug, document, advice, locale=language, today=today))
            for language in document.languages
        ],
        captions=[
            CaptionView(f"{NETWORK_NAMES[each.network]} · {LANGUAGE_NAMES[each.language]}", each.language, each.text) for each in document.captions
        ],
        facts=facts_about(document, names),
        changes=changes(edition, document, names) if edition else None,
        picture_changed=edition is not None and edition.picture != document.picture,
        may=Powers(
            edit=story.state in EDITABLE and policy.may_edit(who, standing),
            review=story.state == "in_review" and policy.may_review(who, standing),
            take_back=allows("taken_back", story.state) and policy.may_edit(who, standing),
            retire=allows("retired", story.state) and policy.may_retire(who, standing),
            recall=edition is not None and allows("recalled", story.state) and policy.may_recall(who, standing),
            reopen=allows("reopened", story.state) and (policy.may_recall if story.state == "recalled" else policy.may_retire)(who, standing),
        ),
    )


def _why_not(who: Who, found: HubStory) -> str:
    """Why a reviewer sees no decision on a story that waits for one."""
    if found.story.state != "in_review" or policy.may_review(who, found.standing) or not policy.may_review_something(who):
        return ""
    if who.id == found.standing.author_id or who.id in found.standing.editors:
        return _("You wrote or changed this, so somebody else decides.")
    return _("Another reviewer decides about stories from this department.")
