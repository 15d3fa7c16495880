"""What few processes need is read when it is first used."""

import subprocess
import sys

import pytest

from app.core.later import later

SERVED = "import sys, app.factory; from app.people import rules; print([name in sys.modules for name in ('alembic.command', 'zxcvbn.frequency_lists', 'celery', 'kombu')])"


def test_a_server_reads_neither_the_migration_tool_nor_the_password_dictionaries_nor_celery():
    told = subprocess.run([sys.executable, "-c", SERVED], capture_output=True, text=True, check=True)  # noqa: S603  # our own words
    assert told.stdout.strip() == "[False, False, False, False]"


def test_it_is_there_when_it_is_used():
    assert later("colorsys").rgb_to_hls(1, 1, 1) == (0, 1, 0)
    assert later("json").dumps([]) == "[]"


def test_what_is_not_installed_is_missed_at_once():
    with pytest.raises(ModuleNotFoundError):
        later("no_such_library")
