"""An organisation of ten thousand people, or as many as `BENCH_PEOPLE` says: departments, roles, courses half done, stories, links, sessions."""

import os
import random
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from flask import Flask
from flask.cli import ScriptInfo
from sqlalchemy import insert, select, text

from app.core.crypto import digest, new_token
from app.core.ids import new_code, new_uuid
from app.core.text import fold
from app.learning.models import Certificate, Enrolment, LessonDone
from app.learning.queries.content import published_courses
from app.people.actions.naming import spell_the_rest
from app.people.models import Department, Person, RoleGrant, Session
from app.web.database import db
from tests.factories.library import a_topic, an_edition

PEOPLE: Final = int(os.environ.get("BENCH_PEOPLE", "10000"))
DIVISIONS: Final = max(8, PEOPLE // 1250)
TEAMS: Final = 5
READERS: Final = 64
TAKERS: Final = 17
"""The HR officer and sixteen readers have read every lesson and may take the quiz."""
COUNTRIES: Final = ("NL", "BE", "DE", "GB")
FIRST_NAMES: Final = (
    "Aisha",
    "Bram",
    "Chidi",
    "Daan",
    "Elif",
    "Femke",
    "Gijs",
    "Hanna",
    "Ingrid",
    "Jan",
    "Karin",
    "Lotte",
    "Maria",
    "Noor",
    "Sanne",
    "Wim",
)
LAST_NAMES: Final = (
    "Aerts",
    "Bakker",
    "Claes",
    "Dekker",
    "Evans",
    "Fischer",
    "Groen",
    "Haddad",
    "Jansen",
    "Kaya",
    "Maes",
    "Okafor",
    "Rossi",
    "Smit",
    "Visser",
)
BEGAN: Final = datetime(2026, 1, 5, 9, tzinfo=UTC)


def seed(app: Flask) -> list[str]:
    """Fill an empty database; returns the session tokens of the readers: an HR officer first, then ambassadors."""
    random.seed(7)
    for words in (["db", "upgrade"], ["courses", "load"], ["policy", "load"]):
        app.cli.main(args=words, prog_name="flask", standalone_mode=False, obj=ScriptInfo(create_app=lambda: app))
    departments = _departments()
    people = _people(departments)
    _learning(people)
    _stories(people[0])
    db.session.add_all(RoleGrant(person_id=people[0], role=role, granted_at=BEGAN) for role in ("hr", "admin"))
    tokens = _sessions(people[:READERS])
    db.session.commit()
    app.cli.main(args=["insight", "rebuild"], prog_name="flask", standalone_mode=False, obj=ScriptInfo(create_app=lambda: app))
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))  # as the server would do by itself within minutes
    return tokens


def _departments() -> list[int]:
    for number in range(DIVISIONS):
        top = Department(slug=f"d{number}", name=f"Division {number}", path=f"/d{number}/")
        db.session.add(top)
        db.session.flush()
        for team in range(TEAMS):
            db.session.add(Department(slug=f"d{number}-{team}", name=f"Team {number}.{team}", parent_id=top.id, path=f"/d{number}/d{number}-{team}/"))
    db.session.flush()
    return list(db.session.scalars(select(Department.id).where(Department.parent_id.is_not(None)).order_by(Department.id)))


def _people(departments: Sequence[int]) -> list[int]:
    rows: list[dict[str, Any]] = [
        {
            "uuid": new_uuid(),
            "email": f"p{number}@bench.example",
            "email_key": f"p{number}@bench.example",
            "name": (name := _name(number)),
            "name_key": fold(name),
            "department_id": departments[number % len(departments)],
            "country": COUNTRIES[number % 4],
            "status": "active",
            "created_at": BEGAN,
            "locale": "en" if number % 3 else "nl",
        }
        for number in range(PEOPLE)
    ]
    db.session.execute(insert(Person), rows)
    after: int | None = 0
    while after is not None:
        after = spell_the_rest(db.session(), after=after)
    return list(db.session.scalars(select(Person.id).order_by(Person.id)))


def _name(number: int) -> str:
    """A first and a last name that many have, and a word of its own, by which a person can be found."""
    return f"{random.choice(FIRST_NAMES)} {random.choice(LAST_NAMES)} {number:06}"


def _learning(people: Sequence[int]) -> None:
    """Six in ten have begun each course and four in ten have done it, one in a hundred because they must; the readers are in the middle."""
    courses, takers = published_courses(db.session()), set(people[:TAKERS])
    for course in courses:
        rows = [_enrolment(person, course, place) for place, person in enumerate(people) if place < READERS or random.random() < 0.6]
        db.session.execute(insert(Enrolment), rows)
        begun = db.session.execute(select(Enrolment.id, Enrolment.person_id).where(Enrolment.course_id == course.id, Enrolment.state == "open"))
        done = [
            {"enrolment_id": number, "lesson_uuid": lesson.uuid, "done_at": BEGAN}
            for number, person in begun
            for lesson in (course.document.lessons if person in takers else course.document.lessons[:3])
        ]
        db.session.execute(insert(LessonDone), done)
    certificates = [
        {
            "uuid": new_uuid(),
            "person_id": person,
            "level": "enthusiast",
            "code": new_code(),
            "name": f"Person {person}",
            "courses": [],
            "issued_at": BEGAN,
            "expires_on": date(2028, 1, 5) + timedelta(days=random.randrange(700)),
        }
        for person in people[: PEOPLE * 2 // 5]
    ]
    db.session.execute(insert(Certificate), certificates)


def _enrolment(person: int, course: Any, place: int) -> dict[str, Any]:
    done = place >= READERS and random.random() < 0.65
    mandatory = place % 100 == 99
    at = BEGAN + timedelta(days=random.randrange(300))
    return {
        "uuid": new_uuid(),
        "person_id": person,
        "course_id": course.id,
        "version_id": course.version_id,
        "enrolled_at": at,
        "state": "completed" if done else "open",
        "completed_at": at if done else None,
        "completed_on": at.date() if done else None,
        "expires_on": at.date() + timedelta(days=730) if done else None,
        "mandatory_role": "spokesperson" if mandatory else None,
        "due_on": at.date() + timedelta(days=60) if mandatory else None,
    }


def _stories(author: int) -> None:
    person = db.session.get_one(Person, author)
    a_topic(db.session())
    for number in range(12):
        an_edition(db.session(), author=person, slug=f"story-{number}", topics=("repair",))


def _sessions(people: Sequence[int]) -> list[str]:
    tokens = [new_token() for _ in people]
    rows = [
        {
            "uuid": new_uuid(),
            "token_digest": digest(token),
            "person_id": person,
            "epoch": 0,
            "created_at": BEGAN,
            "expires_at": datetime(2099, 1, 1, tzinfo=UTC),
        }
        for token, person in zip(tokens, people, strict=True)
    ]
    db.session.execute(insert(Session), rows)
    return tokens
