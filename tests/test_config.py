"""Settings: read once, all faults at once, and no start with a secret that others know."""

import re
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from flask.sessions import SecureCookieSessionInterface
from PIL import Image

from app.factory import create_app
from config import KNOWN_SECRETS, Misconfigured, Settings, load
from tests.support.browser import BASE

GOOD = {"SOCII_MODE": "production", "SOCII_SECRET": "k3Xw9-" * 5 + "tQv7", "SOCII_BASE_URL": "https://socii.meridian.example"}


def faults_of(**changes):
    environ = {name: value for name, value in {**GOOD, **changes}.items() if value is not None}
    with pytest.raises(Misconfigured) as stopped:
        load(environ)
    assert isinstance(stopped.value, SystemExit)
    return stopped.value.faults


@pytest.mark.parametrize("said", ["", "Completed", "everything", "shared "])
def test_what_hr_may_know_by_name_is_one_of_three(said):
    """P2: whoever misspells the setting is told so, instead of being given the least strict one."""
    assert any("SOCII_VOLUNTARY_LEARNING_VISIBILITY" in fault for fault in faults_of(SOCII_VOLUNTARY_LEARNING_VISIBILITY=said))
    assert load(GOOD).voluntary_learning_visibility == "completed"
    assert load({**GOOD, "SOCII_VOLUNTARY_LEARNING_VISIBILITY": "aggregates"}).voluntary_learning_visibility == "aggregates"


def test_production_starts_with_what_it_needs():
    assert load(GOOD).is_production


@pytest.mark.parametrize(
    "secret",
    [
        None,
        *sorted(KNOWN_SECRETS),
        "short",
        "x" * 31,
        "x" * 32,
        " " * 40,
        "k3" * 20,
        "123456789" * 4,
        GOOD["SOCII_SECRET"] + "\n",
        " " + GOOD["SOCII_SECRET"],
    ],
)
def test_production_refuses_a_secret_that_is_missing_known_short_or_easily_guessed(secret):
    """T11: and says how to make one."""
    assert any("SOCII_SECRET" in fault and "token_urlsafe" in fault for fault in faults_of(SOCII_SECRET=secret))


def test_production_takes_secrets_as_tools_make_them():
    """T11: digits of base 16, of base 64, and a UUID or two."""
    for secret in (
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "uT3xY-9Zq_7vLk2PpR8sWd0NfGhJ1mBc",
        "0b6f2c1e-9a5d-4e37-8c41-7d20a9f3be65",
    ):
        assert load({**GOOD, "SOCII_SECRET": secret, "SOCII_OLD_SECRETS": secret[::-1]}).secret == secret


def test_no_secret_that_stands_in_the_repository_is_accepted():
    """T11: a secret that anybody can read is none; the one of the tests included."""
    written = re.findall(r'secret="([^"]{20,})"', (Path(__file__).parent / "conftest.py").read_text(encoding="utf-8"))
    assert written
    for secret in written:
        assert any("SOCII_SECRET" in fault for fault in faults_of(SOCII_SECRET=secret))


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("SOCII_DEMO", "1"),
        ("SOCII_BASE_URL", "http://socii.meridian.example"),
        ("SOCII_BASE_URL", "socii.meridian.example"),
        ("SOCII_OLD_SECRETS", "short"),
        ("SOCII_OLD_SECRETS", "x" * 40),
        ("SOCII_PROXIES", "many"),
        ("SOCII_DEMO", "perhaps"),
        ("JOBS", "celery!"),
        ("SOCII_JOB_THREADS", "0"),
        ("SOCII_SESSION_HOURS", "0"),
        ("SOCII_MAIL_URL", "localhost"),
        ("SOCII_MODE", "prod"),
        ("SOCII_ACCENT", "red"),
        ("SOCII_ACCENT", "#c8102"),
        ("SOCII_ACCENT", "#c8102e;}"),
        ("SOCII_ACCENT", "#c8102e\n"),
        ("SOCII_LOGO", "no/such/logo.svg"),
        ("SOCII_LOGO", "static"),
        ("SOCII_LOGO", "config.py"),
    ],
)
def test_a_setting_that_makes_no_sense_is_named(variable, value):
    assert any(fault.startswith(variable) for fault in faults_of(**{variable: value}))


def test_all_faults_are_told_at_once():
    wrong = {"SOCII_SECRET": "secret", "SOCII_DEMO": "1", "SOCII_PROXIES": "many", "SOCII_BASE_URL": "http://x.example"}
    wrong |= {"SOCII_ACCENT": "red", "SOCII_LOGO": "nowhere.png"}
    assert {fault.partition(":")[0] for fault in faults_of(**wrong)} == set(wrong)


