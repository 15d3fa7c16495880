"""The hub's boards, a story's desk, and what changed between two versions."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core.who import Who
from app.library.policy import may_edit, may_review
from app.library.presenters.reading import Chip, in_words
from app.library.presenters.sentences import LANGUAGE_NAMES, NETWORK_NAMES, ROLE_NAMES, STATE_MEANINGS, STATE_NAMES
from app.library.queries.hub import ENDING_SOON, BoardRow
from app.library.rules.content import LANGUAGES, Content
from app.library.rules.reviewing import Piece, compare
from app.people.rules import Audience
from app.web.i18n import countries, listed, moment


@dataclass(frozen=True)
class Board:
    """A pile of stories that wait for the same thing."""

    key: str
    title: Any
    purpose: Any
    action: Any
    leads_to: str
    holds: Callable[[BoardRow, Who, datetime], bool]


def _is_over(row: BoardRow, at: datetime) -> bool:
    return row.state in {"retired", "recalled"} or (row.state == "approved" and row.closes_at is not None and row.closes_at <= at)


def _is_ending(row: BoardRow, at: datetime) -> bool:
    return row.is_live and row.closes_at is not None and row.closes_at - at <= ENDING_SOON


BOARDS: Final = (
    Board(
        "review",
        _l("Waiting for your review"),
        _l("Read them as readers will, then approve or ask for a change."),
        _l("Read and decide"),
        "hub.review",
        lambda row, who, _at: row.state == "in_review" and may_review(who, row.standing),
    ),
    Board(
        "asked",
        _l("Sent back to you"),
        _l("A reviewer asked for a change."),
        _l("Make the change"),
        "hub.edit",
        lambda row, who, _at: row.state == "asked" and row.standing.author_id == who.id,
    ),
    Board(
        "drafts",
        _l("Your drafts"),
        _l("Nobody reads these yet."),
        _l("Write on"),
        "hub.edit",
        lambda row, who, _at: row.state == "draft" and row.standing.author_id == who.id,
    ),
    Board(
        "waiting",
        _l("With a reviewer"),
        _l("Somebody else has the next move."),
        _l("See where it stands"),
        "hub.review",
        lambda row, who, _at: row.state == "in_review" and not may_review(who, row.standing),
    ),
    Board(
        "others",
        _l("Drafts of others"),
        _l("What the authors in your departments are writing."),
        _l("Look"),
        "hub.review",
        lambda row, who, _at: row.state in {"draft", "asked"} and row.standing.author_id != who.id,
    ),
    Board(
        "approved",
        _l("Waiting for their time"),
        _l("Approved; they open by themselves."),
        _l("Look"),
        "hub.review",
        lambda row, _who, at: row.state == "approved" and row.opens_at is not None and row.opens_at > at,
    ),
    Board(
        "ending",
        _l("Ending soon"),
        _l("They leave the library within two weeks, unless you give them more time."),
        _l("Give more time"),
        "hub.edit",
        lambda row, who, at: _is_ending(row, at) and may_edit(who, row.standing),
    ),
    Board("live", _l("In the library"), _l("Readers see these now."), _l("Look"), "hub.review", lambda row, _who, _at: row.is_live),
    Board("over", _l("Out of the library"), _l("Ended, retired or recalled."), _l("Look"), "hub.review", lambda row, _who, at: _is_over(row, at)),
)


@dataclass(frozen=True)
class RowView:
    """A story on a board, with its one next action."""

    title: str
    href: str
    author: str
    state: str
    meaning: str
    action: str
    changed_at: datetime
    moment: datetime | None
    moment_label: str
    is_unanswered: bool


@dataclass(frozen=True)
class BoardView:
    """A board with what lies on it."""

    key: str
    title: str
    purpose: str
    rows: list[RowView]


def board_views(rows: Sequence[BoardRow], who: Who, *, at: datetime, chosen: str | None, locale: str) -> list[BoardView]:
    """The boards with something on them, or the one that was chosen."""
    return [
        BoardView(board.key, str(board.title), str(board.purpose), [_row_view(row, board, at, locale) for row in rows if board.holds(row, who, at)])
        for board in BOARDS
        if (chosen is None and any(board.holds(row, who, at) for row in rows)) or board.key == chosen
    ]


def board_chips(rows: Sequence[BoardRow], who: Who, *, at: datetime, chosen: str | None) -> list[Chip]:
    """All boards, and each with how many stories lie on it."""
    counts = {board.key: sum(board.holds(row, who, at) for row in rows) for board in BOARDS}
    chips = [
        Chip(str(board.title), url_for("hub.boards", board=board.key), board.key == chosen, counts[board.key])
        for board in BOARDS
        if counts[board.key] or board.key == chosen
    ]
    return [Chip(_("All"), url_for("hub.boards"), chosen is None), *chips] if chips else []


def _row_view(row: BoardRow, board: Board, at: datetime, locale: str) -> RowView:
    moment, label = None, ""
    if board.key == "approved":
        moment, label = row.opens_at, _("Opens")
    elif row.closes_at is not None and row.state == "approved":
        moment, label = row.closes_at, _("Ended") if row.closes_at <= at else _("Ends")
    return RowView(
        title=title_of(row.title, locale),
        href=url_for(board.leads_to, uuid=row.uuid, board=board.key),
        author=row.author,
        state=str(STATE_NAMES[row.state]) if _adds(board, row) else "",
        meaning=STATE_MEANINGS.get(row.state, "quiet"),
        action=str(board.action),
        changed_at=row.changed_at,
        moment=moment,
        moment_label=label,
        is_unanswered=row.is_live and not row.is_answered,
    )


def _adds(board: Board, row: BoardRow) -> bool:
    """Whether the state says more than the board does."""
    return board.key in {"others", "over"} or (board.key in {"live", "ending"} and row.state != "approved")


def title_of(title: Any, locale: str) -> str:
    """A story's title, or what stands for one that has none yet."""
    return in_words(title or {}, locale) or _("Without a title")


