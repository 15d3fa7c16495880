"""What the library holds about a person."""

from typing import Any, Final

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from app.library.presenters.hub import title_of
from app.library.presenters.sentences import STATE_NAMES, STEP_NAMES
from app.library.queries.records import pictures_by, steps_by, stories_by, stories_naming
from app.web.i18n import choose_locale
from app.web.room import Holding

LABELS: Final[dict[str, Any]] = {
    "title": _l("Title"),
    "state": _l("Status"),
    "created_at": _l("Begun"),
    "step": _l("What"),
    "at": _l("When"),
    "comment": _l("Comment"),
    "alt": _l("Description"),
    "added_at": _l("Added"),
}


def held_about(session: Session, person_id: int) -> list[Holding]:
    """The stories they wrote and those that name them, the steps they took in reviews, the pictures they added."""
    locale = choose_locale()
    return [
        Holding(
            _l("Stories you wrote"),
            _l("To publish them, and to ask you when something is unclear."),
            _l("As long as the story exists."),
            [
                {"title": title_of(row.title, locale), "state": str(STATE_NAMES[row.state]), "created_at": row.created_at}
                for row in stories_by(session, person_id)
            ],
            LABELS,
        ),
        Holding(
            _l("Stories that name you as who answers replies"),
            _l("So that readers know whom to ask."),
            _l("As long as the story exists."),
            [{"title": title_of(row.title, locale), "state": str(STATE_NAMES[row.state])} for row in stories_naming(session, person_id)],
            LABELS,
        ),
        Holding(
            _l("What you did in reviews"),
            _l("To show that two people stood behind every story."),
            _l("As long as the story exists."),
            [
                {"title": title_of(row.title, locale), "step": str(STEP_NAMES[row.step]), "at": row.at, "comment": row.comment}
                for row in steps_by(session, person_id)
            ],
            LABELS,
        ),
        Holding(
            _l("Pictures you added"),
            _l("To know who can tell where a picture comes from."),
            _l("As long as the library keeps the picture."),
            [{"alt": "; ".join(row.alt.values()), "added_at": row.added_at} for row in pictures_by(session, person_id)],
            LABELS,
        ),
    ]
