"""Writing a story: the editor."""

from flask import current_app, flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.clock import now
from app.core.errors import Faulty, Invalid, NotFound, Refusal
from app.core.who import Who
from app.library import policy
from app.library.actions import reviewing, writing
from app.library.errors import Ambiguous, Overtaken, Unfinished
from app.library.forms import StoryForm, version_of
from app.library.presenters.editing import choices_for, lacks_view, sections
from app.library.presenters.hub import changes, title_of
from app.library.queries.channels import topics
from app.library.queries.hub import HubStory, answerer, countries, hub_story, last_comment
from app.library.rules.content import EMPTY, Contact, Content, checked, checksum, content_from
from app.library.rules.reviewing import missing
from app.library.rules.targets import Links
from app.people.queries import departments
from app.people.queries.colleagues import colleague
from app.web.database import reading, unit_of_work
from app.web.i18n import choose_locale
from app.web.messages import see
from app.web.session import the_who


def links() -> Links:
    """Where this installation lets stories lead."""
    settings = current_app.extensions["settings"]
    return Links((settings.host, *settings.hosts), settings.link_targets)


def write() -> ResponseReturnValue:
    """Begin a story."""
    who, form = the_who(), editor_form(the_who())
    if form.is_submitted():
        content = what_is_written(form, who)
        if content is not None:
            with unit_of_work() as session:
                story = writing.write_story(session, content, by=who, at=now(), links=links())
            return _kept("story-new", story.uuid, _("Draft saved. Add a picture, or send it to review when it is complete."))
    else:
        form.fill(EMPTY, version=0, timezone=who.timezone, contact=Contact(who.uuid, who.name))
    return render_template(
        "library/editor.html", form=form, sections=sections(form, choose_locale()), keep="story-new", base="", story=None
    ), form.status


def edit(uuid: str) -> ResponseReturnValue:
    """Write on; what waits for review or is approved goes to review with it."""
    return _edited(uuid, send=False)


def send(uuid: str) -> ResponseReturnValue:
    """Keep what was written and send it to review."""
    return _edited(uuid, send=True)


def _edited(uuid: str, *, send: bool) -> ResponseReturnValue:
    who = the_who()
    found = story_to_edit(uuid, who)
    form = editor_form(who, content_from(found.story.content))
    if not form.is_submitted():
        _fill(form, found, who)
        return _editor(form, found)
    content = what_is_written(form, who, people=content_from(found.story.content).audience.people)
    if content is None:
        return _editor(form, found)
    try:
        message = _keep(uuid, content, version_of(form), who, send=send)
    except Overtaken as refusal:
        return _overtaken(form, uuid, content, refusal)
    except Unfinished as refusal:
        form.refuse(refusal)
        return _editor(form, story_to_edit(uuid, who), lacks=refusal.missing, status=refusal.status)
    except NotFound:
        raise
    except Refusal as refusal:
        form.refuse(refusal)
        return _editor(form, story_to_edit(uuid, who), status=refusal.status)
    return _kept(f"story-{uuid}", uuid, message, desk=send)


def _keep(uuid: str, content: Content, version: int, who: Who, *, send: bool) -> str:
    """Two units of work, so that what was written is kept even when it is not complete enough to be sent."""
    with unit_of_work() as session:
        story = writing.edit_story(session, uuid, content, version=version, by=who, at=now(), links=links())
        state, version = story.state, story.version
    if state == "in_review":
        return _("Saved, and with a reviewer.")
    if not send:
        return _("Draft saved.")
    with unit_of_work() as session:
        reviewing.send_to_review(session, uuid, version=version, by=who, at=now())
    return _("Sent to review. You get an e-mail when somebody has decided.")


def _kept(key: str, uuid: str, message: str, *, desk: bool = False) -> ResponseReturnValue:
    flash(key, "kept")
    return see("hub.review" if desk else "hub.edit", message, uuid=uuid)


def story_to_edit(uuid: str, who: Who) -> HubStory:
    """The story, for whoever may edit it; for everybody else there is none."""
    found = hub_story(reading(), uuid, who)
    if found is None or not policy.may_edit(who, found.standing):
        raise NotFound
    return found


def editor_form(who: Who, content: Content = EMPTY) -> StoryForm:
    """The editor's form with what may be chosen in it, for a new story or one that says `content`."""
    form, session = StoryForm(), reading()
    choices = choices_for(topics(session), departments(session), countries(session), choose_locale(), audience=content.audience)
    form.topics.choices, form.departments.choices, form.countries.choices = choices.topics, choices.departments, choices.countries
    form.closes_at.label.text = _("Until (%(zone)s)", zone=who.timezone)
    form.opens_at.label.text = _("Not before (%(zone)s)", zone=who.timezone)
    return form


def _fill(form: StoryForm, found: HubStory, who: Who) -> None:
    content = content_from(found.story.content)
    person = colleague(reading(), content.replies_by.uuid) if content.replies_by else None
    contact = Contact(person.uuid, person.name) if person else content.replies_by
    form.fill(content, version=found.story.version, timezone=who.timezone, contact=contact)


def what_is_written(form: StoryForm, who: Who, people: tuple[str, ...] = ()) -> Content | None:
    """What the form says, cleaned; None when something is wrong, which then stands beside its field."""
    form.sent()
    contact = _contact(form)
    try:
        content = checked(form.content(contact=contact, timezone=who.timezone, people=people), links=links())
    except Faulty as refusal:
        for each in refusal.faults:
            form.refuse(each)
        return None
    return content if not form.errors else None


def _contact(form: StoryForm) -> Contact | None:
    """Whoever answers replies, shown under their full name; None for nobody, and when it is not clear who is meant."""
    try:
        person = answerer(reading(), form.replies_by.data or "", chosen=form.contact.data or "")
    except Ambiguous as fault:
        form.candidates = fault.people
        form.refuse(fault)
        return None
    except Invalid as fault:
        form.refuse(fault)
        return None
    contact = Contact(person.uuid, person.name) if person else None
    form.answered_by(contact)
    return contact


def _editor(form: StoryForm, found: HubStory, *, lacks: tuple[tuple[str, str], ...] | None = None, status: int | None = None) -> ResponseReturnValue:
    story, content = found.story, content_from(found.story.content)
    asked = last_comment(reading(), story.id, "asked") if story.state == "asked" else None
    shown = missing(content, picture_alt=found.picture.alt if found.picture else None, at=now()) if lacks is None else lacks
    page = render_template(
        "library/editor.html",
        form=form,
        sections=sections(form, choose_locale()),
        keep=f"story-{story.uuid}",
        base=checksum(story.content),
        story=story,
        title=title_of(content.title, choose_locale()),
        asked=asked,
        picture=found.picture,
        lacks=lacks_view(shown, form),
        insists=lacks is not None,
    )
    return page, form.status if status is None else status


def _overtaken(form: StoryForm, uuid: str, mine: Content, refusal: Overtaken) -> ResponseReturnValue:
    """Both versions: what they kept since, and what is still in the form. Saving again replaces theirs knowingly."""
    reading().expire_all()
    found = story_to_edit(uuid, the_who())
    theirs = content_from(found.story.content)
    form.version.data = str(found.story.version)
    page = render_template(
        "library/editor.html",
        form=form,
        sections=sections(form, choose_locale()),
        keep=f"story-{uuid}",
        base=checksum(found.story.content),
        story=found.story,
        title=title_of(theirs.title, choose_locale()),
        picture=found.picture,
        lacks=(),
        differs=changes(theirs, mine, {**dict(form.topics.choices), **dict(form.departments.choices)}),
    )
    return page, refusal.status
