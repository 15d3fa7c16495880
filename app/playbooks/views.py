"""Views of the playbooks room."""

from flask import Response, make_response, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from app.core.clock import now, today_in
from app.core.errors import NotFound
from app.playbooks.presenters import policy_page
from app.playbooks.queries import current_policy
from app.web.database import reading
from app.web.i18n import LANGUAGES, choose_timezone, language


def policy() -> ResponseReturnValue:
    """The policy that holds today, for anybody; caches along the way may keep it for five minutes."""
    current = current_policy(reading(), on=today_in(choose_timezone(), now()))
    if current is None:
        raise NotFound
    page = policy_page(current, language=language())
    response: Response = make_response(render_template("playbooks/policy.html", page=page, languages=LANGUAGES))
    response.headers["Cache-Control"] = "public, max-age=300"
    response.headers["Content-Language"] = language()
    response.vary.update(("Accept-Language", "Cookie"))
    response.add_etag()
    return response.make_conditional(request)


def policy_link(**_about: object) -> Markup:
    """The way to the policy, for the foot of pages that anybody sees."""
    return Markup(render_template("playbooks/link.html"))  # noqa: S704  # a rendered template


def policy_row(**_about: object) -> Markup:
    """The way to the policy, for the settings on one's own page."""
    return Markup(render_template("playbooks/row.html"))  # noqa: S704  # a rendered template
