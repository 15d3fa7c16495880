"""The words that several pages share: names of levels, reasons of duties, sentences of refusals."""

from collections.abc import Mapping
from typing import Any, Final

from flask_babel import lazy_gettext as _l

from app.web.i18n import language

SENTENCES: Final[dict[str, Any]] = {
    "enrolment.none": _l("You are not enrolled in this course. Open its page and enrol first."),
    "enrolment.passed": _l("You have passed this course. You can renew it from sixty days before your pass ends."),
    "enrolment.mandatory": _l("One of your roles asks for this course, so you cannot leave it. You can pause it."),
    "attempt.lessons": _l("The quiz opens when you have read every lesson."),
    "attempt.passed": _l("You have passed this quiz already. There is nothing left to do."),
    "attempt.cooldown": _l("Take a short break first. The course page says when the next attempt opens."),
    "attempt.late": _l("Time is up. What you saved in time counts, and your result will be here in a moment."),
    "attempt.over": _l("This attempt has been handed in. Your answers stay as they are."),
    "answer.unknown": _l("Choose from the answers on the page."),
    "answer.single": _l("Choose one answer."),
    "certificate.own": _l("Nobody decides about a certificate of their own. Ask a colleague from HR."),
    "certificate.ground": _l("Choose one of the grounds."),
    "certificate.decided": _l("Somebody decided about this certificate in the meantime. Open it again and read what holds now."),
    "certificate.not_asked": _l("There is nothing to share: what HR sees by name is decided for everybody alike."),
    "course.name_taken": _l("Another course already lives at %(slug)s. Give this one another folder name."),
    "course.renamed": _l("This course is known as %(known_as)s. Give its folder that name again."),
    "course.version_not_raised": _l("The course changed under version %(version)s, which is out already. Raise its version."),
}
LEVEL_NAMES: Final = {"enthusiast": _l("Enthusiast"), "professional": _l("Professional"), "spokesperson": _l("Spokesperson")}
LEVEL_GIVES: Final = {
    "enthusiast": _l("Then you may share stories on your own networks, in your own words."),
    "professional": _l("Then you may also schedule posts, suggest stories and help out when something goes wrong."),
    "spokesperson": _l("Then you speak for us through an official channel."),
}
DECISIONS: Final = {"revoked": _l("Revoked"), "reinstated": _l("Reinstated")}
GROUNDS: Final = {
    "issued_wrongly": _l("It was issued by mistake"),
    "not_own_work": _l("Somebody else took the quiz"),
    "policy_broken": _l("A duty of the policy was broken"),
    "was_wrong": _l("Revoking it was a mistake"),
    "settled": _l("What led to it has been settled"),
    "other": _l("Another reason"),
}
REASONS: Final = {
    "spokesperson": _l("because you speak through an official channel"),
    "author": _l("because you write stories and courses"),
    "reviewer": _l("because you review stories"),
    "hub": _l("because you work in the hub"),
    "hr": _l("because you work for HR"),
    "admin": _l("because you administer this site"),
}


def said(texts: Mapping[str, Any]) -> Any:
    """A text in the reader's language, in English where it has no other."""
    return texts.get(language()) or texts["en"]
