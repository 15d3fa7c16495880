"""T87: the same person added many times at once is one person."""

import io

from sqlalchemy import select

from app.core.clock import now
from app.core.models import Job
from app.people.actions import importing
from app.people.actions.auditing import Door, broken_link
from app.people.actions.directory import Entry, add_person
from app.people.models import Person, Upload
from app.people.queries import who_by_id
from tests.support.bursts import burst

NOOR = "noor@meridian.example"


def test_fifty_times_by_hand_at_once_makes_one(app, session, cast):
    """Everybody else is told that the address is taken; one letter waits."""
    by = who_by_id(session, cast.rosa.id)
    session.close()

    def add(db, number):
        return add_person(db, Entry(email=NOOR.upper() if number % 2 else NOOR, name="Noor Ali"), by=by, at=now(), door=Door()).name

    told = burst(app, add)
    assert sorted(told) == ["Noor Ali", *["email.taken"] * 49]
    assert session.query(Person).filter_by(email_key=NOOR).count() == 1
    assert session.query(Job).filter_by(name="people.send_invitation").count() == 1
    assert broken_link(session) is None


def test_fifty_confirmations_at_once_of_files_with_the_same_person_make_one(app, browser, cast, session, run_jobs):
    """Of five files that name her, each confirmed ten times, one adds her and no confirmation counts twice; taken at once, too."""
    rosa = browser(cast.rosa)
    for _ in range(5):
        file = (io.BytesIO(f"email,name\n{NOOR},Noor Ali\n".encode()), "p.csv")
        assert rosa.post("/admin/import", {"file": file}, content_type="multipart/form-data").status_code == 303
    run_jobs()
    uploads = list(session.scalars(select(Upload.id).order_by(Upload.id)))
    by, storage = who_by_id(session, cast.rosa.id), app.extensions["storage"]
    session.close()
    burst(app, lambda db, number: importing.confirm(db, db.get_one(Upload, uploads[number % 5]), at=now()))
    assert session.query(Job).filter_by(name="people.take_upload").count() == 5
    session.close()

    def take(db, number):
        importing.take_upload(db, storage, db.get_one(Upload, uploads[number]), by=by, at=now(), door=Door())

    burst(app, lambda db, number: take(db, number % 5) if number < 5 else None, 8)
    run_jobs()
    assert session.query(Person).filter_by(email_key=NOOR).count() == 1
    assert session.query(Job).filter_by(name="people.send_invitation").count() == 1
    assert broken_link(session) is None
