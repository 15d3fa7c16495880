"""Takes the pictures of the documentation: `make pictures`. A fresh instance with the demo organisation, a phone and a desk, light and dark."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from playwright.sync_api import Page, sync_playwright
from sqlalchemy import select

from app.core.clock import now
from app.core.crypto import digest, new_token
from app.factory import create_app
from app.people.models import Person, Session
from app.web.database import db, standalone_work
from config import load
from tools.run import STEPS
from tools.servers import free_port

ROOT: Final = Path(__file__).resolve().parent.parent
PICTURES: Final = ROOT / "docs" / "pictures"
SHOTS: Final = (("home", "/", "employee"), ("library", "/library/", "employee"), ("completion", "/hr/completion", "hr"))
QUIET: Final = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync")


@contextmanager
def served(folder: str) -> Iterator[tuple[Flask, str]]:
    """The application with its demo organisation, on a free port."""
    address = f"http://127.0.0.1:{free_port()}"
    environ = {"SOCII_INSTANCE": folder, "SOCII_BASE_URL": address, "SOCII_DEMO": "1", "JOBS": "none"}
    app = create_app(load(environ))
    for _title, words in STEPS:
        subprocess.run([sys.executable, "-m", "flask", *words], cwd=ROOT, env={**os.environ, **environ}, check=True)  # noqa: S603  # our own list
    command = [
        str(Path(sys.executable).parent / "granian"),
        "--interface",
        "wsgi",
        "--log-level",
        "error",
        "--port",
        address.rpartition(":")[2],
        "wsgi:app",
    ]
    server = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environ})  # noqa: S603  # our own list
    try:
        for _ in range(200):
            with suppress(OSError), socket.create_connection(("127.0.0.1", int(address.rpartition(":")[2])), 1):
                break
            time.sleep(0.1)
        yield app, address
    finally:
        server.terminate()
        server.wait(20)


def cookie_for(app: Flask, who: str, address: str) -> Any:
    """The cookie of a session opened for the persona that plays this part."""
    personas = app.extensions["personas"]
    persona = next((one for one in personas if who in one.part.lower()), personas[0])
    token, at = new_token(), now()
    with standalone_work(app) as session:
        person = session.scalars(select(Person).where(Person.email == persona.email)).one()
        row = Session(token_digest=digest(token), person_id=person.id, epoch=person.session_epoch, created_at=at, expires_at=at + timedelta(hours=1))
        session.add(row)
    sign = SecureCookieSessionInterface().get_signing_serializer(app)
    assert sign is not None  # every installation has a secret
    return {"name": app.config["SESSION_COOKIE_NAME"], "value": str(sign.dumps({"_user_id": token, "_fresh": True})), "url": address}


def main() -> int:
    """Take every picture."""
    browser = next((found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None)
    if browser is None:
        sys.exit("Pictures need Chromium: on Debian and Ubuntu, apt install chromium")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="socii-pictures-") as folder, served(folder) as (app, address), sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser, args=list(QUIET))
        for name, path, who in SHOTS:
            context = chromium.new_context(viewport={"width": 1280, "height": 860}, base_url=address)
            context.add_cookies([cookie_for(app, who, address)])
            page: Page = context.new_page()
            page.goto(path, wait_until="networkidle")
            page.screenshot(path=PICTURES / f"{name}.png")
            print(f"docs/pictures/{name}.png")
            context.close()
        chromium.close()
        with app.app_context():
            db.engine.dispose()
    return 0


if __name__ == "__main__":
    sys.exit(main())
