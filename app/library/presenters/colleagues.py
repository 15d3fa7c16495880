"""Colleagues as an author may see them, while a name is typed."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from app.people.rules import Colleague
from app.web.i18n import listed


def about(person: Colleague) -> str:
    """What tells a colleague from others of the same name."""
    return listed((person.job_title, person.department), " · ")


def suggestions(found: Sequence[Colleague], *, most: int) -> dict[str, Any]:
    """Who was found, and how many in a sentence for those who do not see the list."""
    if len(found) == most:
        said = _("The first %(num)s. Type more of the name to see others.", num=most)
    else:
        said = ngettext("%(num)s colleague", "%(num)s colleagues", len(found)) if found else _("Nobody is called that.")
    return {"said": said, "people": [{"uuid": person.uuid, "name": person.name, "about": about(person)} for person in found]}
