"""The make-believe organisation goes into an empty installation, once, and never into production."""

from contextvars import Context
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from app.core.models import Job
from app.demo.presenters import personas
from app.factory import create_app, refuse_demo
from app.learning.models import Attempt, Certificate, Course, Enrolment
from app.library.models import Story
from app.people.models import Department, Person
from app.sharing.models import Share
from app.web.database import db
from config import Misconfigured
from tests.factories.people import a_person


def load(app, *words):
    return app.test_cli_runner().invoke(args=["demo", "load", *words])


def test_it_fills_every_room_and_writes_to_nobody(app, session, browser, run_jobs, letters):
    for words in (["courses", "load"], ["policy", "load"]):
        assert app.test_cli_runner().invoke(args=words).exit_code == 0
    assert load(app).exit_code == 0
    count = {table: session.scalar(select(func.count()).select_from(table)) for table in (Person, Department, Story, Share, Certificate)}
    assert count[Person] >= 200
    assert count[Department] == 12
    assert count[Story] == 12
    assert count[Share] >= 25
    assert count[Certificate] >= 80
    assert_that_hr_has_something_to_see(session)
    waiting = set(session.scalars(select(Job.name)))
    assert not any("send" in name or ">" in name for name in waiting), waiting
    run_jobs()
    assert letters() == []
    again = load(app)
    assert again.exit_code == 1
    assert "empty installation only" in again.output
    assert load(app, "--if-empty").exit_code == 0
    for persona in personas():
        assert browser().post("/sign-in", {"email": persona.email, "password": persona.password}).status_code == 303, persona.email
    with pytest.raises(Misconfigured, match="demo organisation"):
        Context().run(refuse_demo, app)


def assert_that_hr_has_something_to_see(session):
    """Duties done, overdue and under way, enough of each to be counted (fewer than five are never shown), and quizzes that differ."""
    duties = (Enrolment.mandatory_role.is_not(None), Enrolment.course_id == select(func.min(Course.id)).scalar_subquery())
    today = datetime.now(UTC).date()
    late, ahead = (Enrolment.state != "completed", Enrolment.due_on < today), (Enrolment.state != "completed", Enrolment.due_on >= today)
    for kind in ((Enrolment.state == "completed",), late, ahead):
        assert session.scalar(select(func.count()).select_from(Enrolment).where(*duties, *kind)) >= 5
    right = set(session.scalars(select(Attempt.score).where(Attempt.passed.is_(True))))
    assert len(right) >= 3
    assert session.scalar(select(func.max(Enrolment.completed_at))) <= datetime.now(UTC)


def test_somebody_here_keeps_it_out(app, session):
    a_person(session)
    assert load(app).exit_code == 1
    assert session.scalar(select(func.count()).select_from(Person)) == 1


def test_production_neither_takes_it_in_nor_starts_with_its_mode(app, settings):
    """T11: a secret that everybody knows never guards real people."""
    real = create_app(replace(settings, mode="production", base_url="https://socii.test"))
    try:
        outcome = Context().run(real.test_cli_runner().invoke, args=["demo", "load"])
        assert outcome.exit_code == 1
        assert "Production never holds" in outcome.output
        Context().run(refuse_demo, real)
    finally:
        with real.app_context():
            db.engine.dispose()


def test_the_sign_in_page_names_the_cast_in_a_demo_and_nowhere_else(app, browser):
    assert browser().visit("/sign-in").find(id="personas-head") is None
    app.extensions["personas"] = personas()
    try:
        page = browser().visit("/sign-in?lang=nl")
        assert len(page.find_all("form")) == 1 + len(personas())
        assert "Leert:" in page.get_text()
    finally:
        app.extensions["personas"] = []
