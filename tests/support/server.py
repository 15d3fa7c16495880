"""The production server as a process of its own, for what only a real one can show: load, a hard kill, a restart."""

import os
import signal
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection, HTTPException
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class Server:
    """granian with one worker, on an SQLite database and an instance folder of its own."""

    def __init__(self, folder: Path, **environment: str) -> None:
        """Everything stands in `folder`; `environment` adds settings."""
        self.folder = folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        address = f"http://127.0.0.1:{self.port}"
        settings = {"SOCII_INSTANCE": str(folder), "DATABASE_URL": f"sqlite:///{folder / 'socii.sqlite3'}", "SOCII_BASE_URL": address}
        self.address = address
        self.environ = {**os.environ, **settings, "SOCII_MODE": "development", **environment}
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Serve, and wait until it does."""
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "1", "--blocking-threads", "4", "--no-access-log"]
        command += ["--host", "127.0.0.1", "--port", str(self.port), "wsgi:app"]
        with (self.folder / "server.log").open("ab") as log:
            self._process = subprocess.Popen(command, cwd=ROOT, env=self.environ, start_new_session=True, stdout=log, stderr=log)
        end = time.monotonic() + 60
        while time.monotonic() < end:
            try:
                if self.get("/-/live") == 200:
                    return
            except (OSError, HTTPException):
                time.sleep(0.1)
        raise AssertionError((self.folder / "server.log").read_text())

    def connect(self) -> HTTPConnection:
        """A connection that is kept open between requests."""
        return HTTPConnection("127.0.0.1", self.port, timeout=5)

    def get(self, path: str, headers: dict[str, str] | None = None) -> int:
        """The status of one request."""
        connection = self.connect()
        try:
            connection.request("GET", path, headers=headers or {})
            return connection.getresponse().status
        finally:
            connection.close()

    def interrupt(self, seconds: float) -> bool:
        """What Ctrl+C does: everybody in the terminal hears it; whether the server has ended before `seconds` are over."""
        if self._process is None:
            return True
        os.killpg(self._process.pid, signal.SIGINT)
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()
            return False
        return True

    def interrupt_workers(self) -> None:
        """The half of Ctrl+C that reaches the workers."""
        if self._process is not None:
            for worker in Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children").read_text().split():
                os.kill(int(worker), signal.SIGINT)

    def stop(self) -> None:
        """End the server politely, and its workers with it."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()

    def kill(self) -> None:
        """End the server and its workers at once, without a word."""
        if self._process is not None and self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
