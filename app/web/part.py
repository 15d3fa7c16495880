"""Pages that a script may show beside another one: the same template, without the frame."""

from typing import Any

from flask import Response, make_response, render_template, request

HEADER = "X-Part"


def page_or_part(template: str, *, status: int = 200, **context: Any) -> Response:
    """The page; or only what stands in its middle, marked as such, when a script asks for that with the header X-Part.

    The template extends `layouts/part.html` when `in_panel` is true, and begins its headings one level lower.
    """
    in_panel = HEADER in request.headers
    response = make_response(render_template(template, in_panel=in_panel, **context), status)
    response.vary.add(HEADER)
    if in_panel:
        response.headers[HEADER] = "panel"
    return response
