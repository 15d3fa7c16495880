"""Limits per address, counted in this process or in a Redis that several share."""

import os
from dataclasses import replace

import pytest
from limits import parse

from app.factory import create_app
from app.web.database import db
from app.web.limits import is_spent, spend
from tests.support.browser import BASE

FEW = parse("3/minute")


def spent(app, address, times):
    """Whether the budget is gone after so many tries from this address."""
    with app.test_request_context("/", base_url=BASE, environ_base={"REMOTE_ADDR": address}):
        for _ in range(times):
            spend(FEW, "tests")
        return is_spent(FEW, "tests")


def built(settings, tmp_path, storage):
    return create_app(replace(settings, instance=str(tmp_path), ratelimit_storage_uri=storage))


@pytest.fixture(autouse=True)
def _as_it_was(app, settings, tmp_path):
    yield
    with built(settings, tmp_path, "memory://").app_context():
        db.engine.dispose()


def test_an_address_has_its_budget_and_no_other_pays_for_it(settings, tmp_path):
    app = built(settings, tmp_path, "memory://")
    assert not spent(app, "198.51.100.1", 2)
    assert spent(app, "198.51.100.1", 1)
    assert not spent(app, "198.51.100.2", 2)


def test_a_household_has_one_budget_whatever_the_second_half_of_its_addresses(settings, tmp_path):
    """T6, T64: of IPv6 everybody has more addresses than there are limits to spend."""
    app = built(settings, tmp_path, "memory://")
    assert not spent(app, "2001:db8:0:7::1", 2)
    assert spent(app, "2001:db8:0:7:ffff:1:2:3", 1)
    assert not spent(app, "2001:db8:0:8::1", 2)
    assert not spent(app, "::ffff:198.51.100.7", 2)
    assert spent(app, "198.51.100.7", 1)


@pytest.mark.redis
def test_two_servers_count_in_one_redis(settings, tmp_path):
    storage = os.environ.get("SOCII_TEST_REDIS", "redis://127.0.0.1:6379/9")
    one = built(settings, tmp_path, storage)
    one.extensions["limits"].storage.reset()
    assert not spent(one, "198.51.100.1", 2)
    other = built(settings, tmp_path, storage)
    assert spent(other, "198.51.100.1", 1)
    other.extensions["limits"].storage.reset()


def test_a_redis_that_is_away_stops_nobody_who_reads(settings, tmp_path):
    """F7: reading doors fail open."""
    app = built(settings, tmp_path, "redis://127.0.0.1:1/0")
    assert not spent(app, "198.51.100.1", 5)
