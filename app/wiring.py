"""One page: which event wakes which reaction, which job runs when. Nobody else subscribes."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from app.core.events import Event, Reaction
from app.people import jobs as people_jobs

REACTIONS: Final[Mapping[type[Event], tuple[Reaction, ...]]] = {}

JOBS: Final[Mapping[str, Callable[..., Any]]] = {
    "people.send_invitation": people_jobs.send_invitation,
    "people.take_upload": people_jobs.take_upload,
    "people.tidy": people_jobs.tidy,
    "people.try_upload": people_jobs.try_upload,
}

TIMETABLE: Final[Mapping[str, str]] = {
    "people.tidy": "15 2 * * *",
}
