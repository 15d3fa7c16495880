"""The audit log as sentences: who did what to which thing, by its name, with what is stored beside it for whoever must prove it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from flask import current_app, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from sqlalchemy.orm import Session as Db

from app.core.who import Who
from app.people.presenters.words import ACTIONS, LABELS, ROLES
from app.people.queries.directory import department_names_of, file_names
from app.people.queries.records import AuditLine
from app.web.i18n import number, put_into
from app.web.room import Named, Names

SAID: Final[dict[str, Any]] = {
    "signed_in": _l("%(who)s signed in"),
    "sign_in_failed": _l("%(who)s failed to sign in"),
    "password_set": _l("%(who)s set a password"),
    "password_changed": _l("%(who)s changed the password"),
    "person_added": _l("%(who)s added %(what)s"),
    "person_changed": _l("%(who)s changed the details of %(what)s"),
    "person_deactivated": _l("%(who)s deactivated %(what)s"),
    "person_reactivated": _l("%(who)s reactivated %(what)s"),
    "person_invited": _l("%(who)s invited %(what)s again"),
    "people_imported": _l("%(who)s imported %(what)s"),
    "department_added": _l("%(who)s added %(what)s"),
    "department_renamed": _l("%(who)s renamed %(what)s"),
    "department_removed": _l("%(who)s removed %(what)s"),
    "role_granted": _l("%(who)s gave %(what)s a role"),
    "role_revoked": _l("%(who)s took a role back from %(what)s"),
    "record_opened": _l("%(who)s opened the record of %(what)s"),
    "export_begun": _l("%(who)s began an export of %(what)s"),
    "export_ended": _l("%(who)s downloaded an export of %(what)s"),
    "story_approved": _l("%(who)s approved this text of %(what)s"),
    "story_asked": _l("%(who)s asked for a change in %(what)s"),
    "story_retired": _l("%(who)s took %(what)s out of the library"),
    "story_reopened": _l("%(who)s reopened %(what)s"),
    "story_recalled": _l("%(who)s recalled %(what)s"),
    "topic_added": _l("%(who)s added %(what)s"),
    "fit_judged": _l("%(who)s wrote down how %(what)s does on a network"),
    "certificate_revoked": _l("%(who)s revoked a certificate of %(what)s"),
    "certificate_reinstated": _l("%(who)s reinstated a certificate of %(what)s"),
    "course.published": _l("%(who)s published %(what)s"),
    "policy.published": _l("%(who)s published %(what)s"),
    "demo_loaded": _l("%(who)s loaded the demo organisation"),
}
THINGS: Final[dict[str, Any]] = {
    "person": _l("a person"),
    "department": _l("a department"),
    "upload": _l("a file of people"),
    "story": _l("a story"),
    "topic": _l("a topic"),
    "course": _l("a course"),
    "policy": _l("the policy"),
    "export": _l("a list"),
}
"""What a thing is called that has no name any more, or whose name is not for the reader."""
WHY: Final[dict[str, Any]] = {
    "question": _l("to answer a question"),
    "mandatory": _l("to follow up a mandatory course"),
    "audit": _l("to give proof to an auditor"),
    "certificate": _l("to decide about a certificate"),
}
RESULTS: Final[dict[str, Any]] = {"refused": _l("refused"), "broken_off": _l("broken off")}
QUIET: Final = {"ok", "done"}
FIELDS: Final[dict[str, str]] = {"department_id": "department", "manager_id": "manager"}
UNTOLD: Final = {"name_key", "email_key", "checksum", "path"}
"""Changes that stand in the details alone: other forms of what is told already, and what no reader can compare."""


@dataclass(frozen=True)
class Entry:
    """An entry as it is printed. `facts` say more in a few words; `stored` is what the log keeps, word for word."""

    at: datetime
    sentence: Markup
    facts: tuple[str, ...]
    reason: str
    stored: tuple[tuple[str, str], ...]


def entries(session: Db, lines: Sequence[AuditLine], *, who: Who, at: datetime) -> list[Entry]:
    """A page of the log in the reader's language: one statement for each kind of thing on it, however many there are."""
    names = _names(session, lines, who=who, at=at)
    return [_entry(line, names) for line in lines]


def _names(session: Db, lines: Sequence[AuditLine], *, who: Who, at: datetime) -> dict[tuple[str, str], Named]:
    """What the things on the page are called, asked of the rooms that keep them."""
    naming: Mapping[str, Names] = current_app.extensions["names"]
    found: dict[tuple[str, str], Named] = {}
    for kind in {line.object_type for line in lines} & naming.keys():
        ids = {line.object_id for line in lines if line.object_type == kind}
        found |= {(kind, each): named for each, named in naming[kind](session, ids, who=who, at=at).items()}
    return found


