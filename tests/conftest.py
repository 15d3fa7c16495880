"""What every test may ask for: the application on a fresh database, the cast, a browser that inspects each page."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import hypothesis
import pytest
from flask import Flask
from sqlalchemy.orm import Session, close_all_sessions

from app.core.kept import forget_everything
from app.factory import create_app
from app.web.database import db
from config import Settings
from tests.support.browser import Browser
from tests.support.cast import Cast
from tests.support.databases import Database, open_database

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)

# How fast something is stands in benchmarks: a busy machine is no fault of ours.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """In continuous integration a test that was skipped is a failure: nobody reads what was left out."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") == "true" and reporter is not None and reporter.stats.get("skipped"):
        session.exitstatus = 1


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The migrated database of this worker: SQLite, or PostgreSQL with SOCII_TEST_DATABASE=postgresql."""
    kind = os.environ.get("SOCII_TEST_DATABASE", "sqlite")
    database = open_database(kind, tmp_path_factory.mktemp("database"))
    yield database
    database.drop()


@pytest.fixture(scope="session")
def settings(database: Database, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The settings under test."""
    return Settings(
        mode="test",
        secret="a-secret-for-tests-only-a-secret-for-tests-only",
        base_url="http://socii.test",
        instance=str(tmp_path_factory.mktemp("instance")),
        database_url=database.url,
    )


@pytest.fixture(scope="session")
def application(settings: Settings) -> Iterator[Flask]:
    """The application, built once per worker."""
    app = create_app(settings)
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def app(application: Flask, database: Database, settings: Settings) -> Iterator[Flask]:
    """The application with an empty database and an empty instance folder."""
    with application.app_context():
        db.session.remove()
        db.engine.dispose()
        database.empty()
        forget_everything()
        application.extensions["limits"].storage.reset()
        for name in ("mail", "files", "journals"):
            shutil.rmtree(settings.folder / name, ignore_errors=True)
        (settings.folder / "files").mkdir(parents=True, exist_ok=True)
        yield application
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def session(app: Flask) -> Session:
    """A database session; what a test adds is committed by `cast` and the makers."""
    return db.session()


@pytest.fixture
def cast(session: Session) -> Cast:
    """Ada learns, Grace writes, Iris reviews, Hugo steers, Hedy is HR, Rosa administers, Linus manages, Mallory is elsewhere."""
    return Cast(session)


@pytest.fixture
def browser(app: Flask) -> Callable[..., Browser]:
    """Opens a browser, signed in as the person given: `browser(cast.ada)`."""
    return lambda person=None: Browser(app, person)


@pytest.fixture
def run_jobs(app: Flask) -> Callable[..., int]:
    """Runs every job that is due, like the job threads would."""

    def run(at: datetime | None = None) -> int:
        count: int = app.extensions["jobs"].run_due(at)
        db.session.expire_all()
        return count

    return run


@pytest.fixture
def letters(settings: Settings) -> Callable[[], list[str]]:
    """The letters sent so far, as raw text, oldest first."""
    return lambda: [file.read_text(encoding="utf-8") for file in sorted(Path(settings.folder / "mail").glob("*.eml"))]


@pytest.fixture
def seen(app: Flask) -> Iterator[Callable[[str], None]]:
    """Sets what HR may know by name of voluntary learning: `seen("shared")`."""
    before: Settings = app.extensions["settings"]

    def choose(visibility: str) -> None:
        app.extensions["settings"] = replace(before, voluntary_learning_visibility=visibility)

    yield choose
    app.extensions["settings"] = before


@pytest.fixture
def branded(settings: Settings, tmp_path: Path, app: Flask) -> Iterator[Callable[..., Flask]]:
    """Opens the application as a company with an accent and a logo would have it."""
    opened: list[Flask] = []

    def open_one(**changes: str) -> Flask:
        own = create_app(replace(settings, instance=str(tmp_path), **changes))
        opened.append(own)
        return own

    yield open_one
    for own in opened:
        with own.app_context():
            close_all_sessions()
            db.engine.dispose()
