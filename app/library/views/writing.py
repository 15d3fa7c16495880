"""Writing a story: the editor, its preview, its picture."""

from flask import current_app, flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.clock import now, today_in
from app.core.errors import Invalid, NotFound, Refusal
from app.core.who import Who
from app.library import policy
from app.library.actions import reviewing, writing
from app.library.actions.pictures import add_picture, describe_anew
from app.library.errors import Ambiguous, Faulty, Overtaken, Unfinished
from app.library.forms import PictureForm, StepForm, StoryForm, version_of
from app.library.presenters.editing import choices_for, lacks_view, sections
from app.library.presenters.hub import changes, title_of
from app.library.presenters.reading import reading_view
from app.library.queries.channels import advice, topics
from app.library.queries.hub import HubStory, answerer, countries, hub_story, last_comment
from app.library.rules.content import EMPTY, Contact, Content, checked, checksum, content_from, edition_of
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
    return Links(settings.host, settings.link_targets)


def write() -> ResponseReturnValue:
    """Begin a story."""
    who, form = the_who(), _form(the_who())
    if form.is_submitted():
        content = _written(form, who)
        if content is not None:
            with unit_of_work() as session:
                story = writing.write_story(session, content, by=who, at=now(), links=links())
            return _kept("story-new", story.uuid, _("Draft saved. Add a picture, or send it to review when it is complete."))
    else:
        form.fill(EMPTY, version=0, timezone=who.timezone, contact=Contact(who.uuid, who.name))
    return render_template("library/editor.html", form=form, sections=sections(form, choose_locale()), keep="story-new", base="", story=None), form.status


def edit(uuid: str) -> ResponseReturnValue:
    """Write on; what waits for review or is approved goes to review with it."""
    return _edited(uuid, send=False)


def send(uuid: str) -> ResponseReturnValue:
    """Keep what was written and send it to review."""
    return _edited(uuid, send=True)


def _edited(uuid: str, *, send: bool) -> ResponseReturnValue:
    who = the_who()
    found = _mine(uuid, who)
    form = _form(who)
    if not form.is_submitted():
        _fill(form, found, who)
        return _editor(form, found)
    content = _written(form, who, people=content_from(found.story.content).audience.people)
    if content is None:
        return _editor(form, found)
    try:
        message = _keep(uuid, content, version_of(form), who, send=send)
    except Overtaken as refusal:
        return _overtaken(form, uuid, content, refusal)
    except Unfinished as refusal:
        form.refuse(refusal)
        return _editor(form, _mine(uuid, who), lacks=refusal.missing, status=refusal.status)
    except NotFound:
        raise
    except Refusal as refusal:
        form.refuse(refusal)
        return _editor(form, _mine(uuid, who), status=refusal.status)
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
    return _("Sent to review. You get a letter when somebody has decided.")


def _kept(key: str, uuid: str, message: str, *, desk: bool = False) -> ResponseReturnValue:
    flash(key, "kept")
    return see("hub.review" if desk else "hub.edit", message, uuid=uuid)


def _mine(uuid: str, who: Who) -> HubStory:
    found = hub_story(reading(), uuid, who)
    if found is None or not policy.may_edit(who, found.standing):
        raise NotFound
    return found


def _form(who: Who) -> StoryForm:
    form, session = StoryForm(), reading()
    choices = choices_for(topics(session), departments(session), countries(session), choose_locale())
    form.topics.choices, form.departments.choices, form.countries.choices = choices.topics, choices.departments, choices.countries
    form.closes_at.label.text = _("Until (%(zone)s)", zone=who.timezone)
    form.opens_at.label.text = _("Not before (%(zone)s)", zone=who.timezone)
    return form


def _fill(form: StoryForm, found: HubStory, who: Who) -> None:
    content = content_from(found.story.content)
    person = colleague(reading(), content.replies_by.uuid) if content.replies_by else None
    contact = Contact(person.uuid, person.name) if person else content.replies_by
    form.fill(content, version=found.story.version, timezone=who.timezone, contact=contact)


def _written(form: StoryForm, who: Who, people: tuple[str, ...] = ()) -> Content | None:
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
    found = _mine(uuid, the_who())
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
        differs=changes(theirs, mine),
    )
    return page, refusal.status


def preview() -> ResponseReturnValue:
    """What readers would see of what is in the form; writes nothing."""
    who = the_who()
    form = _form(who)
    content = _written(form, who)
    if content is None:
        raise Invalid("story.shape")
    document = edition_of(content, html=reviewing.html_of(content), picture=None)
    known = advice(reading(), content.topics, who.country)
    views = [reading_view("preview", document, known, locale=language, today=today_in(who.timezone, now())) for language in content.languages]
    return render_template("library/preview.html", views=views)


def picture(uuid: str) -> ResponseReturnValue:
    """The story's picture: choose one, describe it."""
    who, form = the_who(), PictureForm()
    found = _mine(uuid, who)
    if form.sent():
        try:
            _picture_kept(uuid, form, who)
            return see("hub.edit", _("Picture saved."), uuid=uuid, anchor="picture")
        except NotFound:
            raise
        except Faulty as refusal:
            for fault in refusal.faults:
                form.refuse(fault)
        except Refusal as refusal:
            form.refuse(refusal)
    elif not form.is_submitted():
        form.version.data = str(found.story.version)
        form.alt_en.data, form.alt_nl.data = (found.picture.alt.get("en"), found.picture.alt.get("nl")) if found.picture else ("", "")
    return render_template("library/picture.html", form=form, story=found.story, picture=found.picture, title=_title(found)), form.status


def _picture_kept(uuid: str, form: PictureForm, who: Who) -> None:
    content, alt, at = form.picture.data, {"en": form.alt_en.data or "", "nl": form.alt_nl.data or ""}, now()
    with unit_of_work() as session:
        found = writing.to_change(session, uuid, version=version_of(form), by=who)
        if content:
            asset = add_picture(session, current_app.extensions["storage"], content.read(), alt=alt, by=who, at=at)
        elif found.picture:
            asset = describe_anew(session, found.picture, alt=alt, by=who, at=at)
        else:
            raise Invalid("picture.none", field="picture")
        writing.set_picture(session, uuid, asset, version=version_of(form), by=who, at=at)


def remove_picture(uuid: str) -> ResponseReturnValue:
    """Do without a picture."""
    form = StepForm()
    if form.sent():
        with unit_of_work() as session:
            writing.set_picture(session, uuid, None, version=version_of(form), by=the_who(), at=now())
    return see("hub.edit", _("Picture removed. Readers see a drawn cover instead."), uuid=uuid, anchor="picture")


def _title(found: HubStory) -> str:
    return title_of(found.story.content["title"], choose_locale())