@dataclass(frozen=True)
class Change:
    """What became of one part of a story; `language` is that of its text, or "" for facts about the story."""

    label: str
    language: str
    pieces: tuple[Piece, ...]


def changes(before: Content, after: Content, names: Mapping[str, str]) -> list[Change]:
    """The parts of a story that differ, word by word; `names` as in `facts_about`."""
    old = {key: text for key, _label, _language, text in _parts(before, names)}
    rows = [(label, language, old.pop(key, ""), text) for key, label, language, text in _parts(after, names)]
    rows += [(label, language, text, "") for key, label, language, text in _parts(before, names) if key in old]
    return [Change(label, language, compare(was, now)) for label, language, was, now in rows if was != now]


def _parts(content: Content, names: Mapping[str, str]) -> Iterator[tuple[str, str, str, str]]:
    """Every part as (key, label, language, text), in the order of the form."""
    names = {
        "title": _("Title"),
        "standfirst": _("Introduction"),
        "reader_value": _("What is in it for the reader"),
        "body": _("Story"),
        "facts": _("Facts"),
        "angles": _("Angles"),
    }
    for language in LANGUAGES:
        said = str(LANGUAGE_NAMES[language])
        for part in ("title", "standfirst", "reader_value", "facts", "angles", "body"):
            value = getattr(content, part).get(language, "")
            text = value if isinstance(value, str) else "\n".join(value)
            yield f"{part}_{language}", f"{names[part]} · {said}", language, text
    for caption in content.captions:
        label = f"{NETWORK_NAMES[caption.network]} · {LANGUAGE_NAMES[caption.language]}"
        yield f"caption_{caption.network}_{caption.language}", label, caption.language, caption.text
    for label, text in facts_about(content, names):
        yield label, label, "", text


def facts_about(content: Content, names: Mapping[str, str]) -> list[tuple[str, str]]:
    """What is arranged around the story: where it leads, who answers, for whom and when; `names` are those of topics and departments."""
    contact, hours = content.replies_by, content.replies_within_hours
    return [
        (_("Topics"), listed(names.get(topic, topic) for topic in content.topics)),
        (_("Page to which readers go"), content.target_url),
        (_("Who answers replies"), listed((contact.name, f"{hours} h" if hours else ""), " · ") if contact else ""),
        (_("For whom"), audience_in_words(content.audience, names)),
        (_("Not before"), moment(content.opens_at) if content.opens_at else _("as soon as it is approved")),
        (_("Until"), moment(content.closes_at) if content.closes_at else _("until somebody takes it out")),
    ]


def audience_in_words(audience: Audience, names: Mapping[str, str]) -> str:
    """Whom a story is meant for, in a line; a department that is gone is told by its path."""
    parts = [
        listed(names.get(path, path) for path in audience.departments),
        ", ".join(name for _code, name in country_names(audience.countries)),
        ", ".join(str(LANGUAGE_NAMES.get(language, language)) for language in audience.languages),
        ", ".join(str(ROLE_NAMES.get(role, role)) for role in audience.roles),
    ]
    said = " · ".join(part for part in parts if part)
    return said or (_("People by name") if audience.people else _("Everybody"))


def country_names(codes: Sequence[str]) -> list[tuple[str, str]]:
    """Countries by code and name in the reader's language."""
    territories = countries()
    return sorted(((code, territories.get(code, code)) for code in codes), key=lambda pair: pair[1])
