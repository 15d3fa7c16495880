"""Facts that the learning room announces."""

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True)
class Enrolled(Event):
    """A person began a course, by choice or because a role asks for it."""

    person_id: int
    course_id: int


@dataclass(frozen=True)
class EnrolmentChanged(Event):
    """An enrolment was paused, taken up again, left, or became mandatory or voluntary."""

    person_id: int
    course_id: int


@dataclass(frozen=True)
class CoursePassed(Event):
    """A person passed the quiz of a course."""

    person_id: int
    course_id: int


@dataclass(frozen=True)
class CertificateIssued(Event):
    """A person reached a level and holds its certificate."""

    person_id: int
    certificate_id: int
    level: str


@dataclass(frozen=True)
class CertificateRevoked(Event):
    """HR took a certificate back; it proves nothing from that moment on."""

    person_id: int
    certificate_id: int
    level: str


@dataclass(frozen=True)
class CertificateReinstated(Event):
    """HR gave back a certificate that had been revoked."""

    person_id: int
    certificate_id: int
    level: str


@dataclass(frozen=True)
class CertificateShared(Event):
    """A learner lets HR see a certificate of theirs by name."""

    person_id: int
    certificate_id: int


@dataclass(frozen=True)
class CertificateUnshared(Event):
    """A learner no longer lets HR see a certificate of theirs by name."""

    person_id: int
    certificate_id: int
