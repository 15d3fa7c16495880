"""A browser for tests: signs in as anybody, sends forms as the page offers them, and inspects every page it sees."""

import re
from collections.abc import Callable
from contextvars import Context
from datetime import timedelta
from typing import Any

from bs4 import BeautifulSoup, Tag
from flask import Flask, session
from flask_wtf.csrf import generate_csrf
from werkzeug.test import TestResponse

from app.core.clock import now
from app.core.crypto import digest, new_token
from app.people.models import Person, Session
from app.web.database import db
from tests.support.inspection import inspect_page
from tests.support.statements import counting_statements

BASE = "http://socii.test"


class Browser:
    """One person's browser, or a stranger's."""

    def __init__(self, app: Flask, person: Person | None = None) -> None:
        """Signed in as `person` from the start."""
        self.app = app
        self.path = "/"
        self.client = app.test_client()
        if person is not None:
            self.sign_in(person)

    def sign_in(self, person: Person) -> None:
        """Open a session for `person` without the form."""
        token, at = new_token(), now()
        db.session.add(
            Session(token_digest=digest(token), person_id=person.id, epoch=person.session_epoch, created_at=at, expires_at=at + timedelta(hours=8))
        )
        db.session.commit()
        self._apart(self._keep, {"_user_id": token, "_fresh": True})

    def get(self, path: str, **more: Any) -> TestResponse:
        """Ask for a path, whatever the answer; a GET never writes, so any writing statement fails the test."""
        with counting_statements() as said:
            response = self._apart(self.client.get, path, base_url=BASE, **more)
        writes = [one for one in said if one.split(None, 1)[0].upper() in {"INSERT", "UPDATE", "DELETE"}]
        assert not writes, f"GET {path} wrote: {writes}"
        return response

    def visit(self, path: str, status: int = 200, **more: Any) -> BeautifulSoup:
        """Open a page, check its status, inspect it, and hand back its parsed HTML."""
        response = self.get(path, **more)
        assert response.status_code == status, f"GET {path}: {response.status_code}, wanted {status}"
        page = BeautifulSoup(response.text, "html.parser")
        inspect_page(page, path)
        self.path = path
        return page

    def post(self, path: str, data: dict[str, Any] | None = None, *, csrf: bool = True, **more: Any) -> TestResponse:
        """Send a form, with this browser's CSRF token unless told otherwise."""
        fields = dict(data or {})
        if csrf:
            fields["csrf_token"] = self.csrf_token()
        return self._apart(self.client.post, path, data=fields, base_url=BASE, **more)

    def csrf_token(self) -> str:
        """A token that this browser's session accepts."""
        return str(self._apart(self._make_token))

    def _make_token(self) -> str:
        with self.app.test_request_context(base_url=BASE), self.client.session_transaction(base_url=BASE) as cookie:
            session.update(cookie)
            token = generate_csrf()
            cookie["csrf_token"] = session["csrf_token"]
        return token

    def _keep(self, values: dict[str, Any]) -> None:
        with self.client.session_transaction(base_url=BASE) as cookie:
            cookie.update(values)

    def _apart(self, do: Callable[..., Any], *args: Any, **more: Any) -> Any:
        """Run a request as a server would: in a context of its own, with a database session of its own."""
        db.session.rollback()
        answer = Context().run(do, *args, **more)
        db.session.rollback()
        return answer

    def submit(self, page: BeautifulSoup, action: str | None = None, **fields: Any) -> TestResponse:
        """Fill in and send a form of the page visited last: the one whose action ends with `action`, or the first POST form."""
        forms = [form for form in page.find_all("form") if form.get("method", "").lower() == "post"]
        form = next((form for form in forms if action is None or str(form.get("action", "")).endswith(action)), None)
        assert form is not None, f"no form with action {action!r} on the page"
        return self._apart(self.client.post, str(form.get("action") or self.path), data={**offered(form), **fields}, base_url=BASE)


def offered(form: Tag) -> dict[str, Any]:
    """What a browser would send of a form that nobody touched."""
    values: dict[str, Any] = {}
    for field in form.find_all(["input", "textarea", "select"]):
        name = field.get("name")
        if not name or field.get("disabled") is not None or field.get("type") in {"submit", "file", "button"}:
            continue
        if field.get("type") in {"checkbox", "radio"}:
            if field.get("checked") is not None:
                values.setdefault(name, []).append(field.get("value", "on")) if field.get("type") == "checkbox" else values.update(
                    {name: field.get("value", "on")}
                )
        elif field.name == "select":
            chosen = [option.get("value", option.text) for option in field.find_all("option") if option.get("selected") is not None]
            values[name] = (
                chosen
                if field.get("multiple") is not None
                else (chosen or [option.get("value", option.text) for option in field.find_all("option")][:1])
            )
        else:
            values[name] = written_in(field) if field.name == "textarea" else field.get("value", "")
    return values


def written_in(area: Tag) -> str:
    """What stands in a text area: the line end behind its opening tag is not part of it."""
    return re.sub(r"\A\r?\n", "", area.text)
