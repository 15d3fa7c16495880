"""On the hub's preview of a story: its examples as posts."""

from flask import render_template
from markupsafe import Markup

from app.library.rules.content import StoryDocument
from app.sharing.presenters.captions import examples
from app.sharing.views.composing import house
from app.web.session import the_who


def captions(document: StoryDocument, language: str, slug: str, level: int) -> Markup:
    """Every example in this language; nothing when there is none."""
    shown = examples(document, language, who=the_who(), house=house())
    html = render_template("sharing/parts/captions.html", examples=shown, language=language, slug=slug, level=level)
    return Markup(html)  # noqa: S704  # a rendered template
