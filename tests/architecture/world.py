"""A small world for the tests that are generated over every route: the whole cast with a running session each, and the things that URLs name.

It stands on a SQLite file of its own, whatever database the other tests use, because that can be put back in a few milliseconds.
"""

import importlib
import pkgutil
import re
import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from contextvars import Context
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from app.core.crypto import digest
from app.core.database import Base
from app.core.kept import forget_everything
from app.core.who import Who
from app.factory import create_app
from app.people.models import Person
from app.people.queries import who_of_session
from app.web.database import db
from config import Settings
from tests.architecture import objects as object_modules
from tests.factories.people import a_department, a_grant, a_person
from tests.support.browser import BASE, Browser
from tests.support.cast import Cast
from tests.support.databases import Sqlite

STRANGERS: Final = ("stranger", "leaver")
EMPLOYEES: Final = ("ada", "linus", "grace", "iris", "hugo", "hedy", "rosa", "sanne", "mallory", "scoped_hr", "scoped_admin")
MEMBERS: Final = (*STRANGERS, *EMPLOYEES)
OF_THE_MOMENT: Final = re.compile(
    r'(nonce="[^"]*"|name="csrf_token"[^>]*|content="[A-Za-z0-9_.-]{60,}"|[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12})'
)


class World:
    """The application, its people and their things; `reset()` puts everything back."""

    def __init__(self, folder: Path, *, names: Mapping[str, str] | None = None) -> None:
        """`names` replaces the names of members, for tests that give people hostile ones."""
        self._database = Sqlite(folder / "world.sqlite3")
        self._database.empty()
        settings = Settings(
            mode="test",
            secret="a-secret-for-tests-only-a-secret-for-tests-only",
            base_url=BASE,
            instance=str(folder / "instance"),
            database_url=self._database.url,
            accent="#c8102e",
            logo="static/src/base/mark.svg",
        )
        self.app: Flask = create_app(settings)
        self.app.extensions["doorway"] = replace(self.app.extensions["doorway"], wake=lambda: None)  # nobody stores clicks meanwhile
        self.file = folder / "world.sqlite3"
        self._copy = folder / "world.copy"
        with self.app.app_context():
            self.people = self._gather(names or {})
            self.things = self._things()
            self._cookies = {name: _cookie(Browser(self.app, person)) for name, person in self.people.items()}
            self.row_ids = {name: person.id for name, person in self.people.items()}
            leaver = self.people["leaver"]
            leaver.status, leaver.left_at = "left", datetime(2026, 11, 1, tzinfo=UTC)
            db.session.commit()
            db.session.remove()
            db.engine.dispose()
        with closing(sqlite3.connect(self.file)) as whole, closing(sqlite3.connect(self._copy)) as copy:
            whole.backup(copy)
        self.untouched = self.contents()

    def _gather(self, names: Mapping[str, str]) -> dict[str, Person]:
        self.cast = Cast(db.session())
        people = dict(self.cast.everybody())
        people["leaver"] = a_person(db.session(), name="Lars Weg", department=self.cast.sales, manager=self.cast.linus)
        for name, role in (("scoped_hr", "hr"), ("scoped_admin", "admin")):
            people[name] = a_person(db.session(), name=name.replace("_", " ").title(), department=self.cast.research)
            a_grant(db.session(), person=people[name], role=role, department=self.cast.research)
        for member, person in people.items():
            person.name = names.get(member, person.name)
        a_department(db.session(), slug="empty", name=names.get("department", "Empty"))
        db.session.commit()
        return people

    def _things(self) -> dict[str, Mapping[str, object]]:
        found: dict[str, Mapping[str, object]] = {}
        for module in pkgutil.iter_modules(object_modules.__path__):
            make = importlib.import_module(f"{object_modules.__name__}.{module.name}").objects
            found |= make(db.session(), self.cast)
        db.session.commit()
        return found

    def reset(self) -> None:
        """Put the database back as it was, and forget what the process kept of it."""
        forget_everything()
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()
        for suffix in ("-wal", "-shm"):
            Path(f"{self.file}{suffix}").unlink(missing_ok=True)
        shutil.copy(self._copy, self.file)

    def contents(self) -> str:
        """A digest of every row of every table."""
        said = sha256()
        with self.app.app_context(), db.engine.connect() as connection:
            for table in Base.metadata.sorted_tables:
                for row in connection.execute(table.select().order_by(*table.primary_key.columns)):
                    said.update(repr((table.name, tuple(row))).encode())
        return said.hexdigest()

    def client(self, member: str) -> FlaskClient:
        """A browser in which `member` is signed in."""
        client = self.app.test_client()
        if member != "stranger":
            with client.session_transaction(base_url=BASE) as cookie:
                cookie.update(self._cookies[member])
        return client

    def ask(self, member: str, method: str, path: str, **more: Any) -> TestResponse:
        """Send one request as `member`, with the CSRF token of their session; no limit is used up, nothing remembered of another database."""
        self.app.extensions["limits"].storage.reset()
        forget_everything()
        client = self.client(member)
        if method == "POST":
            more["data"] = {"csrf_token": token_of(self.app, client), **more.pop("data", {})}
        return Context().run(client.open, path, method=method, base_url=BASE, buffered=True, **more)  # to its end: what streams also writes there

    def who(self, member: str) -> Who | None:
        """The frozen facts about `member` that policies read; None for strangers."""
        if member == "stranger":
            return None
        with self.app.app_context():
            return who_of_session(db.session(), digest(self._cookies[member]["_user_id"]), at=datetime.now(UTC))

    def rules(self) -> list[Rule]:
        """Every route of a room."""
        return sorted(
            (rule for rule in self.app.url_map.iter_rules() if rule.endpoint in self.app.extensions["policies"]), key=lambda rule: rule.endpoint
        )

    def path(self, rule: Rule, values: Mapping[str, object]) -> str:
        """The path of `rule` with these values put in as they are."""
        return re.sub(r"<(?:[^:<>]+:)?(\w+)>", lambda found: str(values[found[1]]), rule.rule)

    def thing_of(self, rule: Rule, row: Mapping[str, Any]) -> Mapping[str, object]:
        """The variables of the first thing that the route's row names; what nobody made is absent."""
        return next((self.things[name] for name in row.get("things", {})), absent(rule))


def absent(rule: Rule) -> dict[str, object]:
    """Values that lead nowhere."""
    integers = set(re.findall(r"<int:(\w+)>", rule.rule))
    return {name: 987654321 if name in integers else str(uuid4()) for name in rule.arguments}


def token_of(app: Flask, client: FlaskClient) -> str:
    """A CSRF token that the client's session accepts."""
    from flask import g, session
    from flask_wtf.csrf import generate_csrf

    with app.test_request_context(base_url=BASE), client.session_transaction(base_url=BASE) as cookie:
        session.update(cookie)
        g.pop("csrf_token", None)
        token = generate_csrf()
        cookie["csrf_token"] = session["csrf_token"]
    return str(token)


def settled(response: TestResponse) -> str:
    """The answer's body without what differs from one request to the next."""
    return OF_THE_MOMENT.sub("", response.text)


def asks_to_sign_in(response: TestResponse) -> bool:
    """Whether the answer sends a stranger to the sign-in page."""
    return response.status_code == 303 and response.headers["Location"].startswith("/sign-in")


def _cookie(browser: Browser) -> dict[str, Any]:
    with browser.client.session_transaction(base_url=BASE) as cookie:
        return dict(cookie)
