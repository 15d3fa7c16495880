"""Builds the application: the only module that knows everybody. It opens no connection and runs no SQL."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from flask import Flask, g
from flask_wtf.csrf import CSRFProtect
from markupsafe import Markup
from sqlalchemy.exc import DatabaseError
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.sansio.utils import host_is_trusted
from whitenoise import WhiteNoise

from app import cli, wiring
from app.core.clock import now
from app.core.crypto import digest
from app.core.events import wire
from app.core.jobs import JobEngine, Threads
from app.core.later import later
from app.core.storage import ObjectStorage
from app.core.who import Who
from app.demo.presenters import personas
from app.home.routes import room as home
from app.insight.routes import room as insight
from app.learning.routes import room as learning
from app.library.routes import hub_room as hub
from app.library.routes import room as library
from app.people.queries import who_of_session
from app.people.queries.records import holds_demo
from app.people.routes import room as people
from app.playbooks.routes import room as playbooks
from app.sharing.jobs import open_doorway
from app.sharing.routes import room as sharing
from app.sharing.views.ahead import Ahead
from app.web.application import House
from app.web.assets import asset
from app.web.brand import brand_of
from app.web.cover import cover_svg
from app.web.database import db, init_database, reading, standalone_reading, standalone_work
from app.web.errors import init_errors, page_of_form
from app.web.headers import csp_nonce, headers_of_all, init_headers
from app.web.house import room as house
from app.web.i18n import init_i18n, language
from app.web.limits import init_limits
from app.web.logging import init_logging
from app.web.navigation import navigation, rail
from app.web.post import mailbox_from
from app.web.room import move_in
from app.web.session import current_who, init_session
from app.web.slots import slot
from config import HERE, Misconfigured, Settings

MEGABYTE = 1024 * 1024
broker = later("app.core.jobs.broker")  # Celery, which few installations have


@dataclass(frozen=True)
class Organisation:
    """What pages say about the house."""

    name: str
    tagline: str
    mast: Markup
    accent: str
    stylesheet: str | None = None


def create_app(settings: Settings) -> Flask:
    """The whole application for these settings."""
    app = House("app", root_path=str(HERE / "app"), static_folder=None, template_folder="templates", instance_path=str(settings.folder))
    settings.folder.mkdir(parents=True, exist_ok=True)
    _configure(app, settings)
    init_logging(settings)
    init_database(app)
    init_session(app, _load_who)
    init_headers(app, https=settings.https)
    CSRFProtect(app)
    init_i18n(app)
    init_limits(app)
    init_errors(app)
    _teach_templates(app, settings)
    move_in(app, house, home, people, learning, library, hub, playbooks, sharing, insight)
    cli.collect(app)
    _employ(app, settings)
    _stand_behind(app, settings)
    return app


def refuse_demo(app: Flask) -> None:
    """End the process when this database holds the make-believe organisation, whose passwords everybody knows.

    A database that does not answer, or has no tables yet, is no reason to stay down.
    """
    with app.app_context():
        try:
            found = holds_demo(reading())
        except DatabaseError:
            return
        finally:
            db.session.remove()
    if found:
        raise Misconfigured(["DATABASE_URL: this database holds the demo organisation; production needs one of its own"])


def _configure(app: Flask, settings: Settings) -> None:
    app.config.update(
        SECRET_KEY=settings.secret or _kept_secret(settings.folder),
        SECRET_KEY_FALLBACKS=list(settings.old_secrets),
        SQLALCHEMY_DATABASE_URI=settings.database,
        SQLALCHEMY_ENGINE_OPTIONS=_engine_options(settings.database),
        SESSION_COOKIE_NAME="__Host-socii" if settings.https else "socii",
        SESSION_COOKIE_SECURE=settings.https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=timedelta(hours=settings.session_hours),
        TRUSTED_HOSTS=[settings.host.partition(":")[0], settings.host, *settings.hosts],
        MAX_CONTENT_LENGTH=MEGABYTE,
        MAX_FORM_MEMORY_SIZE=MEGABYTE,
        MAX_FORM_PARTS=400,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
        WTF_I18N_ENABLED=False,
        RATELIMIT_STORAGE_URI=settings.ratelimit_storage_uri,
        TESTING=settings.mode == "test",
    )
    app.url_map.merge_slashes = False  # an address has one spelling; a doubled slash leads nowhere
    app.extensions["settings"] = settings


def _kept_secret(folder: Path) -> str:
    """In development: a secret of its own for each installation, made once and kept beside the database."""
    file = folder / "secret"
    if not file.exists():
        file.write_text(secrets.token_urlsafe(48), encoding="utf-8")
        file.chmod(0o600)
    return file.read_text(encoding="utf-8")


def _engine_options(address: str) -> dict[str, Any]:
    if address.startswith("sqlite"):
        return {"connect_args": {"timeout": 8}}
    return {"pool_size": 6, "max_overflow": 6, "pool_timeout": 5, "connect_args": {"connect_timeout": 5}}


def _load_who(token: str) -> Who | None:
    return who_of_session(reading(), digest(token), at=now())


def _teach_templates(app: Flask, settings: Settings) -> None:
    brand = app.extensions["brand"] = brand_of(settings.accent, settings.logo_file)
    app.jinja_env.globals.update(
        asset=asset,
        cover_svg=cover_svg,
        csp_nonce=csp_nonce,
        slot=slot,
        rail=rail,
        navigation=navigation,
        page_of_form=page_of_form,
        org=Organisation(settings.org_name, settings.org_tagline, brand.mast(settings.org_name), brand.accent, brand.address_of_sheet),
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True

    @app.context_processor
    def about_this_request() -> dict[str, Any]:
        who = current_who()
        return {
            "locale": language(),
            "theme": who.theme if who else "system",
            "current_person": who,
            "demo": settings.demo,
            "request_id": g.get("request_id", ""),
        }


def _employ(app: Flask, settings: Settings) -> None:
    app.extensions["storage"] = ObjectStorage(settings.storage_url or str(settings.folder / "files"))
    app.extensions["personas"] = personas() if settings.demo else []
    app.extensions["mailbox"] = mailbox_from(settings)
    app.extensions["doorway"] = open_doorway(app)
    handlers = {**wire(wiring.REACTIONS), **wiring.JOBS}
    engine = app.extensions["jobs"] = JobEngine(partial(standalone_work, app), partial(standalone_reading, app), handlers, wiring.TIMETABLE)
    app.extensions["delivery"] = broker.Broker(engine, settings.jobs_broker_url) if settings.jobs == "celery" else Threads(engine)


def _stand_behind(app: Flask, settings: Settings) -> None:
    """The WSGI layers, from the inside out: static files with a year's cache, known short links, and as many proxies as the settings trust."""
    white = WhiteNoise(app.wsgi_app, max_age=31_536_000 if settings.is_production else 60)
    dist = HERE / "static" / "dist"
    if dist.is_dir():
        white.add_files(str(dist), prefix="static/dist/")
    white.immutable_file_test = lambda _path, url: url.startswith("/static/dist/")
    hosts = [host for host in app.config["TRUSTED_HOSTS"] if host_is_trusted(host, app.config["TRUSTED_HOSTS"])]
    app.wsgi_app = Ahead(white, lambda: app.extensions["doorway"], hosts=hosts, always=headers_of_all(https=settings.https))  # type: ignore[method-assign]
    if settings.proxies:
        hops = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=0, x_port=0, x_prefix=0)  # type: ignore[method-assign]
