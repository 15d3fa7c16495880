"""Things of the insight room that URLs name."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session as Db

from app.core.clock import now, today_in
from app.insight.models import View
from app.people.models import Look, Person
from tests.factories.learners import a_certificate
from tests.support.cast import Cast


def objects(session: Db, cast: Cast) -> Mapping[str, Mapping[str, object]]:
    """Certificates of people inside and outside a scope, and one that is reached through somebody else; HR has said today why it looks."""
    scoped = session.scalars(select(Person).where(Person.email_key.startswith("scoped.hr"))).one()
    for viewer, subject in ((cast.hedy, cast.ada), (cast.hedy, cast.mallory), (scoped, cast.mallory)):
        day = today_in(viewer.timezone, now())
        session.add(Look(viewer_id=viewer.id, subject_id=subject.id, role="hr", purpose="audit", day=day))
    ada = a_certificate(session, person=cast.ada, ordinal=8, code="9Kq2mXw9Pb")
    mallory = a_certificate(session, person=cast.mallory, code="8Kq2mXw9Pb")
    views = {
        person.id: View(person_id=person.id, name="Sales", name_key="sales", query="department=sales", saved_at=now())
        for person in (cast.hedy, scoped)
    }
    session.add_all(views.values())
    session.flush()
    return {
        "hedy's view": {"uuid": views[cast.hedy.id].uuid},
        "the scoped HR's view": {"uuid": views[scoped.id].uuid},
        "ada's certificate for HR": {"uuid": cast.ada.uuid, "certificate": ada.uuid},
        "mallory's certificate for HR": {"uuid": cast.mallory.uuid, "certificate": mallory.uuid},
        "ada's certificate through mallory": {"uuid": cast.mallory.uuid, "certificate": ada.uuid},
    }
