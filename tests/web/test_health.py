"""Whether we live and whether we are ready, for whoever watches over us."""

import pytest
from sqlalchemy.exc import OperationalError

from app.web import house
from tests.support.browser import BASE


def test_we_live_and_are_ready(app):
    client = app.test_client()
    assert client.get("/-/live", base_url=BASE).json == {"status": "alive"}
    assert client.get("/-/ready", base_url=BASE).json == {"status": "ready"}


def test_without_the_database_we_live_but_are_not_ready(app, monkeypatch):
    """F3: readiness 503, liveness 200."""

    class Away:
        def execute(self, _statement):
            raise OperationalError("SELECT 1", {}, Exception("down"))

    monkeypatch.setattr(house, "reading", Away)
    client = app.test_client()
    assert client.get("/-/live", base_url=BASE).status_code == 200
    assert client.get("/-/ready", base_url=BASE).status_code == 503


@pytest.mark.parametrize("path", ["/metrics", "/console", "/debug", "/.env", "/-/config", "/openapi.json", "/static/src/app.css"])
def test_nothing_inner_is_served(app, path):
    """T93."""
    assert app.test_client().get(path, base_url=BASE).status_code == 404
