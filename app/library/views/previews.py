"""What readers would see of what stands in the editor."""

from flask import render_template
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from app.core.clock import now, today_in
from app.library.actions.reviewing import html_of, picture_of
from app.library.models import Asset
from app.library.presenters.editing import faults_view
from app.library.presenters.reading import Told, reading_view
from app.library.presenters.sentences import LANGUAGE_NAMES
from app.library.queries.channels import Advice, advice
from app.library.rules.content import EMPTY, Content, StoryDocument, content_from, edition_of
from app.library.views.writing import editor_form, story_to_edit, what_is_written
from app.web.database import reading
from app.web.i18n import choose_locale, speaking
from app.web.session import the_who


def preview() -> ResponseReturnValue:
    """A story that has never been kept."""
    return _previewed("preview", None, EMPTY)


def preview_of(uuid: str) -> ResponseReturnValue:
    """A story that is being changed, with the picture that it has."""
    found = story_to_edit(uuid, the_who())
    return _previewed(found.story.slug, found.picture, content_from(found.story.content))


def _previewed(slug: str, picture: Asset | None, kept: Content) -> ResponseReturnValue:
    """What is in the form as an edition would show it, in the writer's language first; writes nothing."""
    who, form, own = the_who(), editor_form(the_who(), kept), choose_locale()
    content = what_is_written(form, who)
    if content is None:
        return render_template("library/preview.html", told=(), faults=faults_view(form)), form.status
    document = edition_of(content, html=html_of(content), picture=picture_of(picture))
    known = advice(reading(), content.topics, who.country)
    languages = sorted(content.languages, key=lambda each: each != own)
    told = [_told(slug, document, known, language, is_first=language == languages[0]) for language in languages]
    return render_template("library/preview.html", told=told, faults=())


def _told(slug: str, document: StoryDocument, known: Advice, language: str, *, is_first: bool) -> Told:
    """The story as whoever reads this language gets it, the words around it included."""
    with speaking(language):
        view = reading_view(slug, document, known, locale=language, today=today_in(the_who().timezone, now()))
        name = str(LANGUAGE_NAMES[language])
        html = render_template("library/parts/as_read.html", view=view, document=document, name=name, is_first=is_first)
    return Told(language, name, view.title, view.standfirst, Markup(html))  # noqa: S704  # a rendered template
