"""What somebody meets who types `make run`: a taken port, a database that cannot be used, Ctrl+C."""

import os
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.server import ROOT, Server
from tools.install import parts_of
from tools.run import refuse_a_taken_port


def run(folder: Path, address: str) -> subprocess.CompletedProcess[str]:
    environ = {**os.environ, "SOCII_INSTANCE": str(folder), "SOCII_BASE_URL": address, "DATABASE_URL": ""}
    return subprocess.run([sys.executable, "-m", "tools.run"], cwd=ROOT, env=environ, capture_output=True, text=True, check=False, timeout=60)


def test_a_taken_port_is_refused_with_a_sentence_even_when_it_could_be_shared():
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(SystemExit, match="running already; then end that one") as refused:
            refuse_a_taken_port(f"http://127.0.0.1:{other.getsockname()[1]}")
    assert "make run SOCII_BASE_URL=" in str(refused.value)


def test_a_free_port_is_not_refused():
    refuse_a_taken_port(Server(Path()).address)


@pytest.mark.parametrize(("spoil", "said"), [("a newer version", "another version of Socii"), ("a scrap of paper", "The database cannot be used")])
def test_a_database_that_cannot_be_used_is_answered_with_a_sentence(tmp_path: Path, spoil: str, said: str):
    file = tmp_path / "socii.sqlite3"
    if spoil == "a newer version":
        with closing(sqlite3.connect(file)) as database, database:
            database.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
            database.execute("INSERT INTO alembic_version VALUES ('9999')")
    else:
        file.write_bytes(b"no database" * 1000)
    done = run(tmp_path, Server(tmp_path).address)
    assert done.returncode == 1
    assert said in done.stderr
    assert "instance/" in done.stderr
    assert "Traceback" not in done.stderr


def test_ctrl_c_is_the_server_s_to_hear_and_not_its_workers(tmp_path: Path):
    server = Server(tmp_path, JOBS="none")
    server.start()
    server.interrupt_workers()  # told twice, by the terminal and by the server, every other worker hangs
    time.sleep(1)
    assert server.get("/-/live") == 200
    assert server.interrupt(seconds=10)


def test_the_parts_of_a_lock_file_are_counted(tmp_path: Path):
    (tmp_path / "lock.txt").write_text("# a remark\nflask==3.1.3 \\\n    --hash=sha256:0\nh11==0.1 ; python_version > '3'\n    --hash=sha256:1\n")
    assert parts_of(tmp_path / "lock.txt") == 2
