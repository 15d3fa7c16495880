"""One page: which event wakes which reaction, which job runs when. Nobody else subscribes."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from app.core.events import Event, Reaction
from app.library.events import StoryRecalled
from app.people import jobs as people_jobs
from app.sharing import jobs as sharing_jobs
from app.sharing import reactions as sharing

REACTIONS: Final[Mapping[type[Event], tuple[Reaction, ...]]] = {
    StoryRecalled: (sharing.close_links,),
}

JOBS: Final[Mapping[str, Callable[..., Any]]] = {
    "people.send_invitation": people_jobs.send_invitation,
    "people.take_upload": people_jobs.take_upload,
    "people.tidy": people_jobs.tidy,
    "people.try_upload": people_jobs.try_upload,
    "sharing.drain": sharing_jobs.drain,
    "sharing.tidy": sharing_jobs.tidy,
}

TIMETABLE: Final[Mapping[str, str]] = {
    "people.tidy": "15 2 * * *",
    "sharing.drain": "* * * * *",
    "sharing.tidy": "45 2 * * *",
}
