"""The words that several pages share: refusals, roles, purposes, states, deeds, columns."""

from typing import Any, Final

from flask_babel import lazy_gettext as _l

SENTENCES: Final[dict[str, Any]] = {
    "sign_in.wrong": _l("That address and password do not belong together. Check both, or ask for a new password."),
    "sign_in.throttled": _l("Too many tries. Wait %(minutes)s minutes, or ask for a new password."),
    "email.wrong": _l("Write an e-mail address, such as name@example.com."),
    "email.ascii": _l("Write the address with plain letters."),
    "email.taken": _l(
        "An account has this address already. Look for it in the list of people; if you do not find it there, ask an administrator of the whole "
        "organisation."
    ),
    "password.short": _l("Make it %(shortest)s characters or longer."),
    "password.long": _l("Keep it to %(longest)s characters at most."),
    "password.common": _l("That is too easy to guess. Put together a few words that nobody would connect with you."),
    "password.old": _l("That is not your password now."),
    "link.used": _l("This link has been used or is too old. Ask for a new one."),
    "department.unknown": _l("There is no department “%(name)s”. Add it first, or check the spelling."),
    "department.uncalled": _l(
        "No department is called “%(name)s”. Write a name such as %(example)s or a short name such as %(slug)s, or add the department first."
    ),
    "department.many": _l("Several departments are called “%(name)s”. Write the short name of the one you mean: %(slugs)s."),
    "department.none": _l("There is no department “%(name)s”, and none that you administer. Add it first."),
    "department.outside": _l("Choose a department that you administer."),
    "department.slug": _l("Use small letters, digits and hyphens, such as sales-nl."),
    "department.taken": _l("A department with this short name is already here."),
    "department.people": _l("There are still people in this department. Put them into another one first."),
    "department.below": _l("There are still departments below this one. Remove them first."),
    "department.roles": _l("There are still roles for this department. Take them back first."),
    "country.unknown": _l("“%(name)s” is no country that we know. Write its two letters, such as NL, or GB for the United Kingdom."),
    "language.unknown": _l("Choose en or nl as the language."),
    "timezone.unknown": _l("There is no time zone “%(name)s”. Write it like Europe/Amsterdam."),
    "theme.unknown": _l("Choose one of the appearances."),
    "manager.unknown": _l("Nobody here has the address “%(name)s”. Add the manager first."),
    "manager.circle": _l("This person is already above the one you name as manager."),
    "person.left": _l("This person has left. Reactivate the account first."),
    "person.here": _l("This account works already."),
    "person.above": _l("This person is trusted with more than you may give. Ask an administrator of the whole organisation."),
    "person.outside": _l("This person works in a department that you do not administer."),  # of files tried before this was told like `email.taken`
    "person.self": _l("You cannot deactivate yourself. Ask another administrator."),
    "person.not_invited": _l("This person has already chosen a password."),
    "invitation.soon": _l("An e-mail with a link went out at %(sent)s. Give it a few minutes to arrive; from %(again)s on you can send another."),
    "admin.there": _l("There is an administrator already. Ask them for the role."),
    "admin.left": _l("Whoever has this address has left. Name somebody else, who can reactivate the account."),
    "admin.last": _l("This is the last administrator of the whole organisation. Name another one first."),
    "role.outside": _l("You cannot give or take this role there."),
    "role.self": _l("Nobody gives themselves a role. Ask another administrator; if you are the only one, name a second one first."),
    "role.there": _l("The person has this role already."),
    "role.unknown": _l("Choose a role and a place from the lists."),
    "look.purpose": _l("Say why you look at this record."),
    "upload.state": _l("This file has been imported already, or cannot be."),
    "upload.old": _l("The file was kept for a day and is gone. Choose it again."),
    "csv.text": _l("This is not a text file we can read. Save it as CSV (UTF-8)."),
    "csv.empty": _l("The file has no rows below its head."),
    "csv.wide": _l("The file has more than %(most)s columns."),
    "csv.long": _l("The file has more than %(most)s rows. Split it."),
    "csv.broken": _l("The file breaks off near row %(line)s: a quotation mark is open, or a cell is too long."),
    "csv.column": _l("The column “%(name)s” is missing. The columns are: %(names)s."),
    "csv.unknown_column": _l("We do not know the column “%(name)s”. The columns are: %(names)s."),
    "csv.twice": _l("Row %(first)s has the same address."),
}

