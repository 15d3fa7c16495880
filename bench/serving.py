"""What is measured runs as in production: the server on a free port, and a database of its own."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final
from uuid import uuid4

import psycopg

from bench.pages import BASE
from tools.servers import free_port, postgresql

ROOT: Final = Path(__file__).resolve().parent.parent
SERVER: Final = ("--interface", "wsgi", "--workers", "2", "--blocking-threads", "4", "--no-ws", "--log-level", "error")
SECONDS: Final = float(os.environ.get("BENCH_SECONDS", "5"))


def production(folder: str, address: str) -> dict[str, str]:
    """The environment of a production server whose instance is `folder` and whose database stands at `address`."""
    return {
        "SOCII_MODE": "production",
        "SOCII_SECRET": f"{uuid4()}{uuid4()}",
        "SOCII_BASE_URL": BASE,
        "SOCII_INSTANCE": folder,
        "DATABASE_URL": address,
        "JOBS": "none",
    }


@contextmanager
def server(target: str, environ: dict[str, str]) -> Iterator[tuple[int, int]]:
    """The production server on a free port; gives the port and the process id."""
    port = free_port()
    command = [str(Path(sys.executable).parent / "granian"), *SERVER, "--host", "127.0.0.1", "--port", str(port), target]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environ})  # noqa: S603  # our own list
    try:
        for _ in range(300):
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(0.1)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(30)


@contextmanager
def database() -> Iterator[str]:
    """A database of its own, gone at the end."""
    with postgresql() as address:
        name = f"socii_bench_{uuid4().hex[:8]}"
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')
            try:
                yield f"{address.rsplit('/', 1)[0]}/{name}"
            finally:
                connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
