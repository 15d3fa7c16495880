"""What every request must satisfy and every answer carries."""

from dataclasses import replace

import pytest

from app.factory import create_app
from app.people.models import AuditEntry
from app.web.database import db
from app.web.post import absolute
from tests.support.browser import BASE


@pytest.mark.parametrize("host", ["evil.example", "socii.test.evil.example", "socii.test@evil.example", "evil.example:80", "127.0.0.1"])
def test_a_host_that_nobody_configured_is_refused(app, host):
    """T3."""
    assert app.test_client().get("/sign-in", headers={"Host": host}).status_code == 400


@pytest.mark.parametrize("header", ["X-Forwarded-Host", "X-Host", "X-Forwarded-Server", "Forwarded", "X-Original-Host"])
def test_no_header_moves_an_address_that_we_write(app, header):
    """T3: redirects and links stand on the configured address, whatever a request claims."""
    answer = app.test_client().get("/me", base_url=BASE, headers={header: "host=evil.example" if header == "Forwarded" else "evil.example"})
    assert answer.status_code == 303
    assert "evil" not in answer.headers["Location"]
    with app.test_request_context("/", base_url=BASE, headers={header: "evil.example"}):
        assert absolute("people.sign_in") == f"{BASE}/sign-in"


def test_a_forwarded_address_counts_only_from_a_proxy_that_is_trusted(app, browser):
    """T6, T71: the audit log names the network of the real peer."""
    for number in range(3):
        browser().post("/sign-in", {"email": "nobody@meridian.example", "password": "wrong"}, headers={"X-Forwarded-For": f"203.0.113.{number}"})
    assert {entry.address_class for entry in db.session.query(AuditEntry)} == {"127.0.0.0/24"}


def test_behind_one_proxy_its_report_counts_and_nothing_before_it(settings, tmp_path):
    """T6: the last hop is the proxy's own word; what a client wrote before it is not believed."""
    app = create_app(replace(settings, proxies=1, instance=str(tmp_path)))
    seen = {}

    @app.after_request
    def note(response):
        from app.web.door import address

        seen["address"] = address()
        return response

    app.test_client().get("/-/live", base_url=BASE, headers={"X-Forwarded-For": "198.51.100.9, 203.0.113.7"})
    assert seen["address"] == "203.0.113.7"
    with app.app_context():
        db.engine.dispose()


@pytest.mark.parametrize("path", ["/me", "/me/settings", "/me/everything", "/me/everything.json"])
def test_nothing_signed_in_is_stored(browser, cast, path):
    """T13, T14."""
    answer = browser(cast.ada).get(path)
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Cookie" in answer.headers["Vary"]


def test_a_request_id_is_kept_when_it_is_one_and_made_when_it_is_not(app):
    client = app.test_client()
    assert client.get("/-/live", base_url=BASE, headers={"X-Request-Id": "abcdef-12345678"}).headers["X-Request-Id"] == "abcdef-12345678"
    assert client.get("/-/live", base_url=BASE, headers={"X-Request-Id": "<script>"}).headers["X-Request-Id"] != "<script>"


def test_over_https_the_cookie_is_bound_to_this_host_and_browsers_stay(settings, tmp_path):
    app = create_app(replace(settings, base_url="https://socii.test", instance=str(tmp_path)))
    answer = app.test_client().get("/sign-in", base_url="https://socii.test")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-socii=")
    for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert part in cookie
    assert "Domain" not in cookie
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")
    with app.app_context():
        db.engine.dispose()


@pytest.mark.parametrize("origin", ["http://[", "http://[::1", "http://a]b", "null", "", "https://evil.example"])
def test_a_write_from_an_origin_that_is_none_is_refused_like_one_from_elsewhere(app, origin):
    """T65, T92."""
    assert app.test_client().post("/sign-in", base_url=BASE, headers={"Origin": origin}).status_code == 400
