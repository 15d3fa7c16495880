"""One page: which event wakes which reaction, which job runs when. Nobody else subscribes."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from app.core.events import Event, Reaction
from app.insight import jobs as insight_jobs
from app.insight import reactions as insight
from app.learning import jobs as learning_jobs
from app.learning import reactions as learning
from app.learning.events import (
    CertificateIssued,
    CertificateReinstated,
    CertificateRevoked,
    CertificateShared,
    CertificateUnshared,
    CoursePassed,
    Enrolled,
    EnrolmentChanged,
)
from app.library import jobs as library_jobs
from app.library import reactions as library
from app.library.events import StoryApproved, StoryAsked, StoryRecalled, StorySent
from app.people import jobs as people_jobs
from app.people.events import PersonActivated, PersonAdded, PersonDeactivated, PersonMoved, PersonReactivated, RoleGranted, RoleRevoked
from app.sharing import jobs as sharing_jobs
from app.sharing import reactions as sharing

REACTIONS: Final[Mapping[type[Event], tuple[Reaction, ...]]] = {
    CertificateIssued: (insight.certified,),
    CertificateReinstated: (insight.certified,),
    CertificateRevoked: (insight.certified,),
    CertificateShared: (insight.certified,),
    CertificateUnshared: (insight.certified,),
    CoursePassed: (insight.learning_changed,),
    Enrolled: (insight.learning_changed,),
    EnrolmentChanged: (insight.learning_changed,),
    PersonActivated: (insight.person_changed,),
    PersonAdded: (insight.person_changed,),
    PersonDeactivated: (insight.person_changed,),
    PersonMoved: (insight.person_moved,),
    PersonReactivated: (insight.person_changed,),
    RoleGranted: (learning.role_granted,),
    RoleRevoked: (learning.role_revoked,),
    StorySent: (library.call_reviewers,),
    StoryAsked: (library.tell_author_of_question,),
    StoryApproved: (library.tell_author_of_approval,),
    StoryRecalled: (library.tell_author_of_recall, sharing.close_links),
}

JOBS: Final[Mapping[str, Callable[..., Any]]] = {
    "insight.rebuild": insight_jobs.rebuild,
    "insight.recount": insight_jobs.recount,
    "learning.assign_mandatory": learning_jobs.assign_mandatory,
    "learning.close_attempt": learning_jobs.close_attempt,
    "learning.send_certificate": learning_jobs.send_certificate,
    "learning.send_decision": learning_jobs.send_decision,
    "learning.tally_quizzes": learning_jobs.tally_quizzes,
    "library.tell": library_jobs.tell,
    "people.send_invitation": people_jobs.send_invitation,
    "people.spell_names": people_jobs.spell_names,
    "people.take_upload": people_jobs.take_upload,
    "people.tidy": people_jobs.tidy,
    "people.try_upload": people_jobs.try_upload,
    "people.verify_audit": people_jobs.verify_audit,
    "sharing.drain": sharing_jobs.drain,
    "sharing.settle_unanswered": sharing_jobs.settle_unanswered,
    "sharing.tidy": sharing_jobs.tidy,
}

TIMETABLE: Final[Mapping[str, str]] = {
    "insight.rebuild": "5 0 * * *",
    "learning.assign_mandatory": "0 2 * * *",
    "learning.tally_quizzes": "30 3 * * 1",
    "people.spell_names": "20 2 * * *",
    "people.tidy": "15 2 * * *",
    "people.verify_audit": "45 2 * * *",
    "sharing.drain": "* * * * *",
    "sharing.settle_unanswered": "30 2 * * *",
    "sharing.tidy": "10 * * * *",
}