ROLES: Final[dict[str, Any]] = {
    "author": _l("Author: writes stories and courses"),
    "reviewer": _l("Reviewer: approves stories of others"),
    "hub": _l("Hub: steers stories, channels and topics"),
    "hr": _l("HR: sees completion and certificates"),
    "admin": _l("Administrator: people, roles, audit log"),
    "spokesperson": _l("Spokesperson: speaks through an official channel"),
}

PURPOSES: Final[dict[str, Any]] = {
    "question": _l("to answer a question of yours"),
    "mandatory": _l("because a mandatory course is due"),
    "audit": _l("as proof for an auditor"),
    "certificate": _l("to decide about a certificate of yours"),
}

STATES: Final[dict[str, Any]] = {"invited": _l("Invited"), "active": _l("Active"), "left": _l("Left")}

ACTIONS: Final[dict[str, Any]] = {
    "signed_in": _l("signed in"),
    "sign_in_failed": _l("failed to sign in"),
    "password_set": _l("set a password"),
    "password_changed": _l("changed the password"),
    "person_added": _l("added a person"),
    "person_changed": _l("changed a person's details"),
    "person_deactivated": _l("deactivated a person"),
    "person_reactivated": _l("reactivated a person"),
    "person_invited": _l("sent an invitation again"),
    "people_imported": _l("imported people from a file"),
    "department_added": _l("added a department"),
    "department_renamed": _l("renamed a department"),
    "department_removed": _l("removed a department"),
    "role_granted": _l("gave a role"),
    "role_revoked": _l("took back a role"),
    "record_opened": _l("opened a person's record"),
    "export_begun": _l("began an export"),
    "export_ended": _l("downloaded an export"),
    "story_approved": _l("approved a story"),
    "story_asked": _l("asked for a change in a story"),
    "story_retired": _l("took a story out"),
    "story_reopened": _l("reopened a story"),
    "story_recalled": _l("recalled a story"),
    "topic_added": _l("added a topic"),
    "fit_judged": _l("wrote down how a topic does on a network"),
    "certificate_revoked": _l("revoked a certificate"),
    "certificate_reinstated": _l("reinstated a certificate"),
    "course.published": _l("published a course"),
    "policy.published": _l("published the policy"),
    "demo_loaded": _l("loaded the demo organisation"),
}


LABELS: Final[dict[str, Any]] = {
    "name": _l("Name"),
    "email": _l("E-mail address"),
    "job_title": _l("Job"),
    "department": _l("Department"),
    "manager": _l("Manager"),
    "country": _l("Country"),
    "locale": _l("Language"),
    "timezone": _l("Time zone"),
    "theme": _l("Appearance"),
    "quiet": _l("Quiet hours"),
    "status": _l("Status"),
    "created_at": _l("Here since"),
    "role": _l("Role"),
    "since": _l("Since"),
    "at": _l("When"),
    "action": _l("What"),
    "result": _l("Outcome"),
    "device": _l("Device"),
    "until": _l("Until"),
    "link": _l("Link"),
    "sent_at": _l("Sent"),
    "used_at": _l("Used"),
    "file": _l("File"),
    "state": _l("Status"),
    "brought_at": _l("Brought"),
    "taken_at": _l("Taken over"),
}

WORDS: Final[dict[str, dict[str, Any]]] = {
    "status": STATES,
    "role": ROLES,
    "theme": {"system": _l("As my device"), "light": _l("Light"), "dark": _l("Dark")},
    "locale": {"en": _l("English"), "nl": _l("Dutch")},
    "state": {
        "reading": _l("being read"),
        "shown": _l("shown"),
        "refused": _l("refused"),
        "queued": _l("being taken over"),
        "done": _l("taken over"),
    },
    "link": {"invite": _l("Invitation"), "reset": _l("New password")},
    "result": {"ok": _l("worked"), "done": _l("worked"), "refused": _l("refused")},
}