def _entry(line: AuditLine, names: Mapping[tuple[str, str], Named]) -> Entry:
    said = SAID.get(line.action)
    words = Markup(str(said)) if said else Markup("%(who)s: ") + ACTIONS.get(line.action, line.action) + Markup(" (%(what)s)")  # noqa: S704  # our own words
    sentence = put_into(words, {"who": Markup("<b><bdi>%s</bdi></b>") % _who(line), "what": _thing(line, names)})
    is_purpose = line.action == "record_opened" and line.reason in WHY
    about_list = line.object_type == "export"
    return Entry(
        at=line.at,
        sentence=sentence,
        facts=tuple(_facts(line)),
        reason="" if is_purpose or about_list else line.reason,
        stored=tuple(_stored(line)),
    )


def _who(line: AuditLine) -> str:
    if line.actor:
        return line.actor
    return _("Somebody") if line.object_type == "account" else _("The system")


def _thing(line: AuditLine, names: Mapping[tuple[str, str], Named]) -> Markup:
    named = names.get((line.object_type, line.object_id))
    if line.object_type == "person" and line.person:
        named = Named(line.person, url_for("people.person", uuid=line.object_id))
    if named is None:
        return Markup("%s") % str(THINGS.get(line.object_type, line.object_type.replace("_", " ")))
    if not named.href:
        return Markup("<bdi>%s</bdi>") % named.name
    return Markup('<a href="%s"><bdi>%s</bdi></a>') % (named.href, named.name)


def _facts(line: AuditLine) -> Iterator[str]:
    """What changed, in words; personal values are kept as digests only, so that they changed is all that can be told."""
    if line.result not in QUIET:
        yield str(RESULTS.get(line.result, line.result))
    if line.action == "record_opened" and line.reason in WHY:
        yield str(WHY[line.reason])
    if line.action == "person_changed":
        yield from _fields(line.changes)
        return
    for name, (before, after) in line.changes.items():
        if name == "role":
            yield _role(str(before or after))
        elif name == "name":
            yield _shift(before, after)
        elif name == "rows":
            yield _("%(count)s rows", count=number(int(after or 0)))
        elif name == "version":
            yield _("version %(number)s", number=after) if before is None else _("version %(before)s, then %(after)s", before=before, after=after)
        elif name not in UNTOLD:
            yield ": ".join(part for part in (name.replace("_", " "), _shift(before, after)) if part)


def _fields(names: Iterable[str]) -> Iterator[str]:
    labels = [str(LABELS.get(FIELDS.get(name, name), name.replace("_", " "))) for name in names if name not in UNTOLD]
    if labels:
        yield ", ".join(labels)


def _role(text: str) -> str:
    """A role and where it counts, from how `audit` was told: "hr /sales/"."""
    role, _space, path = text.partition(" ")
    name = str(ROLES.get(role, role)).partition(":")[0]
    return _("%(role)s, everywhere", role=name) if path == "/" else _("%(role)s, in %(place)s", role=name, place=path.strip("/").replace("/", " / "))


def _shift(before: object, after: object) -> str:
    return " → ".join(str(each).replace("_", " ") for each in (before, after) if each not in {None, ""})


def _stored(line: AuditLine) -> Iterator[tuple[str, str]]:
    yield _("Action"), line.action
    if line.object_type:
        yield _("About"), f"{line.object_type} {line.object_id}"
    yield _("Outcome"), line.result
    if line.reason:
        yield _("Reason"), line.reason
    for name, (before, after) in line.changes.items():
        label = _("this text, as a checksum") if name == "checksum" else name
        yield label, f"{'–' if before in {None, ''} else before} → {'–' if after in {None, ''} else after}"
    if line.request_id:
        yield _("Request"), line.request_id
    if line.address_class:
        yield _("From"), line.address_class


def departments_named(session: Db, ids: set[str], *, who: Who, at: datetime) -> dict[str, Named]:  # noqa: ARG001  # every room answers in this shape
    """Departments, for the audit log."""
    here = url_for("people.departments")
    return {uuid: Named(_("the department %(name)s", name=name), here) for uuid, name in department_names_of(session, ids).items()}


def files_named(session: Db, ids: set[str], *, who: Who, at: datetime) -> dict[str, Named]:  # noqa: ARG001  # every room answers in this shape
    """Files of people, for the audit log; whoever brought one may open it."""
    found = file_names(session, ids)
    return {
        uuid: Named(_("the file “%(name)s”", name=name), url_for("people.upload", uuid=uuid) if by_id == who.id else "")
        for uuid, (name, by_id) in found.items()
    }
