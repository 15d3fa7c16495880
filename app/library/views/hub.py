"""The hub's front page: what waits for whom."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.core.clock import now
from app.core.errors import NotFound
from app.library.policy import may_steer, may_write
from app.library.presenters.hub import BOARDS, board_chips, board_views
from app.library.queries.hub import board_rows
from app.web.database import reading
from app.web.i18n import choose_locale
from app.web.session import the_who


def boards() -> ResponseReturnValue:
    """Boards by job to be done, oldest first; `?board=` shows one of them."""
    who, at, chosen = the_who(), now(), request.args.get("board") or None
    if chosen is not None and chosen not in {board.key for board in BOARDS}:
        raise NotFound
    rows = board_rows(reading(), who, at=at)
    return render_template(
        "library/boards.html",
        boards=board_views(rows, who, at=at, chosen=chosen, locale=choose_locale()),
        chips=board_chips(rows, who, at=at, chosen=chosen),
        may_write=may_write(who),
        may_steer=may_steer(who),
    )
