"""The sentences of the library's refusals, and the words for its own names."""

from collections.abc import Mapping
from typing import Any, Final

from flask_babel import lazy_gettext as _l

SENTENCES: Final[Mapping[str, Any]] = {
    "story.not_author": _l("Only authors write stories. Ask the hub to make you one."),
    "story.not_yours": _l("Only its author and the hub may change this story."),
    "story.not_hub": _l("Only the hub may do this."),
    "story.over": _l("This story is out of the library. Reopen it to write on."),
    "story.step": _l("The story has moved on since you opened the page. Look at where it stands now."),
    "story.overtaken": _l("Somebody changed this story while you had it open. Compare both versions before you go on."),
    "story.unfinished": _l("The story is not complete yet. What is missing is listed below."),
    "story.topics": _l("Choose at most %(most)s topics."),
    "story.topic_unknown": _l("One of these topics no longer exists. Choose again."),
    "story.hours": _l("Choose between 1 and %(most)s hours."),
    "story.ends_first": _l("The end must come after the beginning."),
    "story.lines": _l("Keep it to %(most)s lines."),
    "story.caption": _l("There is no such network."),
    "story.contact": _l("Nobody who works here is called that. Write the name of a colleague."),
    "story.contact_many": _l("Several colleagues are called that. Choose one."),
    "story.contact_left": _l("%(name)s answers replies to this story and works here no more. Send it back and ask for somebody else."),
    "story.shape": _l("Something in the form is not right. Save the draft to see what."),
    "review.own": _l("Somebody else has to approve this: you wrote or changed it."),
    "review.not_reviewer": _l("Only a reviewer may decide about this story."),
    "target.long": _l("This address is too long. Keep it to %(longest)s characters at most."),
    "target.spelling": _l("This address has a character that we do not accept. Copy it again from the browser, with plain letters only."),
    "target.scheme": _l("Begin the address with https://."),
    "target.host": _l("This address does not lead to a public page. Use one that a reader outside can open."),
    "target.own": _l("This leads back into Socii, where readers outside cannot sign in. Use a public page."),
    "target.domain": _l("Stories may only lead to %(domains)s."),
    "picture.large": _l("This file is larger than %(most)s MB. Make the picture smaller and try again."),
    "picture.format": _l("This file is not a JPEG, PNG or WebP picture. Choose another one."),
    "picture.pixels": _l("This picture has more than %(most)s million pixels. Make it smaller and try again."),
    "picture.small": _l("This picture is too small. Both sides need at least %(least)s pixels."),
    "picture.moving": _l("This picture moves. Choose one that stands still."),
    "picture.broken": _l("This picture is damaged and cannot be opened. Save it again and try once more."),
    "picture.none": _l("Choose a picture."),
    "picture.alt": _l("Describe what there is to see, for people who cannot see it."),
    "topic.slug": _l("Use small letters, digits and hyphens, such as open-source."),
    "topic.taken": _l("There is a topic at this address already."),
    "fit.country": _l("“%(name)s” is no country that we know. Write its two letters, such as NL, or GB for the United Kingdom."),
    "fit.unknown": _l("Choose good, fair or poor."),
    "missing.title": _l("A title"),
    "missing.standfirst": _l("An introduction"),
    "missing.reader_value": _l("What is in it for the reader"),
    "missing.facts": _l("At least one fact"),
    "missing.angles": _l("At least one angle"),
    "missing.body": _l("The story itself"),
    "missing.alt": _l("A description of the picture"),
    "missing.caption_language": _l("A caption is in a language in which the story is not told"),
    "missing.topics": _l("At least one topic"),
    "missing.target_url": _l("The page to which readers go"),
    "missing.replies_by": _l("Who answers replies"),
    "missing.replies_within_hours": _l("Within how many hours replies are answered"),
    "missing.future": _l("An end that lies ahead"),
}
LANGUAGE_NAMES: Final[Mapping[str, Any]] = {"en": _l("English"), "nl": _l("Dutch")}
NETWORK_NAMES: Final[Mapping[str, Any]] = {
    "linkedin": "LinkedIn",
    "bluesky": "Bluesky",
    "mastodon": "Mastodon",
    "x": "X",
    "threads": "Threads",
    "facebook": "Facebook",
    "whatsapp": "WhatsApp",
    "telegram": "Telegram",
    "reddit": "Reddit",
    "teams": "Teams",
    "email": _l("E-mail"),
    "sheet": _l("Phone"),
}
FIT_NAMES: Final[Mapping[str, Any]] = {"good": _l("Fits well"), "fair": _l("Fits sometimes"), "poor": _l("Does not fit")}
FIT_MEANINGS: Final[Mapping[str, str]] = {"good": "done", "fair": "careful", "poor": "failed"}
ROLE_NAMES: Final[Mapping[str, Any]] = {
    "author": _l("Authors"),
    "reviewer": _l("Reviewers"),
    "hub": _l("Hub"),
    "hr": _l("HR"),
    "admin": _l("Administrators"),
    "spokesperson": _l("Spokespersons"),
}
STATE_NAMES: Final[Mapping[str, Any]] = {
    "draft": _l("Draft"),
    "asked": _l("Sent back"),
    "in_review": _l("In review"),
    "approved": _l("Approved"),
    "retired": _l("Retired"),
    "recalled": _l("Recalled"),
}
STATE_MEANINGS: Final[Mapping[str, str]] = {"asked": "careful", "in_review": "careful", "approved": "done", "recalled": "failed"}
STEP_NAMES: Final[Mapping[str, Any]] = {
    "edited": _l("wrote"),
    "sent": _l("sent it to review"),
    "taken_back": _l("took it back"),
    "asked": _l("asked for a change"),
    "approved": _l("approved it"),
    "retired": _l("retired it"),
    "recalled": _l("recalled it"),
    "reopened": _l("reopened it"),
}
