"""Everything that the learning room holds about a person, for that person to read."""

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from app.learning.queries.holdings import answers_held, attempts_held, certificates_held, decisions_held, enrolments_held, lessons_held
from app.web.room import Holding


def holdings(session: Session, person_id: int) -> list[Holding]:
    """Enrolments, lessons done, attempts, answers, certificates and what was decided about them."""
    years = _l("Until you leave, and two years after.")
    return [
        Holding(
            _l("Courses"), _l("So that you can go on where you stopped, and to prove what you completed."), years, enrolments_held(session, person_id)
        ),
        Holding(_l("Lessons read"), _l("So that you can go on where you stopped."), years, lessons_held(session, person_id)),
        Holding(_l("Quiz attempts"), _l("To grade you fairly, and for you to look back."), years, attempts_held(session, person_id)),
        Holding(_l("Quiz answers"), _l("To grade you fairly, and for you to look back."), years, answers_held(session, person_id)),
        Holding(_l("Certificates"), _l("To prove your level to whoever you give the code to."), years, certificates_held(session, person_id)),
        Holding(
            _l("Certificates revoked or reinstated"), _l("So that you can read what was decided, and why."), years, decisions_held(session, person_id)
        ),
    ]
