"""What the sharing room's tests share: a doorway that has seen nobody yet, a story, and Ada, who may share it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.core.who import Who
from app.learning.models import Certificate
from app.library.models import Edition
from app.library.rules.content import Caption, Contact
from app.people.models import Person
from app.sharing.jobs import Drainer, open_doorway
from app.web.database import standalone_work
from config import Settings
from tests.factories.library import a_topic, an_edition
from tests.factories.playbooks import a_policy
from tests.factories.sharing import a_right_to_share
from tests.support.browser import Browser
from tests.support.cast import Cast
from tests.support.statements import counting_statements

CAPTION = "We used to glue our keyboards in, and then wondered why so many laptops were thrown away."


@pytest.fixture(autouse=True)
def doorway(app: Flask) -> Iterator[None]:
    """A process that has answered nothing: no link known, no journal open, no miss counted. Its thread is not started: clicks are stored when a test says so."""
    before = app.extensions["doorway"]
    fresh = open_doorway(app)
    app.extensions["doorway"] = fresh
    app.extensions["limits"].storage.reset()
    yield
    fresh.journal.close()
    app.extensions["doorway"] = before


@pytest.fixture
def journals(settings: Settings) -> Path:
    """Where the journals stand."""
    return Path(settings.folder / "journals")


@pytest.fixture
def renew(app: Flask, session: Session, journals: Path) -> Callable[[datetime], None]:
    """Take up the keys that are needed at a moment, as the drainer's thread does."""

    def run(at: datetime) -> None:
        Drainer(journals, lambda: standalone_work(app), app.extensions["doorway"].keys).renew(at)
        session.rollback()

    return run


@pytest.fixture
def drain(app: Flask, session: Session, journals: Path) -> Callable[[], int]:
    """Store what the journals hold, as the drainer's thread does; the test's session sees it afterwards."""

    def run() -> int:
        blocks = Drainer(journals, lambda: standalone_work(app), app.extensions["doorway"].keys).drain()
        session.rollback()
        return blocks

    return run


@pytest.fixture
def story(session: Session, cast: Cast) -> Edition:
    """A story in both languages with a caption, open for everybody."""
    a_topic(session, slug="repair")
    return an_edition(
        session,
        author=cast.grace,
        slug="laptops",
        title={"en": "Laptops that last", "nl": "Laptops die lang meegaan"},
        topics=("repair",),
        captions=(Caption("linkedin", "en", CAPTION),),
        replies_by=Contact(cast.grace.uuid, "Grace van Dijk"),
    )


@pytest.fixture
def certificate(session: Session, cast: Cast, story: Edition) -> Certificate:  # the policy stands beside a story
    """Ada's right to share."""
    a_policy(session)
    return a_right_to_share(session, person=cast.ada)


@pytest.fixture
def ada(browser: Callable[[Person], Browser], cast: Cast, certificate: Certificate) -> Browser:
    """Ada's browser."""
    return browser(cast.ada)


@contextmanager
def statements() -> Iterator[list[str]]:
    """The statements that were sent inside, without those that only begin or end a transaction."""
    told: list[str] = []
    with counting_statements() as sent:
        yield told
    told.extend(one for one in sent if one.split(None, 1)[0] not in {"BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE"})


def who_is(person: Person, **more: Any) -> Who:
    """A person as policies and actions see them."""
    facts = {"theme": "system", "department_path": "/sales/", "leads": False, **more}
    return Who(person.id, person.uuid, person.name, person.email, person.locale, person.timezone, country=person.country, department_id=None, **facts)
