"""Real servers for tests and benchmarks: those that answer at their usual local ports, else private ones in a temporary folder."""

import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import psycopg
import redis

USUAL_POSTGRESQL: Final = ("postgresql:///postgres", "postgresql://postgres@127.0.0.1:5432/postgres")
USUAL_REDIS: Final = "redis://127.0.0.1:6379/9"
PATIENCE_SECONDS: Final = 30


class Missing(Exception):
    """A server neither answers nor can be started here; says which."""


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def postgresql() -> Iterator[str]:
    """The address of a PostgreSQL on which databases may be made. Raises Missing."""
    named = os.environ.get("SOCII_TEST_POSTGRESQL")
    for address in [named] if named else USUAL_POSTGRESQL:
        if _postgresql_answers(address):
            yield address
            return
    with _private_postgresql() as address:
        yield address


def _postgresql_answers(address: str) -> bool:
    try:
        with psycopg.connect(address, connect_timeout=3) as connection:
            connection.execute("SELECT 1")
    except psycopg.Error:
        return False
    return True


def _program(name: str) -> str:
    """The newest program of this name: Debian keeps those of PostgreSQL out of the path."""
    apart = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda file: int(file.parts[-3]))
    found = str(apart[-1]) if apart else shutil.which(name)
    if not found:
        raise Missing(name)
    return found


@contextmanager
def _private_postgresql() -> Iterator[str]:
    initdb, server = _program("initdb"), _program("postgres")
    with TemporaryDirectory(prefix="socii-postgresql-") as folder:
        as_whom = _someone_without_rights(folder)
        data, port = f"{folder}/data", free_port()
        quiet = ["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
        subprocess.run([*as_whom, initdb, *quiet, data], check=True, stdout=subprocess.DEVNULL, cwd=folder)  # noqa: S603  # our own list
        settings = ["-p", str(port), "-k", folder, "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off", "-c", "max_connections=100"]
        with _running([*as_whom, server, "-D", data, *settings], folder):
            address = f"postgresql://postgres@127.0.0.1:{port}/postgres"
            _wait_until(lambda: _postgresql_answers(address), "postgresql")
            yield address


def _someone_without_rights(folder: str) -> list[str]:
    """PostgreSQL refuses to run as root: the words that make it somebody else, to whom the folder then belongs."""
    if os.geteuid() != 0:
        return []
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            found = pwd.getpwnam(name)
            os.chown(folder, found.pw_uid, found.pw_gid)
            return ["setpriv", f"--reuid={found.pw_uid}", f"--regid={found.pw_gid}", "--clear-groups"]
    raise Missing("a user without rights for postgresql")


@contextmanager
def redis_server() -> Iterator[str]:
    """The address of a Redis with a database of its own for tests. Raises Missing."""
    if _redis_answers(USUAL_REDIS):
        yield USUAL_REDIS
        return
    with private_redis(free_port()) as address:
        yield address


@contextmanager
def private_redis(port: int) -> Iterator[str]:
    """The address of a Redis that is started on this port, and gone afterwards. Raises Missing."""
    program = shutil.which("redis-server")
    if not program:
        raise Missing("redis-server")
    with TemporaryDirectory(prefix="socii-redis-") as folder:
        address = f"redis://127.0.0.1:{port}/9"
        with _running([program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder], folder):
            _wait_until(lambda: _redis_answers(address), "redis-server")
            yield address


def _redis_answers(address: str) -> bool:
    try:
        with redis.Redis.from_url(address, socket_timeout=2) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False


@contextmanager
def _running(command: Sequence[str], folder: str) -> Iterator[None]:
    server = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603  # our own list
    try:
        yield
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _wait_until(answers: Callable[[], bool], name: str) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not answers():
        if time.monotonic() > end:
            raise Missing(name)
        time.sleep(0.1)