@pytest.mark.parametrize("url", [None, "", "localhost:6379", "redis:///0", "amqp://localhost"])
def test_celery_needs_the_address_of_a_redis(url):
    (fault,) = faults_of(JOBS="celery", JOBS_BROKER_URL=url)
    assert fault.startswith("JOBS_BROKER_URL: ")


@pytest.mark.parametrize("library", ["celery", "redis"])
def test_celery_is_refused_where_it_is_not_installed_with_all_else_that_is_wrong(monkeypatch, library):
    monkeypatch.setitem(sys.modules, library, None)  # what Python itself says of a library that must not be found
    faults = faults_of(JOBS="celery", SOCII_JOB_THREADS="0")
    assert [fault.partition(":")[0] for fault in faults] == ["SOCII_JOB_THREADS", "JOBS", "JOBS_BROKER_URL"]
    assert "requirements-scale.txt" in faults[1]


def test_celery_starts_with_what_it_needs():
    settings = load({**GOOD, "JOBS": "celery", "JOBS_BROKER_URL": "rediss://:word@redis.meridian.example:6380/1"})
    assert settings.jobs == "celery"


SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'


def a_png():
    with BytesIO() as file:
        Image.new("RGB", (40, 10), "red").save(file, "PNG")
        return file.getvalue()


@pytest.mark.parametrize(("name", "content"), [("logo.svg", SVG), ("LOGO.SVG", SVG), ("logo.png", a_png())])
def test_a_logo_is_an_svg_or_a_png(tmp_path, name, content):
    file = tmp_path / name
    file.write_bytes(content)
    assert load({**GOOD, "SOCII_LOGO": str(file), "SOCII_ACCENT": "#C8102E"}).logo_file == file


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("logo.svg", a_png(), "does not hold what its ending says"),
        ("logo.svg", b"", "does not hold what its ending says"),
        ("logo.svg", b"<html xmlns='http://www.w3.org/1999/xhtml'/>", "does not hold what its ending says"),
        ("logo.svg", b"<svg/>", "does not hold what its ending says"),
        ("logo.svg", SVG + b"<p>", "does not hold what its ending says"),
        ("logo.png", SVG, "does not hold what its ending says"),
        ("logo.png", a_png()[:-40], "does not hold what its ending says"),
        ("logo.gif", b"GIF89a", "ends in .svg or .png"),
        ("logo.svg", SVG.replace(b"/>", b">" + b" " * 100_000 + b"</svg>"), "at most 100 kB"),
    ],
)
def test_a_logo_that_is_none_is_refused_with_what_to_do(tmp_path, name, content, said):
    file = tmp_path / name
    file.write_bytes(content)
    (fault,) = faults_of(SOCII_LOGO=str(file))
    assert fault.startswith("SOCII_LOGO: ")
    assert said in fault


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("postgres://u@h/d", "postgresql+psycopg://u@h/d"),
        ("postgresql://u@h/d", "postgresql+psycopg://u@h/d"),
        ("sqlite:////x.db", "sqlite:////x.db"),
    ],
)
def test_a_database_address_is_read_as_people_write_it(given, read):
    assert Settings(database_url=given).database == read


def test_a_development_installation_makes_a_secret_of_its_own_and_keeps_it(tmp_path):
    settings = Settings(instance=str(tmp_path), base_url=BASE)
    one, again = create_app(settings).secret_key, create_app(settings).secret_key
    assert one == again
    assert one not in KNOWN_SECRETS
    assert (tmp_path / "secret").stat().st_mode & 0o077 == 0


def cookie_of(app, values):
    return SecureCookieSessionInterface().get_signing_serializer(app).dumps(values)


def reads(app, cookie):
    serializer = SecureCookieSessionInterface().get_signing_serializer(app)
    try:
        return serializer.loads(cookie)
    except Exception:  # noqa: BLE001  # whatever says no
        return None


def test_a_changed_secret_signs_nobody_out_and_a_retired_one_opens_nothing(tmp_path):
    """T11: rotation keeps sessions; the retired key dies."""
    before = Settings(mode="test", instance=str(tmp_path), base_url=BASE, secret="first-" * 8)
    cookie = cookie_of(create_app(before), {"_user_id": "token"})
    during = replace(before, secret="second-" * 8, old_secrets=(before.secret,))
    after = replace(before, secret="second-" * 8)
    assert reads(create_app(during), cookie) == {"_user_id": "token"}
    assert reads(create_app(after), cookie) is None
