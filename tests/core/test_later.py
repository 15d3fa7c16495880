"""What few processes need is read when it is first used."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

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


def test_several_who_use_it_at_the_same_moment_all_find_it_whole(tmp_path, monkeypatch):
    """T87: two people choose a password in the first second of a process."""
    (tmp_path / "slowly_read.py").write_text("import time\ntime.sleep(0.2)\nword = 'here'\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    module, start = later("slowly_read"), Barrier(8)

    def look(_number):
        start.wait(timeout=20)
        return module.word

    with ThreadPoolExecutor(8) as pool:
        assert [*pool.map(look, range(8))] == ["here"] * 8
